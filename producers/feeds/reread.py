"""Entries that say what they said, with a later date: a teaser whose page has grown. Pure.

Such a page is read again, at most once an hour. Feeds that date everything anew each time mean nothing by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from producers.feeds.identity import MOST_EDITS, Identified
from producers.feeds.pace import FULL_TEXT
from producers.feeds.publish import believable
from service.storage.entries import KnownEntry

EVERY = timedelta(hours=1)
"""Between two times that a page is read for its date alone; a date that comes sooner is looked at again later."""
BUMPED, SHARE = 3, 0.5
"""So many entries dated anew at once, more than this share of those with dates, are the feed's manner."""


def with_dates(
    found: Sequence[Identified], known: Sequence[KnownEntry], edits: Mapping[str, int], now: datetime
) -> tuple[Identified, ...]:
    """``found`` with the dates to be remembered; those to be read again are ``edited`` and ``again``."""
    rows = {row.key: row for row in known}
    dated = [one for one in found if one.kind == "known" and rows[one.key].updated and one.entry.updated_at]
    later = {one.key for one in dated if _is_later(one, rows[one.key], now)}
    manner = len(later) >= BUMPED and len(later) > SHARE * len(dated)
    return tuple(_dated(one, rows.get(one.key), one.key in later, manner, edits, now) for one in found)


def _is_later(one: Identified, row: KnownEntry, now: datetime) -> bool:
    date = believable(one.entry.updated_at, now)
    return date is not None and row.updated is not None and date > row.updated


def _dated(
    one: Identified, row: KnownEntry | None, later: bool, manner: bool, edits: Mapping[str, int], now: datetime
) -> Identified:
    reread_at = row.reread_at if row else None
    if row is None or not later:
        date = believable(one.entry.updated_at, now)
        keeps = row is not None and one.kind == "known" and row.updated is not None
        return replace(one, updated=row.updated if row and keeps else date, reread_at=reread_at)
    teaser = one.entry.link is not None and len(one.entry.content or "") < FULL_TEXT
    soon = reread_at is not None and now - reread_at < EVERY
    if manner or not teaser or soon or edits.get(one.key, 0) >= MOST_EDITS:
        return replace(one, updated=row.updated, reread_at=reread_at)
    return replace(one, kind="edited", again=True, updated=believable(one.entry.updated_at, now), reread_at=now)
