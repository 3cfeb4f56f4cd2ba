"""Feeds that are due: looked for, and taken in work by one of many pollers under a lease."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.metrics import leases_expired
from service.storage.database import Transaction
from service.storage.tables import sources

LOOK_AHEAD = 200


async def waiting(connection: AsyncConnection, now: datetime, limit: int, exclude: Collection[str]) -> Sequence[str]:
    """Ids of at most ``limit`` feeds to ask now, never asked ones first, then the longest overdue."""
    found: list[str] = []
    # Two questions, since either has its index: one order over both would be a sort of all that are due.
    free_now = select(sources.c.id, sources.c.host).where(_unleased(now))
    never = free_now.where(sources.c.next_poll_at.is_(None))
    again = free_now.where(sources.c.next_poll_at <= now)
    for query in (never.order_by(sources.c.id), again.order_by(sources.c.next_poll_at, sources.c.id)):
        # Mostly the first few are free; only when they aren't are all looked through.
        for window in (limit + LOOK_AHEAD, None):
            rows = (await connection.execute(query.limit(window))).all()
            free = [row.id for row in rows if not _excluded(row.id, row.host, exclude)][: limit - len(found)]
            if len(free) == limit - len(found) or (window and len(rows) < window):
                break
        found += free
        if len(found) == limit:
            break
    return found


async def take(
    transaction: Transaction, ids: Sequence[str], now: datetime, lease: str, seconds: float
) -> Sequence[Row[tuple[object, ...]]]:
    """Rows of those of ``ids`` that nobody else has taken meanwhile, in order of ``ids``; they are ``lease``'s now."""
    mine = select(sources.c.id, sources.c.lease).where(sources.c.id.in_(ids), _free(now))
    free = (await transaction.execute(mine.with_for_update(skip_locked=True))).all()
    if not free:
        return []
    leases_expired.labels("source").inc(sum(row.lease is not None for row in free))
    taken = update(sources).where(sources.c.id.in_([row.id for row in free]))
    taken = taken.values(lease=lease, leased_until=now + timedelta(seconds=seconds))
    rows = {row.id: row for row in await transaction.execute(taken.returning(*sources.c))}
    return [rows[source_id] for source_id in ids if source_id in rows]


def _free(now: datetime) -> ColumnElement[bool]:
    return _unleased(now) & or_(sources.c.next_poll_at.is_(None), sources.c.next_poll_at <= now)


def _unleased(now: datetime) -> ColumnElement[bool]:
    return (sources.c.state != "gone") & or_(sources.c.leased_until.is_(None), sources.c.leased_until <= now)


def _excluded(source_id: str, host: str, exclude: Collection[str]) -> bool:
    """``exclude`` holds ids of feeds, and domains: a feed at or below one of them is left out."""
    if source_id in exclude or host in exclude:
        return True
    labels = host.split(".")
    return any(".".join(labels[start:]) in exclude for start in range(1, len(labels)))
