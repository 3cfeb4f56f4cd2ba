"""One request for a feed, and what came of it as an ``Answer``: never an exception for what a server does."""

import hashlib
from datetime import datetime
from http import HTTPStatus

from producers.feeds.decide import Answer, conditions
from producers.feeds.reader import FeedReader
from service.contracts import PollState
from service.errors import Invalid, Transient
from service.http import HttpClient, Response
from service.metrics import poll_bytes

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
)
ADVICE = {
    401: "it wants a password",
    403: "it may not want to be read by programs",
    404: "there is no feed at this address; it may have moved",
    429: "it is asked too often",
}


async def fetch_feed(http: HttpClient, reader: FeedReader, url: str, state: PollState, now: datetime) -> Answer:
    """Ask ``url`` politely, with the validators of ``state``, and read what comes."""
    try:
        response = await http.send("GET", url, headers={"Accept": ACCEPT, **conditions(state, now)}, polite=True)
    except Transient as error:
        return Answer(problem=str(error), wait=error.retry_after)
    except Invalid as error:
        return Answer(problem=str(error), hopeless=True)
    poll_bytes.inc(len(response.body))
    if response.status == 304:
        return Answer(304, response.headers, response.redirects)
    if not response.ok:
        return Answer(response.status, response.headers, response.redirects, problem=_problem(response))
    digest = hashlib.sha256(response.body).hexdigest()[:32]
    if digest == state.body_hash:
        return Answer(response.status, response.headers, response.redirects, digest)
    try:
        feed = await reader.read(response)
    except Invalid as error:
        return Answer(response.status, response.headers, response.redirects, problem=str(error), hopeless=True)
    except Transient as error:  # trouble of ours is no reason to ask the server again at once
        return Answer(response.status, response.headers, response.redirects, problem=str(error))
    return Answer(response.status, response.headers, response.redirects, digest, feed)


def _problem(response: Response) -> str:
    try:
        phrase = f" ({HTTPStatus(response.status).phrase})"
    except ValueError:
        phrase = ""
    advice = ADVICE.get(response.status)
    return f"answered {response.status}{phrase}" + (f": {advice}" if advice else "")
