"""The reader of the engines that live in this process: positions, pausing and waiting.

The engine below it only acquires, fetches and commits.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.errors import Invalid
from service.log.failures import Fenced
from service.log.groups import Groups
from service.log.protocol import POLL_BYTES, POLL_RECORDS
from service.log.records import Position, Record, RecordBatch, TopicPartition, checked_name, checked_records


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of a partition. ``epoch`` rises with every new owner; ``start``: committed, else the oldest kept."""

    epoch: int
    start: int


@dataclass(frozen=True, slots=True)
class Commit:
    """One partition of a commit: under which epoch, to which offset."""

    epoch: int
    offset: int


class Engine(Protocol):
    """What a reader needs of its engine."""

    def check_open(self) -> None:
        """LogClosed once it is closed."""

    async def acquire(
        self, group: str, member: str, sources: Collection[TopicPartition]
    ) -> dict[TopicPartition, Lease]: ...

    async def fetch_many(
        self, wanted: Sequence[tuple[TopicPartition, int]], max_records: int, max_bytes: int
    ) -> list[RecordBatch]:
        """In the order asked, until a limit is reached. OffsetOutOfRange for a position outside of what is kept."""

    async def commit(
        self, group: str, commits: Mapping[TopicPartition, Commit], outputs: Mapping[str, Sequence[Record]]
    ) -> list[Position]:
        """One transaction; Fenced when an epoch is not the newest."""


@dataclass
class _Held:
    epoch: int
    position: int
    committed: int
    """Everything given to the caller before here is committed."""
    paused: bool = False


class GroupReader:
    def __init__(self, engine: Engine, groups: Groups, group: str, topics: frozenset[str], member: str) -> None:
        self.group, self.member = group, member
        self._engine, self._groups, self._topics = engine, groups, topics
        self._held: dict[TopicPartition, _Held] = {}
        self._turn = 0
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Something may be there to read or the membership has changed. From the loop's own thread."""
        self._news.set()

    def reads(self, topic: str) -> bool:
        return topic in self._topics

    def leave(self) -> None:
        self._groups.leave(self.group, self.member)
        self._held.clear()

    @property
    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset(self._held)

    async def poll(
        self, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES, wait: float = 1.0
    ) -> list[RecordBatch]:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while True:
            # Cleared before looking: what arrives while we look wakes the wait below.
            self._news.clear()
            self._engine.check_open()
            if await self._settle():
                return []
            if batches := await self._fetch(max_records, max_bytes):
                return batches
            try:
                async with asyncio.timeout_at(deadline):
                    await self._news.wait()
            except TimeoutError:
                return []

    async def commit(self, positions: Mapping[TopicPartition, int]) -> None:
        await self.append_and_commit({}, positions)

    async def append_and_commit(
        self, outputs: Mapping[str, Sequence[Record]], positions: Mapping[TopicPartition, int]
    ) -> list[Position]:
        for topic, records in outputs.items():
            checked_name(topic, "topic")
            checked_records(topic, records)
        for source, offset in positions.items():
            if offset < 0:
                raise Invalid(f"{source}: commit of offset {offset}")
        commits = {source: Commit(self._holding(source).epoch, offset) for source, offset in positions.items()}
        places = await self._engine.commit(self.group, commits, outputs)
        for source, offset in positions.items():
            held = self._held.get(source)
            if held is not None and held.epoch == commits[source].epoch:
                held.committed = offset
        if self._groups.owned(self.group, self.member) - self._groups.wanted(self.group, self.member):
            self.wake()  # a partition that is to move may be finished now
        return places

    def pause(self, sources: Collection[TopicPartition]) -> None:
        for source in sources:
            self._holding(source).paused = True

    def resume(self, sources: Collection[TopicPartition]) -> None:
        for source in sources:
            if source in self._held:
                self._held[source].paused = False
        self.wake()

    def seek(self, source: TopicPartition, offset: int) -> None:
        held = self._holding(source)
        held.position = held.committed = offset
        self.wake()

    def position(self, source: TopicPartition) -> int:
        return self._holding(source).position

    def _holding(self, source: TopicPartition) -> _Held:
        if source not in self._held:
            raise Fenced(f"{source} is not assigned to {self.member} of group {self.group}")
        return self._held[source]

    async def _settle(self) -> bool:
        """Heartbeat; drop what was lost, give what is finished, take what is free. True: the assignment changed."""
        groups, before = self._groups, self.assignment
        groups.heartbeat(self.group, self.member, self._topics, self.wake)
        for source in before - groups.owned(self.group, self.member):
            del self._held[source]
        leaving = self.assignment - groups.wanted(self.group, self.member)
        finished = [source for source in leaving if self._held[source].position <= self._held[source].committed]
        for source in finished:
            del self._held[source]
        if finished:
            groups.give(self.group, self.member, finished)
        if free := groups.take(self.group, self.member):
            try:
                leases = await self._engine.acquire(self.group, self.member, free)
            except BaseException:
                groups.give(self.group, self.member, free)
                raise
            for source, lease in leases.items():
                self._held[source] = _Held(lease.epoch, lease.start, lease.start)
        return self.assignment != before or bool(free)

    async def _fetch(self, max_records: int, max_bytes: int) -> list[RecordBatch]:
        staying = self._groups.wanted(self.group, self.member)
        ready = sorted(source for source, held in self._held.items() if source in staying and not held.paused)
        if not ready:
            return []
        # Begin with another partition each time, so that a full one does not starve the rest.
        self._turn += 1
        turn = self._turn % len(ready)
        asked = [(source, self._held[source].position) for source in ready[turn:] + ready[:turn]]
        batches = await self._engine.fetch_many(asked, max_records, max_bytes)
        given, positions = [], dict(asked)
        for batch in batches:
            held = self._held.get(batch.source)
            # Sought, paused or lost while the engine was reading: it will be read again from where it should.
            if held is not None and not held.paused and held.position == positions[batch.source]:
                held.position = batch.next_offset
                given.append(batch)
        return given
