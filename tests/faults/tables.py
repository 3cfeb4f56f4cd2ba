"""Rows of the system's database, asked for by plain SQL beside it: the checker does not trust what it checks."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg

Rows = Callable[[str], list[tuple[Any, ...]]]
"""A query → its rows. Empty while there is no such table yet; raises when the database does not answer."""


def sqlite_rows(path: Path) -> Rows:
    def rows(query: str) -> list[tuple[Any, ...]]:
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
            try:
                return connection.execute(query).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

    return rows


def postgres_rows(url: str) -> Rows:
    async def ask(query: str) -> list[tuple[Any, ...]]:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            return [tuple(row) for row in await connection.fetch(query, timeout=60)]
        except asyncpg.UndefinedTableError:
            return []
        finally:
            await connection.close(timeout=10)

    return lambda query: asyncio.run(ask(query))
