"""Feeds: what people said about them, what the poller remembers, and which are due."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row, Select, delete, func, or_, select, update

from service.contracts import PollState, Source
from service.errors import Invalid, NotFound
from service.storage.changes import bump
from service.storage.columns import Instant
from service.storage.database import Database
from service.storage.entries import KnownEntry, read_entries, write_entries
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import sources
from service.storage.upsert import insert

FIELDS = ("id", "url", "title", "language", "kind", "tier", "added_at")
LOOK_AHEAD = 200


class Sources:
    """Repository of feeds. Times are aware; hosts are lower-case names without port."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        """At most ``limit`` feeds to ask now, never asked ones first, then the longest overdue.

        ``exclude`` holds ids of feeds, and domains: a feed at or below one of them is left out.
        """
        ready = (sources.c.state != "gone") & or_(sources.c.next_poll_at.is_(None), sources.c.next_poll_at <= now)
        order = (sources.c.next_poll_at.asc().nulls_first(), sources.c.id)
        waiting = select(sources.c.id, sources.c.host).where(ready).order_by(*order)
        free: Sequence[str] = ()
        async with self._database.read() as connection:
            # Mostly the first few are free; only when they aren't are all looked through.
            for window in (limit + LOOK_AHEAD, None):
                found = (await connection.execute(waiting.limit(window))).all()
                free = [row.id for row in found if not _excluded(row.id, row.host, exclude)][:limit]
                if len(free) == limit or (window and len(found) < window):
                    break
            if not free:
                return []
            rows = (await connection.execute(select(sources).where(sources.c.id.in_(free)).order_by(*order))).all()
        return [(_source(row), row.poll) for row in rows]

    async def next_due_at(self) -> datetime | None:
        """When the next feed is due: a time in the past for one that was never asked, None without feeds."""
        soonest = func.min(func.coalesce(sources.c.next_poll_at, sources.c.added_at), type_=Instant())
        async with self._database.read() as connection:
            found: datetime | None = (
                await connection.execute(select(soonest).where(sources.c.state != "gone"))
            ).scalar()
        return found

    async def save_state(self, source_id: str, state: PollState, entries: Sequence[KnownEntry] = ()) -> bool:
        """Keep what a poll has taught, and the entries it handed on, in one transaction.

        False when the feed has been removed meanwhile: nothing is kept then.
        """
        values: dict[str, Any] = {"state": state.state, "next_poll_at": state.next_poll_at, "poll": state}
        if state.fetch_url:
            values["host"] = host_of(state.fetch_url)
        async with self._database.write() as transaction:
            kept = await transaction.execute(update(sources).where(sources.c.id == source_id).values(**values))
            if not kept.rowcount:
                return False
            await write_entries(transaction, source_id, entries, state.last_poll_at)
        return True

    async def known_entries(self, source_id: str) -> Sequence[KnownEntry]:
        """What has been seen in a feed, newest first."""
        async with self._database.read() as connection:
            return await read_entries(connection, source_id)

    async def remember_entries(self, source_id: str, entries: Sequence[KnownEntry], seen_at: datetime) -> None:
        """Keep entries by key; a known key gets its new content. Raises NotFound for a feed that is gone."""
        async with self._database.write() as transaction:
            there = await transaction.execute(select(sources.c.id).where(sources.c.id == source_id))
            if there.first() is None:
                raise NotFound(f'no source "{source_id}": it has been removed')
            await write_entries(transaction, source_id, entries, seen_at)

    async def count_by_state(self) -> dict[str, int]:
        """How many feeds are in which state."""
        query: Select[Any] = select(sources.c.state, func.count()).group_by(sources.c.state)
        async with self._database.read() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}


def host_of(url: str) -> str:
    """The host a URL names, lower case, "" where there is none. Raises Invalid for what can't be an address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        raise Invalid(f'"{url}" is not an address') from None


def _excluded(source_id: str, host: str, exclude: Collection[str]) -> bool:
    if source_id in exclude or host in exclude:
        return True
    labels = host.split(".")
    return any(".".join(labels[start:]) in exclude for start in range(1, len(labels)))


def _source(row: Row[Any]) -> Source:
    return Source(**{name: getattr(row, name) for name in FIELDS})
