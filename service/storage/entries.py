"""What has been seen in a feed: enough to know an entry again when its GUID, its address or its text has changed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.storage.database import Transaction
from service.storage.tables import entries
from service.storage.upsert import insert

KEEP = 20_000
"""Entries remembered per feed: twice what a feed may hold at once, so none that is still in it is ever forgotten."""
CHUNK = 500
FIELDS = ("key", "guid", "link", "title", "content_hash", "updated", "reread_at")


@dataclass(frozen=True)
class KnownEntry:
    """``key`` is the identity within the feed; the rest is what it last looked like. ``updated``: the feed's own date;
    ``reread_at``: when it was last handed on for that date alone."""

    key: str
    guid: str | None
    link: str | None
    title: str | None
    content_hash: str
    updated: datetime | None = None
    reread_at: datetime | None = None


async def read_entries(connection: AsyncConnection, source_id: str) -> list[KnownEntry]:
    """Newest first."""
    columns = [entries.c[name] for name in FIELDS]
    query = select(*columns).where(entries.c.source_id == source_id).order_by(entries.c.seen_at.desc(), entries.c.key)
    return [KnownEntry(*row) for row in await connection.execute(query)]


async def write_entries(
    transaction: Transaction, source_id: str, rows: Sequence[KnownEntry], seen_at: datetime
) -> None:
    """Insert, or update by key; then forget the oldest beyond ``KEEP``."""
    if not rows:
        return
    latest = {row.key: {**asdict(row), "source_id": source_id, "seen_at": seen_at} for row in rows}
    values = list(latest.values())
    statement = insert(transaction, entries)
    changed = {name: statement.excluded[name] for name in (*FIELDS[1:], "seen_at")}
    statement = statement.on_conflict_do_update(index_elements=["source_id", "key"], set_=changed)
    for start in range(0, len(values), CHUNK):
        await transaction.execute(statement, values[start : start + CHUNK])
    mine = entries.c.source_id == source_id
    oldest_kept = (
        await transaction.execute(
            select(entries.c.seen_at).where(mine).order_by(entries.c.seen_at.desc()).offset(KEEP - 1).limit(1)
        )
    ).scalar()
    if oldest_kept is not None:
        await transaction.execute(delete(entries).where(mine & (entries.c.seen_at < oldest_kept)))
