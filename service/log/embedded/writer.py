"""Group commit: one thread, one connection; the work of all who wait becomes one transaction and one fsync.

While the disk syncs, others queue up; so a lone caller waits one sync and a hundred callers wait hardly longer, and no
timer is needed. Callers hear of success only after the commit, and every one of them hears of a failure.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import structlog

from service.errors import WirewatchError
from service.log.embedded.file import as_failure, open_for_writing
from service.log.failures import LogClosed, LogUnavailable

T = TypeVar("T")

MAX_JOBS = 2_000
"""Limits of one transaction, so that nobody waits long for others' bytes."""
MAX_BYTES = 32 * 1024 * 1024
MAX_WAITING_BYTES = 128 * 1024 * 1024
"""Bytes that may queue; beyond it callers wait for room."""
IDLE = 2.0
"""Seconds without work after which the write-ahead file is emptied."""

MAX_WAL_BYTES = 32 * 1024 * 1024
"""Size of the write-ahead file at which a busy writer stops to empty it, looked at every so many transactions."""
CHECK_EVERY = 100

_log = structlog.get_logger()


@dataclass(slots=True)
class _Job:
    work: Callable[[sqlite3.Connection], Any]
    size: int
    then: Callable[[Any], None] | None
    waiter: "asyncio.Future[Any]"
    alone: bool
    result: Any = None
    error: Exception | None = None


