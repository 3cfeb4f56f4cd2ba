"""Many small writes that come at the same time, in one transaction: what a commit costs is shared."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from service.errors import Transient
from service.storage.database import Database, Transaction

T = TypeVar("T")
R = TypeVar("R")
MOST = 50
"""Items of one transaction: others wait for it."""


class Together(Generic[T, R]):
    """``await together(item)`` returns when the item is committed. ``work`` writes some and gives a result for each.
    Trouble with the database is every item's; what an item itself does wrong is that item's alone."""

    def __init__(self, database: Database, work: Callable[[Transaction, Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._database, self._work = database, work
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, item: T) -> R:
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._task is None:
            # A task of its own: who is cancelled while it waits takes nobody's write with it.
            self._task = asyncio.create_task(self._run(), name="writes together")
        return await done

    async def _run(self) -> None:
        try:
            while self._waiting:
                # What has come while the last ones were written goes together.
                await self._write([self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))])
        finally:
            self._task = None
            for _, done in self._waiting:
                done.cancel()

    async def _write(self, some: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            async with self._database.write() as transaction:
                results = await self._work(transaction, [item for item, _ in some])
        except Exception as error:
            if len(some) > 1 and not isinstance(error, Transient):
                for one in some:
                    await self._write([one])
                return
            for _, done in some:
                if not done.done():
                    done.set_exception(error)
        else:
            for (_, done), result in zip(some, results, strict=True):
                if not done.done():
                    done.set_result(result)
