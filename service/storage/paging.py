"""Keyset pages: a cursor names the last row seen, so rows that come or go between two pages shift nothing."""

import asyncio
import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from service.errors import Invalid
from service.storage.columns import EPOCH, MICROSECOND

T = TypeVar("T")
LIMIT, MAX_LIMIT = 50, 1000
FEW = 10
"""Rows beyond this are made into items off the event loop: what takes time is parsing, and ``item`` does that."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """``next`` is the cursor of the page that follows, None at the end."""

    items: tuple[T, ...]
    next: str | None = None


async def page(
    connection: AsyncConnection,
    query: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    item: Callable[[Row[Any]], T],
    *,
    limit: int = LIMIT,
    cursor: str | None = None,
    newest_first: bool = True,
) -> Page[T]:
    """The rows of ``query`` after ``cursor``, in order of ``keys`` (the last of them unique). Raises Invalid.

    ``limit`` is held between 1 and ``MAX_LIMIT``. Keys are whole numbers, text or times, and never null.
    """
    size = min(max(limit, 1), MAX_LIMIT)
    ordered = query.add_columns(*(key.label(f"key_{index}") for index, key in enumerate(keys)))
    ordered = ordered.order_by(*(key.desc() if newest_first else key.asc() for key in keys)).limit(size + 1)
    if cursor is not None:
        last = tuple_(*_typed(decode(cursor), keys))
        here = tuple_(*keys)
        ordered = ordered.where(here < last if newest_first else here > last)
    rows = (await connection.execute(ordered)).all()
    more = len(rows) > size
    rows = rows[:size]
    after = encode([_plain(rows[-1]._mapping[f"key_{index}"]) for index in range(len(keys))]) if more else None
    if len(rows) > FEW:
        return Page(await asyncio.to_thread(_all, item, rows), after)
    return Page(_all(item, rows), after)


def _all(item: Callable[[Row[Any]], T], rows: Sequence[Row[Any]]) -> tuple[T, ...]:
    return tuple(item(row) for row in rows)


def encode(values: Sequence[int | str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(cursor: str) -> list[int | str]:
    """What ``encode`` was given. Raises Invalid for anything else."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        values = None
    if not isinstance(values, list) or not all(isinstance(value, (int, str)) for value in values):
        raise Invalid("cursor: not one that this service gave out; leave it out to begin at the start")
    return values


def _plain(value: Any) -> int | str:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value


def _typed(values: list[int | str], keys: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """The cursor's values as parameters of the keys' types; whole numbers stand for times."""
    kinds = [key.type.python_type for key in keys]
    if len(values) != len(kinds) or any(
        isinstance(value, str) != (kind is str) or isinstance(value, bool)
        for value, kind in zip(values, kinds, strict=False)
    ):
        raise Invalid("cursor: of another listing; leave it out to begin at the start")
    try:
        return [
            literal(EPOCH + value * MICROSECOND if kind is datetime and isinstance(value, int) else value, key.type)
            for value, kind, key in zip(values, kinds, keys, strict=True)
        ]
    except OverflowError:
        raise Invalid("cursor: not one that this service gave out; leave it out to begin at the start") from None
