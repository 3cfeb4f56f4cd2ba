"""The memory engine: the log in its plainest form, which tests run on and compare the other engines with."""

import time
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from service.log.failures import Fenced, LogClosed, OffsetOutOfRange
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
    partition_of,
    to_milliseconds,
)
from service.log.retention import CHUNK, Aged, Retention, Swept, expired


@dataclass
class _Partition:
    start: int = 0
    records: list[StoredRecord] = field(default_factory=list)

    @property
    def kept(self) -> OffsetRange:
        return OffsetRange(self.start, self.start + len(self.records))


def _size(record: StoredRecord) -> int:
    return Record(record.key, record.value, record.headers).size


class MemoryLog:
    """Gone when the process is. ``now`` gives aware UTC, ``clock`` monotonic seconds."""

    def __init__(
        self,
        *,
        partitions: int = 4,
        retention: Retention | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._default, self._retention, self._now = partitions, retention or Retention(), now
        self._stored: dict[TopicPartition, _Partition] = {}
        self._topics: dict[str, int] = {}
        self._committed: dict[tuple[str, TopicPartition], int] = {}
        self._epochs: dict[tuple[str, TopicPartition], int] = {}
        self._readers: set[GroupReader] = set()
        self._closed = False
        self.groups = Groups(self._topics, clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        self._wake()

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        self.check_open()
        for topic, partitions in topics.items():
            if checked_name(topic, "topic") not in self._topics:
                self._topics[topic] = partitions
                for number in range(partitions):
                    self._stored[TopicPartition(topic, number)] = _Partition()

    async def topics(self) -> dict[str, int]:
        self.check_open()
        return dict(sorted(self._topics.items()))

    async def append(self, topic: str, records: Sequence[Record]) -> list[Position]:
        checked_records(topic, records)
        await self.create_topics({topic: self._default})
        return self._append(topic, records)

    def _append(self, topic: str, records: Sequence[Record]) -> list[Position]:
        places = []
        for record in records:
            source = TopicPartition(topic, partition_of(record.key, self._topics[topic]))
            stored, offset = self._stored[source].records, self._stored[source].kept.end
            at = to_milliseconds(record.timestamp or self._now())
            stored.append(
                StoredRecord(topic, source.partition, offset, record.key, record.value, dict(record.headers), at)
            )
            places.append(Position(topic, source.partition, offset))
        self._wake(topic)
        return places

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
        self.check_open()
        leases = {}
        for source in sources:
            self._epochs[group, source] = epoch = self._epochs.get((group, source), 0) + 1
            start = self._committed.get((group, source), self._stored[source].start)
            leases[source] = Lease(epoch, start)
        return leases

    async def commit(
        self, group: str, commits: Mapping[TopicPartition, Commit], outputs: Mapping[str, Sequence[Record]]
    ) -> list[Position]:
        self.check_open()
        for source, commit in commits.items():
            if self._epochs.get((group, source)) != commit.epoch:
                raise Fenced(f"{source}: another member of group {group} has it now")
        await self.create_topics(dict.fromkeys(outputs, self._default))
        self._committed |= {(group, source): commit.offset for source, commit in commits.items()}
        return [place for topic, records in outputs.items() for place in self._append(topic, records)]

    async def fetch_many(
        self, wanted: Sequence[tuple[TopicPartition, int]], max_records: int, max_bytes: int
    ) -> list[RecordBatch]:
        batches: list[RecordBatch] = []
        for source, offset in wanted:
            kept = (await self.offsets(source.topic))[source]
            if not kept.start <= offset <= kept.end:
                raise OffsetOutOfRange(source, offset, kept)
            records = await self.fetch(source, offset, max_records=max_records, max_bytes=max_bytes)
            if batches and sum(map(_size, records[:1])) > max_bytes:
                break  # the one record that may be too large only comes first
            if records:
                batches.append(RecordBatch(source.topic, source.partition, tuple(records)))
                max_records -= len(records)
                max_bytes -= sum(map(_size, records))
            if max_records <= 0 or max_bytes <= 0:
                break
        return batches

    async def fetch(
        self, source: TopicPartition, offset: int, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES
    ) -> list[StoredRecord]:
        self.check_open()
        partition = self._stored.get(source, _Partition())
        found: list[StoredRecord] = []
        for record in partition.records[max(0, offset - partition.start) :][:max_records]:
            max_bytes -= _size(record)
            if found and max_bytes < 0:
                break
            found.append(record)
        return found

    async def offsets(self, topic: str) -> dict[TopicPartition, OffsetRange]:
        self.check_open()
        sources = [TopicPartition(topic, number) for number in range(self._topics.get(topic, 0))]
        return {source: self._stored[source].kept for source in sources}

    async def committed(self, group: str, topic: str) -> dict[TopicPartition, int]:
        self.check_open()
        return {s: offset for (name, s), offset in sorted(self._committed.items()) if (name, s.topic) == (group, topic)}

    async def sweep(self) -> Swept:
        """Remove what retention does not keep."""
        removed = unread = 0
        for source, partition in self._stored.items():
            while True:
                oldest = [Aged(r.offset, r.milliseconds, _size(r)) for r in partition.records[:CHUNK]]
                done = expired(
                    oldest,
                    topic=source.topic,
                    kept_bytes=sum(
                        _size(r) for s, p in self._stored.items() if s.topic == source.topic for r in p.records
                    ),
                    needed=self._needed(source),
                    now=to_milliseconds(self._now()),
                    retention=self._retention,
                )
                if not done.count:
                    break
                del partition.records[: done.count]
                partition.start += done.count
                removed, unread = removed + done.count, unread + done.unread
        return Swept(removed, unread)

    def _needed(self, source: TopicPartition) -> int | None:
        groups = [group for group, held in self._epochs if held == source]
        return min((self._committed.get((group, source), 0) for group in groups), default=None)

    def _wake(self, topic: str | None = None) -> None:
        for reader in self._readers:
            if topic is None or reader.reads(topic):
                reader.wake()

    def check_open(self) -> None:
        if self._closed:
            raise LogClosed("the log is closed")
