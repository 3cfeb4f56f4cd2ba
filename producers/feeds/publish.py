"""From an entry of a feed to the message that is published, and which entries of a poll are."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from producers.feeds.feed import Feed
from producers.feeds.identity import Identified
from service.contracts import FeedEntry, Source, SourceRef, content_id

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""How far in the future a date may be, for want of a time zone."""
LONGEST = 1_000_000
"""Characters of HTML that a message carries of a summary or a content."""


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """``moment``, at most ``now``; None for what no news entry is dated: before 1990, or more than a day ahead."""
    if moment is None or moment < EARLIEST or moment > now + AHEAD:
        return None
    return min(moment, now)


def newest_first(identified: Sequence[Identified], now: datetime) -> list[Identified]:
    """By date where all have one, else as the feed has them, which is newest first by custom."""
    dated = [(believable(one.entry.published_at or one.entry.updated_at, now), one) for one in identified]
    if all(when is not None for when, _ in dated):
        dated.sort(key=lambda pair: pair[0] or now, reverse=True)
    return [one for _, one in dated]


def feed_entry(source: Source, feed: Feed, one: Identified, now: datetime) -> FeedEntry:
    """The message. Its id stands for source, entry and what it says (or its date, where only that is another), so that
    an edit is another message and a repeat is the same."""
    entry = one.entry
    dated = (one.updated.isoformat(),) if one.again and one.updated else ()
    identity = content_id("entry", source.id, one.key, one.content_hash, *dated)
    return FeedEntry(
        id=identity,
        first_seen_at=now,
        traceparent=f"00-{identity}-{identity[:16]}-01",
        source=SourceRef(id=source.id, url=source.url, name=source.title or feed.title or host(source.url)),
        key=one.key,
        content_hash=one.content_hash,
        guid=entry.guid,
        link=entry.link,
        title=entry.title,
        summary=entry.summary[:LONGEST] if entry.summary else None,
        content=entry.content[:LONGEST] if entry.content else None,
        author=entry.author,
        language=entry.language or feed.language or source.language,
        published_at=believable(entry.published_at, now),
        updated_at=believable(entry.updated_at, now),
    )


def host(url: str) -> str:
    """What people call a site: its host without "www."."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
