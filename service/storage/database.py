"""The connections: those that write, those that read, the same calls for SQLite and PostgreSQL.

In a file writes stand in one queue in the process, and in turn with other processes; on a server as many go at once as
there are connections. Reads see the last commit, each statement for itself, and hold nothing open.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.errors import Transient
from service.metrics import database_wait
from service.storage.location import Location
from service.storage.trouble import trouble
from service.storage.turn import Turn
from service.storage.watched import watch

Transaction = AsyncConnection
"""What ``write()`` gives: everything done with it is there after the block, or nothing is."""

BUSY = 10.0
"""Seconds to wait for a lock that somebody else holds."""
WAL_BYTES = 4 * 1024 * 1024
"""A write-ahead file beyond this is folded back into the database."""


class Database:
    """``write()`` and ``read()`` over one database. Made by ``connect``."""

    def __init__(
        self,
        writer: AsyncEngine,
        reader: AsyncEngine,
        file: Path | None,
        listener: Callable[[], Awaitable[Any]] | None = None,
    ) -> None:
        self._writer, self._reader, self._file = writer, reader, file
        self.listener = listener
        """Opens a connection of its own, for being told what others do; None where that cannot be."""
        self._queue = asyncio.Lock()
        self._turn = Turn(file, BUSY) if file else None
        self._checkpoint_after = 0.0
        watch(writer, "write")
        watch(reader, "read")

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._writer.dialect.name

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """One transaction, committed at the end of the block. Raises Transient when the database can't be had."""
        asked = time.perf_counter()
        async with AsyncExitStack() as stack:
            if self._turn:
                await stack.enter_async_context(self._queue)
                await stack.enter_async_context(self._turn.take())
            stack.enter_context(trouble())
            async with self._writer.begin() as transaction:
                database_wait.observe(time.perf_counter() - asked)
                yield transaction
            if self._file:
                await self._fold(self._file)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading; each statement sees the newest commit."""
        with trouble():
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[AsyncConnection]:
        """For small statements whose loss in a crash of the database costs nothing: nobody waits for the disk, each is
        a transaction (in a file, all together are one as ever)."""
        async with self.write() if self._file else self.read() as connection:
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


def connect(location: Location) -> Database:
    """Engines for ``location``; opens nothing yet."""
    if location.embedded:
        from service.storage.file import file_engines

        return Database(*file_engines(location.url, BUSY), location.file)
    from service.storage.server import LISTENS, connector, server_engines

    return Database(*server_engines(location), None, connector(location, application_name=LISTENS))
