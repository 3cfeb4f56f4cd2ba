"""What the database knows about the state of things, in few and cheap queries: for the metrics."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, or_, select

from service.storage.columns import Instant
from service.storage.database import Database
from service.storage.tables import deliveries, sources

STALE_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class OutboxFigures:
    """``waiting``: not delivered yet · ``due``: of these, to be tried now · the oldest of either, None without one."""

    waiting: int
    due: int
    oldest_raised_at: datetime | None
    oldest_due_at: datetime | None


@dataclass(frozen=True)
class SourceFigures:
    """``due``: to be asked now · ``stale``: failing, and without a good answer for ``STALE_AFTER``."""

    by_state: dict[str, int]
    due: int
    oldest_due_at: datetime | None
    stale: int


class Figures:
    """Repository of nothing: it only counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outbox(self, now: datetime) -> OutboxFigures:
        due = deliveries.c.next_try_at <= now
        query = select(
            func.count(),
            func.count(case((due, 1))),
            func.min(deliveries.c.created_at, type_=Instant()),
            func.min(case((due, deliveries.c.next_try_at)), type_=Instant()),
        ).where(deliveries.c.state == "pending")
        async with self._database.read() as connection:
            return OutboxFigures(*(await connection.execute(query)).one())

    async def sources(self, now: datetime) -> SourceFigures:
        by_state = select(sources.c.state, func.count()).group_by(sources.c.state)
        due = (sources.c.state != "gone") & or_(sources.c.next_poll_at.is_(None), sources.c.next_poll_at <= now)
        since = func.min(func.coalesce(sources.c.next_poll_at, sources.c.added_at), type_=Instant())
        waiting = select(func.count(), since).where(due)
        failing = select(sources.c.added_at, sources.c.poll).where(sources.c.state == "failing")
        async with self._database.read() as connection:
            states = {row[0]: row[1] for row in await connection.execute(by_state)}
            count, oldest = (await connection.execute(waiting)).one()
            bad = (await connection.execute(failing)).all()
        stale = sum((row.poll.last_ok_at or row.added_at) < now - STALE_AFTER for row in bad)
        return SourceFigures(states, count, oldest, stale)
