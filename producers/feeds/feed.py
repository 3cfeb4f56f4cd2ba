"""A feed as read: whatever format it had, one shape."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Timing:
    """How often the feed itself asks to be asked. ``ttl``: seconds (RSS ``ttl``, else ``sy:update*``); hours in UTC;
    days 0 = Monday."""

    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NO_TIMING = Timing()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Titles are plain text, ``summary`` and ``content`` sanitised HTML, links absolute, dates aware UTC as
    the feed gave them (believing them is another matter)."""

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    summary: str | None = None
    content: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """``entries`` in document order. ``notes``: what was wrong with it and how it was read, for people."""

    title: str | None = None
    link: str | None = None
    language: str | None = None
    hub: str | None = None
    timing: Timing = NO_TIMING
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


FEED = TypeAdapter(Feed)
"""To JSON and back, for the way between processes."""
