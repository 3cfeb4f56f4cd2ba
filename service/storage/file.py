"""Connections to a database file: SQLite with a write-ahead log, made durable."""

from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

READERS = 4


def file_engines(url: URL, busy: float) -> tuple[AsyncEngine, AsyncEngine]:
    """The one that writes, on one connection, and the one that reads. ``busy``: seconds to wait for a lock."""
    options: dict[str, Any] = {"connect_args": {"isolation_level": None, "timeout": busy}}
    writer = create_async_engine(url, pool_size=1, max_overflow=0, **options)
    reader = create_async_engine(url, pool_size=READERS, max_overflow=READERS, isolation_level="AUTOCOMMIT", **options)
    event.listen(writer.sync_engine, "connect", _prepare)
    event.listen(reader.sync_engine, "connect", _prepare_reader)
    event.listen(writer.sync_engine, "begin", _begin)
    return writer, reader


def _prepare(connection: Any, record: object) -> None:
    """FULL: a commit survives a power cut, not only a killed process. Only ``Database`` checkpoints."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_reader(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("wal_autocheckpoint=0", "query_only=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    """The write lock at once: a transaction that reads first can't be refused at its first write.
    A checkpoint asks for a bare connection: it can't run inside a transaction."""
    if not connection.get_execution_options().get("bare"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
