"""The connections: one that writes, several that read, the same calls for SQLite and PostgreSQL.

Writes stand in one queue in the process (and, for a file, in turn with other processes); reads see the last commit,
each statement for itself, and hold nothing open.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service.errors import Transient
from service.storage.turn import Turn

Transaction = AsyncConnection
"""What ``write()`` gives: everything done with it is there after the block, or nothing is."""

BUSY = 10.0
"""Seconds to wait for a lock that somebody else holds."""
READERS = 4
WAL_BYTES = 4 * 1024 * 1024
"""A write-ahead file beyond this is folded back into the database."""


class Database:
    """``write()`` and ``read()`` over one database. Made by ``connect``."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, file: Path | None) -> None:
        self._writer, self._reader, self._file = writer, reader, file
        self._queue = asyncio.Lock()
        self._turn = Turn(file, BUSY) if file else None
        self._checkpoint_after = 0.0

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._writer.dialect.name

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """One transaction, committed at the end of the block. Raises Transient when the database can't be had."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._queue)
            if self._turn:
                await stack.enter_async_context(self._turn.take())
            stack.enter_context(_trouble())
            async with self._writer.begin() as transaction:
                yield transaction
            if self._file:
                await self._fold(self._file)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading; each statement sees the newest commit."""
        with _trouble():
            async with self._reader.connect() as connection:
                yield connection

    async def _fold(self, file: Path) -> None:
        """Checkpoint when the write-ahead file has grown; a reader in the way means another try in a few seconds."""
        now = asyncio.get_running_loop().time()
        try:
            size = file.with_name(f"{file.name}-wal").stat().st_size
        except FileNotFoundError:
            return
        if size < WAL_BYTES or now < self._checkpoint_after:
            return
        async with self._writer.connect() as connection:
            bare = await connection.execution_options(bare=True)
            await bare.exec_driver_sql("PRAGMA busy_timeout=50")
            busy = (await bare.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
            await bare.exec_driver_sql(f"PRAGMA busy_timeout={BUSY * 1000:.0f}")
        if busy:
            self._checkpoint_after = now + 5.0

    async def close(self) -> None:
        """The last connection to a file folds its write-ahead file away, which is a checkpoint: in turn, too."""
        await self._reader.dispose()
        if self._turn is None:
            await self._writer.dispose()
            return
        async with AsyncExitStack() as stack:
            with suppress(Transient):
                await stack.enter_async_context(self._turn.take())
            await self._writer.dispose()
        self._turn.close()


@contextmanager
def _trouble() -> Iterator[None]:
    """Trouble with the database itself (locked, full, gone) as Transient; wrong statements stay what they are."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated:
            raise Transient(f"the database does not answer: {error.orig}") from error
        raise


def connect(url: URL) -> Database:
    """Engines for ``url`` (with its async driver); opens nothing yet."""
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        options: dict[str, Any] = {"connect_args": {"isolation_level": None, "timeout": BUSY}}
        writer = create_async_engine(url, pool_size=1, max_overflow=0, **options)
        reader = create_async_engine(
            url, pool_size=READERS, max_overflow=READERS, isolation_level="AUTOCOMMIT", **options
        )
        event.listen(writer.sync_engine, "connect", _prepare)
        event.listen(reader.sync_engine, "connect", _prepare_reader)
        event.listen(writer.sync_engine, "begin", _begin)
        return Database(writer, reader, file)
    writer = create_async_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True)
    reader = create_async_engine(
        url, pool_size=READERS, max_overflow=READERS, isolation_level="AUTOCOMMIT", pool_pre_ping=True
    )
    return Database(writer, reader, None)


def _prepare(connection: Any, record: object) -> None:
    """FULL: a commit survives a power cut, not only a killed process. Only ``_fold`` checkpoints."""
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
