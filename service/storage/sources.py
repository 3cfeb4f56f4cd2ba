"""Feeds: what people said about them, what the poller remembers, and which are due."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select, update

from service.contracts import PollState, Source
from service.errors import NotFound
from service.storage.changes import bump
from service.storage.columns import Instant
from service.storage.database import Database
from service.storage.due import take, waiting
from service.storage.entries import KnownEntry, read_entries
from service.storage.paging import LIMIT, Page, page
from service.storage.saves import Save, host_of, save
from service.storage.tables import sources
from service.storage.together import Together
from service.storage.upsert import insert

FIELDS = ("id", "url", "title", "language", "kind", "tier", "added_at")


class Sources:
    """Repository of feeds. Times are aware; hosts are lower-case names without port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._saves = Together(database, save)

    async def add(self, *new: Source) -> list[Source]:
        """Those of ``new`` that were not there (by id and by URL), all in one transaction."""
        rows = [
            {name: getattr(source, name) for name in FIELDS}
            | {"host": host_of(source.url), "state": "new", "next_poll_at": None, "poll": PollState()}
            for source in new
        ]
        if not rows:
            return []
        async with self._database.write() as transaction:
            statement = insert(transaction, sources).on_conflict_do_nothing().returning(sources.c.id)
            added = set((await transaction.execute(statement, rows)).scalars())
            if added:
                await bump(transaction, "sources")
        return [source for source in new if source.id in added]

    async def get(self, id_or_url: str) -> tuple[Source, PollState]:
        """By id, or by exact URL. Raises NotFound."""
        query = select(sources).where(or_(sources.c.id == id_or_url, sources.c.url == id_or_url))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise NotFound(f'no source "{id_or_url}"; see wirewatch sources list')
        return _source(row), row.poll

    async def list(self, limit: int = LIMIT, cursor: str | None = None) -> Page[tuple[Source, PollState]]:
        """In the order in which they were added."""
        async with self._database.read() as connection:
            return await page(
                connection,
                select(sources),
                (sources.c.added_at, sources.c.id),
                lambda row: (_source(row), row.poll),
                limit=limit,
                cursor=cursor,
                newest_first=False,
            )

    async def remove(self, id_or_url: str) -> Source:
        """Forget a feed and what was seen in it; articles stay. Raises NotFound."""
        source, _ = await self.get(id_or_url)
        async with self._database.write() as transaction:
            await transaction.execute(delete(sources).where(sources.c.id == source.id))
            await bump(transaction, "sources")
        return source

    async def due(self, now: datetime, limit: int, exclude: Collection[str] = ()) -> Sequence[tuple[Source, PollState]]:
        """At most ``limit`` feeds to ask now that nobody has in work, never asked ones first, then the longest overdue.

        ``exclude`` holds ids of feeds, and domains: a feed at or below one of them is left out.
        """
        async with self._database.read() as connection:
            ids = await waiting(connection, now, limit, exclude)
            query = select(sources).where(sources.c.id.in_(ids))
            rows = {row.id: row for row in await connection.execute(query)} if ids else {}
        return [(_source(rows[one]), rows[one].poll) for one in ids if one in rows]

    async def claim(
        self, ids: Sequence[str], now: datetime, lease: str, seconds: float
    ) -> Sequence[tuple[Source, PollState]]:
        """Those of ``ids`` that are still due and that nobody has in work. They are ``lease``'s for so many seconds, or
        until ``save_state``; no other poller gets them."""
        if not ids:
            return []
        async with self._database.write() as transaction:
            rows = await take(transaction, ids, now, lease, seconds)
        return [(_source(row), row.poll) for row in rows]

    async def renew(self, ids: Collection[str], now: datetime, lease: str, seconds: float) -> None:
        """They stay ``lease``'s for so many seconds from now, those that still are."""
        mine = sources.c.id.in_(ids) & (sources.c.lease == lease)
        async with self._database.write() as transaction:
            await transaction.execute(update(sources).where(mine).values(leased_until=now + timedelta(seconds=seconds)))

    async def release(self, source_id: str, lease: str) -> None:
        """Give a feed back as it is."""
        mine = (sources.c.id == source_id) & (sources.c.lease == lease)
        async with self._database.write() as transaction:
            await transaction.execute(update(sources).where(mine).values(lease=None, leased_until=None))

    async def break_leases(self) -> None:
        """At the start: a database file has one poller, so who holds a lease is dead. Elsewhere leases run out."""
        if self._database.dialect == "sqlite":
            held = sources.c.leased_until.is_not(None)
            async with self._database.write() as transaction:
                await transaction.execute(update(sources).where(held).values(lease=None, leased_until=None))

    async def next_due_at(self) -> datetime | None:
        """When the next feed is due: a time in the past for one that was never asked, None without feeds."""
        soonest = func.min(func.coalesce(sources.c.next_poll_at, sources.c.added_at), type_=Instant())
        async with self._database.read() as connection:
            found: datetime | None = (
                await connection.execute(select(soonest).where(sources.c.state != "gone"))
            ).scalar()
        return found

    async def save_state(
        self,
        source_id: str,
        state: PollState,
        entries: Sequence[KnownEntry] = (),
        *,
        lease: str | None = None,
        hold: bool = False,
    ) -> bool:
        """Keep what a poll has taught, and the entries it handed on, in one transaction, with what other polls have at
        the same time. With ``lease``: if the feed is still its; it is given back then, unless it is to ``hold`` on.

        False when the feed has been removed meanwhile, or taken over: nothing is kept then.
        """
        return await self._saves(Save(source_id, state, tuple(entries), lease, hold))

    async def known_entries(self, source_id: str) -> Sequence[KnownEntry]:
        """What has been seen in a feed, newest first."""
        async with self._database.read() as connection:
            return await read_entries(connection, source_id)

    async def remember_entries(
        self, source_id: str, entries: Sequence[KnownEntry], seen_at: datetime, *, lease: str | None = None
    ) -> None:
        """Keep entries by key; a known key gets its new content. Raises NotFound for a feed that is gone, or not
        ``lease``'s any more."""
        if not await self._saves(Save(source_id, None, tuple(entries), lease, True, seen_at)):
            raise NotFound(f'no source "{source_id}": it has been removed')

    async def count_by_state(self) -> dict[str, int]:
        """How many feeds are in which state."""
        query: Select[Any] = select(sources.c.state, func.count()).group_by(sources.c.state)
        async with self._database.read() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}


def _source(row: Row[Any]) -> Source:
    return Source(**{name: getattr(row, name) for name in FIELDS})