class Writer:
    """Starts with a file that is open and healthy; goes on trying to reopen it when the disk fails later."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection
        self._connected, self._failures = True, 0
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._waiting_bytes = 0
        self._room = asyncio.Event()
        self._room.set()
        self.closed = False
        self._broken: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    async def run(
        self,
        work: Callable[[sqlite3.Connection], T],
        *,
        size: int = 0,
        then: Callable[[T], None] | None = None,
        alone: bool = False,
    ) -> T:
        """``work`` within a transaction; its result once that is durable.

        ``size``: bytes that wait meanwhile · ``then``: called on the loop after the commit, even when the caller has
        been cancelled · ``alone``: without a transaction (pragmas). LogUnavailable, LogDamaged or LogClosed otherwise.
        """
        while self._waiting_bytes > MAX_WAITING_BYTES:
            self._room.clear()
            await self._room.wait()
        if self._broken:
            raise self._broken
        if self.closed:
            raise LogClosed("the log is closed")
        job = _Job(work, size, then, self._loop.create_future(), alone)
        self._waiting_bytes += size
        self._jobs.put(job)
        result: T = await job.waiter
        return result

    def stop(self) -> None:
        """Take no more work. What was taken is still done; ``join`` waits for it."""
        self.closed = True
        self._room.set()
        self._jobs.put(None)

    def join(self) -> None:
        """Blocks: from another thread than the loop's."""
        self._thread.join()

    def _resolve(self, jobs: Sequence[_Job]) -> None:
        """On the loop: tell the callers."""
        for job in jobs:
            self._waiting_bytes -= job.size
            if job.error is None and job.then is not None:
                job.then(job.result)
            if job.waiter.done():
                continue
            if job.error is None:
                job.waiter.set_result(job.result)
            else:
                job.waiter.set_exception(job.error)
        self._room.set()

    def _tell(self, jobs: Sequence[_Job]) -> None:
        # A loop that is gone has nobody waiting on it.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._resolve, jobs)

    # Below here: the writer's thread.

    def _run(self) -> None:
        jobs: list[_Job] = []
        try:
            going, rounds = True, 0
            while going:
                jobs, going = self._gather()
                if jobs:
                    self._transact(jobs)
                    self._tell(jobs)
                    rounds += 1
                    if rounds % CHECK_EVERY == 0 and self._wal_bytes() > MAX_WAL_BYTES:
                        self._checkpoint()
                elif going:
                    self._checkpoint()
            self._checkpoint()
        except BaseException as error:  # whatever it is: nobody may wait for ever for a thread that is gone
            _log.critical("the log's writer has stopped", file=str(self._path), error=repr(error))
            self._broken = LogUnavailable(f"{self._path}: the log's writer has stopped ({error!r}); restart wirewatch")
            self._fail(jobs, self._broken)
            self._tell(jobs)
            self._refuse()
        finally:
            self._connection.close()

    def _refuse(self) -> None:
        """Answer all that still comes, until closed."""
        while (job := self._jobs.get()) is not None:
            job.error = self._broken
            self._tell([job])

    def _gather(self) -> tuple[list[_Job], bool]:
        """The first job that comes and all that wait behind it; False with the last ones before the end."""
        jobs: list[_Job] = []
        size = 0
        try:
            job = self._jobs.get(timeout=IDLE)
            while job is not None:
                jobs.append(job)
                size += job.size
                if job.alone or len(jobs) >= MAX_JOBS or size >= MAX_BYTES:
                    return jobs, True
                job = self._jobs.get_nowait()
        except queue.Empty:
            return jobs, True
        return jobs, False

    def _transact(self, jobs: Sequence[_Job]) -> None:
        try:
            if not self._connected:
                self._reopen()
            grouped = [job for job in jobs if not job.alone]
            if grouped:
                self._connection.execute("BEGIN IMMEDIATE")
                for job in grouped:
                    self._attempt(job)
                self._connection.execute("COMMIT")
            for job in jobs:
                if job.alone:
                    job.result = job.work(self._connection)
            self._failures = 0
        except (sqlite3.Error, WirewatchError) as error:
            failure = as_failure(error, self._path) if isinstance(error, sqlite3.Error) else error
            _log.error("the log could not be written", file=str(self._path), waiting=len(jobs), error=str(failure))
            self._roll_back()
            self._fail(jobs, failure)

    def _attempt(self, job: _Job) -> None:
        """One job within the transaction; its own failure takes back only what it wrote itself."""
        self._connection.execute("SAVEPOINT job")
        try:
            job.result = job.work(self._connection)
        except Exception as error:
            if isinstance(error, sqlite3.Error) and as_failure(error, self._path) is not error:
                raise  # the disk's failure, not the job's
            self._connection.execute("ROLLBACK TO job")
            job.error = error
        self._connection.execute("RELEASE job")

    def _fail(self, jobs: Sequence[_Job], failure: Exception) -> None:
        for job in jobs:
            job.error = job.error or failure

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            _log.warning("rollback failed", file=str(self._path), error=str(error))
            self._connected = False
        # After a failed sync the system may take pages for clean that never reached the disk. The same connection
        # writes the next frames over those of the failed commit, so the next sync is honest. If that fails, begin anew.
        self._failures += 1
        if self._failures > 1:
            self._connected = False

    def _reopen(self) -> None:
        self._connection.close()
        self._connection = open_for_writing(self._path)
        # What is in the write-ahead file may have been written by a commit whose sync failed: bring it over and sync it
        # where it belongs before anything is acknowledged on top of it.
        busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LogUnavailable(f"{self._path}: somebody reads for long from the file; the log is not open again yet")
        self._connected, self._failures = True, 0
        _log.info("the log's file is open again", file=str(self._path))

    def _checkpoint(self) -> None:
        """Empty the write-ahead file, unless somebody reads from it just now; the next quiet moment comes."""
        try:
            if self._connected and self._wal_bytes():
                self._connection.execute("PRAGMA busy_timeout = 50")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._connection.execute("PRAGMA busy_timeout = 5000")
        except (sqlite3.Error, OSError) as error:
            _log.warning("checkpoint failed", file=str(self._path), error=str(error))
            self._connected = False

    def _wal_bytes(self) -> int:
        wal = self._path.with_name(self._path.name + "-wal")
        return wal.stat().st_size if wal.exists() else 0
