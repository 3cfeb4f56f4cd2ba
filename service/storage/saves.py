"""What polls have taught, kept: the state of feeds and the entries that they handed on, of many polls at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select, update

from service.contracts import PollState
from service.errors import Invalid
from service.storage.database import Transaction
from service.storage.entries import KnownEntry, write_entries
from service.storage.tables import sources


@dataclass(frozen=True)
class Save:
    """``state`` None leaves it as it is; ``lease``: kept only if the feed is its, and given back unless ``hold``."""

    source_id: str
    state: PollState | None
    entries: tuple[KnownEntry, ...]
    lease: str | None
    hold: bool
    seen_at: datetime | None = None


async def save(transaction: Transaction, saves: Sequence[Save]) -> list[bool]:
    """For each whether it was kept: not when the feed is gone, or another's."""
    ids = sorted({one.source_id for one in saves})
    query = select(sources.c.id, sources.c.lease).where(sources.c.id.in_(ids)).order_by(sources.c.id)
    there = {row.id: row.lease for row in await transaction.execute(query.with_for_update())}
    kept = [one.source_id in there and one.lease in (None, there[one.source_id]) for one in saves]
    for one in (one for one, good in zip(saves, kept, strict=True) if good):
        if one.state is not None:
            await transaction.execute(update(sources).where(sources.c.id == one.source_id).values(**_values(one)))
        seen_at = one.seen_at or (one.state.last_poll_at if one.state else None) or datetime.now(UTC)
        await write_entries(transaction, one.source_id, one.entries, seen_at)
    return kept


def _values(one: Save) -> dict[str, Any]:
    state = one.state
    assert state is not None  # noqa: S101 - the caller has looked
    values: dict[str, Any] = {"state": state.state, "next_poll_at": state.next_poll_at, "poll": state}
    if state.fetch_url:
        values["host"] = host_of(state.fetch_url)
    if one.lease is not None and not one.hold:
        values |= {"lease": None, "leased_until": None}
    return values


def host_of(url: str) -> str:
    """The host a URL names, lower case, "" where there is none. Raises Invalid for what can't be an address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        raise Invalid(f'"{url}" is not an address') from None
