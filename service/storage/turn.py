"""One writing process at a time, in turn, for an embedded database file.

SQLite's own lock is unfair: a process that commits all the time can keep another waiting for seconds. And SQLite before
3.51.3 can lose a commit when a checkpoint of one connection races with another that writes (the "WAL-reset bug",
sqlite.org/wal.html). So every transaction and every checkpoint of wirewatch holds this turn. Two locks make it fair:
who waits holds the queue, so that who has just finished stands behind them. The kernel frees both when a process dies.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from service.errors import Transient

PAUSE = 0.002
"""Seconds between two looks at a lock that another process holds."""


class Turn:
    """Locks beside ``database``; ``patience`` is how many seconds to wait before giving up."""

    def __init__(self, database: Path, patience: float = 10.0) -> None:
        self._name = database.name
        self._patience = patience
        self._queue = _open(database.with_name(f"{database.name}-queue"))
        self._place = _open(database.with_name(f"{database.name}-turn"))

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Hold the turn. Raises Transient when others have held it for all of ``patience``."""
        deadline = asyncio.get_running_loop().time() + self._patience
        await self._lock(self._queue, deadline)
        try:
            await self._lock(self._place, deadline)
        finally:
            fcntl.flock(self._queue, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._place, fcntl.LOCK_UN)

    async def _lock(self, descriptor: int, deadline: float) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if loop.time() > deadline:
                    raise Transient(
                        f"{self._name} is busy: another process has been writing for {self._patience:g} s; try again"
                    ) from None
                await asyncio.sleep(PAUSE)
            else:
                return

    def close(self) -> None:
        os.close(self._queue)
        os.close(self._place)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
