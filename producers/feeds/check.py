"""``wirewatch sources check``: ask a feed once and say what was found. Nothing is kept."""

from datetime import UTC, datetime

from producers.feeds.fetch import fetch_feed
from producers.feeds.publish import believable
from producers.feeds.reader import FeedReader
from service.contracts import PollState
from service.contracts.message import Model
from service.http import HttpClient


class Report(Model):
    """What a feed answered; ``error`` None: it is one and can be read. ``notes``: what is odd about it."""

    url: str
    status: int | None = None
    title: str | None = None
    language: str | None = None
    entries: int = 0
    with_content: int = 0
    """Entries that bring a full text."""
    newest_at: datetime | None = None
    redirected_to: str | None = None
    ttl: float | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None


async def check(http: HttpClient, url: str) -> Report:
    """One request, unconditional. Never raises for what a server does."""
    now = datetime.now(UTC)
    async with FeedReader() as reader:
        answer = await fetch_feed(http, reader, url, PollState(), now)
    moved = answer.redirects[-1].to if answer.redirects else None
    feed = answer.feed
    if feed is None:
        return Report(url=url, status=answer.status, redirected_to=moved, error=answer.problem)
    dates = [when for entry in feed.entries if (when := believable(entry.published_at or entry.updated_at, now))]
    return Report(
        url=url,
        status=answer.status,
        title=feed.title,
        language=feed.language,
        entries=len(feed.entries),
        with_content=sum(entry.content is not None for entry in feed.entries),
        newest_at=max(dates, default=None),
        redirected_to=moved,
        ttl=feed.timing.ttl,
        notes=feed.notes,
    )
