"""Feeds that share a server, and servers in trouble: what one asks for holds for its neighbours alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.e2e.good_source import item, text_about
from tests.e2e.raw_site import RawSites
from tests.e2e.scripted_feed import Host, ScriptedFeed, Span, Step, answer, moved, ok, refused

SPACING = 0.8
PAUSES = {"paused for an hour": 3600, "paused for 8 s": 8, "paused for 2 s": 2}
FAILING: dict[str, Step] = {
    **{name: refused(name) for name in ("500 Oh", "404 Not here", "403 No", "503 Away", "429 Slow down")},
    "a page that is no feed": refused("200 OK"),
    "silent": None,
}
EQUALS = 8
"""Feeds that are the same in all but their host."""


def with_pages(host: Host, path: str, count: int = 2) -> ScriptedFeed:
    """A feed whose entries are headlines; the texts are on pages of the same host."""
    items = ""
    for number in range(count):
        page = f"{path.removesuffix('.xml')}-{number}"
        text = f"<html><body><article><h1>Page</h1><p>{text_about(page)}</p></article></body></html>"
        host.script(page, [answer("200 OK", "content-type: text/html; charset=utf-8", body=text.encode())])
        items += item(f"Headline {page}", "", host.base + page, page)
    return host.script(path, [ok(items=items)])


def crowd(sites: RawSites, size: int = 4) -> tuple[Host, dict[str, ScriptedFeed]]:
    """Several feeds of one server, slow enough for requests to overlap; one of them redirects to another."""
    host = Host(sites, takes=0.25)
    feeds = {f"crowd {number}": with_pages(host, f"/crowd{number}.xml") for number in range(size)}
    end = with_pages(host, "/end.xml", 0)
    feeds["crowd, redirected"] = host.script("/start.xml", [moved("302 Found", end.url)])
    return host, feeds


@dataclass(frozen=True)
class Pause:
    """``feed`` is refused at its request number ``at`` (from 0) for ``seconds``; all of ``host`` is in ``spans``."""

    host: Host
    feed: ScriptedFeed
    neighbours: Mapping[str, ScriptedFeed]
    at: int
    seconds: float

    def after(self) -> list[Span]:
        """What the server was asked once it had said that it wants quiet, and while it wanted it."""
        refusal = [span for span in self.host.spans if span.path == self.feed.path][self.at]
        until = refusal.ended + self.seconds - 0.05
        return [span for span in self.host.spans if refusal.ended < span.began < until]


def paused(
    sites: RawSites, name: str, seconds: int, status: str = "429 Slow down"
) -> tuple[Pause, dict[str, ScriptedFeed]]:
    host = Host(sites)
    feed = host.script("/limited.xml", [ok(), refused(status, f"Retry-After: {seconds}"), ok()])
    neighbours = {f"{name}, neighbour {number}": with_pages(host, f"/other{number}.xml", 1) for number in range(2)}
    return Pause(host, feed, neighbours, 1, seconds), {name: feed, **neighbours}


@dataclass(frozen=True)
class Through:
    """``feed`` is at one server and redirects to ``limited`` at another, which wants quiet."""

    feed: ScriptedFeed
    limited: ScriptedFeed
    own: ScriptedFeed
    """Another feed of the server that redirects."""


def through(sites: RawSites) -> Through:
    there, here = Host(sites), Host(sites)
    limited = there.script("/limited.xml", [refused("429 Slow down", "Retry-After: 3600")])
    return Through(here.script("/via.xml", [moved("302 Found", limited.url)]), limited, here.script("/own.xml", [ok()]))


def failing(sites: RawSites) -> dict[str, ScriptedFeed]:
    return {name: Host(sites).script("/failing.xml", [step]) for name, step in FAILING.items()}


def equals(sites: RawSites) -> dict[str, ScriptedFeed]:
    return {f"equal {number}": Host(sites).script("/equal.xml", [ok()]) for number in range(EQUALS)}


def gaps(spans: Sequence[Span]) -> list[float]:
    """Seconds from the end of each request to the start of the next; negative where two overlap."""
    there = sorted(spans, key=lambda span: span.began)
    return [later.began - earlier.ended for earlier, later in pairwise(there)]
