"""The log over one SQLite file: made ready on the loop, written by the one writer, looked at in reading threads."""

import asyncio
import contextlib
import sqlite3
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

import structlog

from service.errors import WirewatchError
from service.log.embedded import reads, transactions
from service.log.embedded.file import as_failure, open_for_writing
from service.log.embedded.lock import WriterLock
from service.log.embedded.reads import Reads
from service.log.embedded.vacuum import vacuum
from service.log.embedded.writer import Writer
from service.log.failures import LogClosed
from service.log.group_reader import Commit, GroupReader, Lease
from service.log.groups import Groups
from service.log.protocol import POLL_BYTES, POLL_RECORDS
from service.log.records import (
    OffsetRange,
    Position,
    Record,
    RecordBatch,
    StoredRecord,
    TopicPartition,
    checked_name,
    checked_records,
    to_milliseconds,
)
from service.log.retention import Retention, Swept
from service.metrics import log_appended, log_dropped

SWEEP_EVERY = 60.0
"""Seconds between two looks for what retention does not keep."""

_log = structlog.get_logger()


def _open(path: Path) -> tuple[sqlite3.Connection, dict[TopicPartition, OffsetRange]]:
    connection = open_for_writing(path)
    try:
        return connection, reads.offsets(connection)
    except sqlite3.Error as error:
        connection.close()
        raise as_failure(error, path) from error


class EmbeddedLog:
    """``<data>/log.db``. ``now`` gives aware UTC, ``clock`` monotonic seconds. Closing drains what was taken."""

    def __init__(
        self,
        data: Path,
        *,
        partitions: int = 4,
        retention: Retention | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = data / "log.db"
        self._default, self._retention, self._now = partitions, retention or Retention(), now
        self._topics: dict[str, int] = {}
        self._ends: dict[TopicPartition, int] = {}
        self._readers: set[GroupReader] = set()
        self.groups = Groups(self._topics, clock)

    async def __aenter__(self) -> Self:
        # The lock comes first: no second process may as much as recover the file.
        self._lock = WriterLock(self._path.with_name("log.lock"))
        try:
            connection, kept = await asyncio.to_thread(_open, self._path)
        except BaseException:
            self._lock.release()
            raise
        self._ends |= {source: offsets.end for source, offsets in kept.items()}
        self._topics |= Counter(source.topic for source in kept)
        self._writer, self._reads = Writer(self._path, connection), Reads(self._path)
        self._sweeper = asyncio.create_task(self._sweep_regularly(), name="log-retention")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._sweeper.cancel()
        self._writer.stop()
        self._reads.stop()
        self._wake()
        # One thread from here to the end: even when nobody waits any longer, the lock goes last.
        await asyncio.shield(asyncio.to_thread(self._finish))
        with contextlib.suppress(asyncio.CancelledError):
            await self._sweeper

    def _finish(self) -> None:
        try:
            self._reads.join()
            self._writer.join()
        finally:
            self._lock.release()

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        new = {topic: count for topic, count in topics.items() if checked_name(topic, "topic") not in self._topics}
        if new:
            await self._writer.run(partial(transactions.create_topics, topics=new), then=lambda _: self._created(new))

    def _created(self, new: Mapping[str, int]) -> None:
        # Whoever was first has set the number of partitions; the writer did it in this order too.
        for topic, count in new.items():
            if topic not in self._topics:
                self._topics[topic] = count
                self._ends |= {TopicPartition(topic, number): 0 for number in range(count)}

    async def topics(self) -> dict[str, int]:
        return await self._reads.run(reads.topics)

    async def append(self, topic: str, records: Sequence[Record]) -> list[Position]:
        size = checked_records(topic, records)
        await self.create_topics({topic: self._default})
        rows = self._rows(topic, records)
        return await self._writer.run(partial(transactions.append, rows=rows), size=size, then=self._appended)

    def _rows(self, topic: str, records: Sequence[Record]) -> transactions.Rows:
        return transactions.rows_of(topic, records, self._topics[topic], to_milliseconds(self._now()))

    def _appended(self, places: Sequence[Position]) -> None:
        for place in places:
            source = TopicPartition(place.topic, place.partition)
            self._ends[source] = max(self._ends[source], place.offset + 1)
        for topic, count in Counter(place.topic for place in places).items():
            log_appended.labels(topic).inc(count)
            self._wake(topic)

    @asynccontextmanager
    async def reader(
        self, group: str, topics: Sequence[str], *, member: str | None = None
    ) -> AsyncIterator[GroupReader]:
        checked_name(group, "group")
        await self.create_topics(dict.fromkeys(topics, self._default))
        reader = GroupReader(self, self.groups, group, frozenset(topics), member or uuid.uuid4().hex)
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)
            reader.leave()

    async def acquire(
        self, group: str, member: str, sources: Collection[TopicPartition]
    ) -> dict[TopicPartition, Lease]:
        return await self._writer.run(partial(transactions.acquire, group=group, member=member, sources=sources))

    async def commit(
        self, group: str, commits: Mapping[TopicPartition, Commit], outputs: Mapping[str, Sequence[Record]]
    ) -> list[Position]:
        await self.create_topics(dict.fromkeys(outputs, self._default))
        size = sum(checked_records(topic, records) for topic, records in outputs.items())
        rows = [self._rows(topic, records) for topic, records in outputs.items()]
        work = partial(transactions.commit, group=group, commits=commits, outputs=rows)
        return await self._writer.run(work, size=size, then=self._appended)

    async def fetch_many(
        self, wanted: Sequence[tuple[TopicPartition, int]], max_records: int, max_bytes: int
    ) -> list[RecordBatch]:
        # At the end nothing can be found: an idle reader costs no thread and no file.
        behind = [(source, offset) for source, offset in wanted if offset != self._ends[source]]
        if not behind:
            return []
        look = partial(reads.fetch_many, wanted=behind, max_records=max_records, max_bytes=max_bytes)
        return await self._reads.run(look)

    async def fetch(
        self, source: TopicPartition, offset: int, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES
    ) -> list[StoredRecord]:
        found, _ = await self._reads.run(lambda db: reads.fetch(db, source, offset, max_records, max_bytes))
        return found

    async def offsets(self, topic: str) -> dict[TopicPartition, OffsetRange]:
        return await self._reads.run(partial(reads.offsets, topic=topic))

    async def committed(self, group: str, topic: str) -> dict[TopicPartition, int]:
        return await self._reads.run(partial(reads.committed, group=group, topic=topic))

    async def sweep(self) -> Swept:
        """Remove what retention does not keep, in small transactions, and give the space back."""
        removed = unread = 0
        for source in list(self._ends):
            work = partial(transactions.sweep, source=source, retention=self._retention)
            while (done := await self._writer.run(partial(work, now=to_milliseconds(self._now())))).count:
                removed, unread = removed + done.count, unread + done.unread
                if done.unread:
                    log_dropped.labels(source.topic).inc(done.unread)
                    _log.error(
                        "unread records removed: the log has reached its hard size limit",
                        topic=source.topic,
                        partition=source.partition,
                        records=done.unread,
                    )
        while removed and await self._writer.run(vacuum, alone=True):
            pass
        return Swept(removed, unread)

    async def _sweep_regularly(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            try:
                await self.sweep()
            except LogClosed:
                return
            except WirewatchError as error:
                _log.warning("retention sweep failed; it is tried again", error=str(error))

    def check_open(self) -> None:
        if self._writer.closed:
            raise LogClosed("the log is closed")

    def _wake(self, topic: str | None = None) -> None:
        for reader in self._readers:
            if topic is None or reader.reads(topic):
                reader.wake()
