"""Reading off the event loop: spawned processes, a deadline for every batch, and a way out for what breaks them.

Each worker is an executor of one process, so a crash or a hang takes down its own batch and nobody else's. The batch is
then halved on a new process until the one item that does it stands alone; when it has done it again and again that one
is Invalid, the others are read.
"""

import asyncio
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from service import metrics
from service.errors import Invalid, Transient

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741

START_DEADLINE = 120.0
"""Seconds for a new process to import and load what it needs."""
DEATHS = 3
"""Processes that an item has to take with it before it is to blame: one may have been killed for want of memory, or by
an operator, with a harmless item in hand."""
RENEW_AFTER = 5_000
"""Items that a process reads before another takes its place: what it learns of words it never forgets."""


class _Worker:
    """One process that is replaced when it breaks or overstays."""

    def __init__(self, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._prepare, self._arguments = prepare, arguments
        self._executor = self._start()
        self._warm = False
        self._read = 0

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(1, mp_context=context, initializer=self._prepare, initargs=self._arguments)
        # The process begins to load now, not when the first batch is there.
        executor.submit(_nothing)
        return executor

    @property
    def old(self) -> bool:
        return self._read >= RENEW_AFTER

    def replace(self) -> None:
        """Ends a process that is broken and starts another."""
        metrics.pool_restarts.inc()
        self.renew()

    def renew(self) -> None:
        self.stop()
        self._executor, self._warm, self._read = self._start(), False, 0

    async def warm_up(self) -> None:
        """Waits until the process is ready, so its start does not count against a batch."""
        if not self._warm:
            await asyncio.wait_for(asyncio.wrap_future(self._executor.submit(_nothing)), START_DEADLINE)
            self._warm = True

    async def run(self, work: Callable[[Sequence[I]], Sequence[O]], items: Sequence[I], deadline: float) -> Sequence[O]:
        """Of a process that is ready. Raises BrokenProcessPool or TimeoutError when that is gone and replaced."""
        self._read += len(items)
        try:
            future: Future[Sequence[O]] = self._executor.submit(work, items)
            return await asyncio.wait_for(asyncio.wrap_future(future), deadline)
        except (BrokenProcessPool, TimeoutError):
            self.replace()
            raise
        except asyncio.CancelledError:
            # Whoever waited is gone; what the process still does must not hold up the next batch.
            self.replace()
            raise

    def stop(self) -> None:
        """Ends the process at once; what it was doing is lost."""
        # An executor has no public way to kill what hangs before Python 3.14.
        processes = list((getattr(self._executor, "_processes", None) or {}).values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with suppress(ProcessLookupError, ValueError):
                process.kill()


def _nothing() -> None:
    """What a new process is asked first."""


class Pool(Generic[I, O]):
    """``async with Pool(work, prepare, …) as pool: await pool.map(items)``.

    ``work`` takes a batch and returns one result an item, in order; ``prepare`` runs once in each new process. Both and
    all items must be picklable.
    """

    def __init__(
        self,
        work: Callable[[Sequence[I]], Sequence[O]],
        prepare: Callable[..., None],
        arguments: tuple[Any, ...] = (),
        *,
        processes: int,
        batch: int,
        deadline: float,
    ) -> None:
        self._work, self._prepare, self._arguments = work, prepare, arguments
        self._processes, self._batch, self._deadline = processes, batch, deadline
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers: list[_Worker] = []
        self._warming: asyncio.Future[list[BaseException | None]]
        self._renewing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._workers = [_Worker(self._prepare, self._arguments) for _ in range(self._processes)]
        for worker in self._workers:
            self._free.put_nowait(worker)
        # Processes take seconds to start: now, not when the first item comes. What fails here fails again in ``map``.
        self._warming = asyncio.gather(*(worker.warm_up() for worker in self._workers), return_exceptions=True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        starting: list[asyncio.Future[Any]] = [self._warming, *self._renewing]
        for start in starting:
            start.cancel()
        await asyncio.gather(*starting, return_exceptions=True)
        for worker in self._workers:
            worker.stop()

    async def map(self, items: Sequence[I]) -> list[O | Invalid]:
        """One result an item, in order; Invalid for an item that kills its process or is not done in time.

        Raises Transient when processes cannot be started at all.
        """
        size = max(1, min(self._batch, -(-len(items) // max(1, self._processes))))
        batches = [items[at : at + size] for at in range(0, len(items), size)]
        results = await asyncio.gather(*(self._batched(batch) for batch in batches))
        return [result for batch in results for result in batch]

    async def _batched(self, items: Sequence[I]) -> list[O | Invalid]:
        worker = await self._free.get()
        try:
            return await self._tried(worker, items)
        finally:
            if worker.old:
                # Others read meanwhile; what goes wrong at its start is met by the next batch.
                worker.renew()
                self._renewing.add(renewed := asyncio.create_task(self._renewed(worker)))
                renewed.add_done_callback(self._renewing.discard)
            else:
                self._free.put_nowait(worker)

    async def _renewed(self, worker: _Worker) -> None:
        with suppress(BrokenProcessPool, TimeoutError, OSError):
            await worker.warm_up()
        self._free.put_nowait(worker)

    async def _ready(self, worker: _Worker) -> None:
        try:
            await worker.warm_up()
        except (BrokenProcessPool, TimeoutError, OSError) as error:
            worker.replace()
            raise Transient(f"a reading process did not start: {type(error).__name__} {error}") from error

    async def _tried(self, worker: _Worker, items: Sequence[I], deaths: int = 0) -> list[O | Invalid]:
        await self._ready(worker)
        try:
            return list(await worker.run(self._work, items, self._deadline))
        except TimeoutError:
            if len(items) == 1:
                return [Invalid(f"reading gave up on it: not read within {self._deadline:g} s")]
        except BrokenProcessPool:
            if len(items) == 1:
                if deaths + 1 < DEATHS:
                    return await self._tried(worker, items, deaths + 1)
                return [Invalid(f"reading gave up on it: {DEATHS} reading processes died of it")]
        half = len(items) // 2
        return [*await self._tried(worker, items[:half]), *await self._tried(worker, items[half:])]
