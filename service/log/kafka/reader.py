"""One member of a group, as the protocol has it: polls, positions, pausing, commits."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from service.errors import Invalid
from service.log.failures import Fenced
from service.log.kafka.holdings import Held, give
from service.log.kafka.lookout import Ensuring
from service.log.kafka.standing import Standing
from service.log.protocol import POLL_BYTES, POLL_RECORDS
from service.log.records import Position, Record, RecordBatch, TopicPartition, checked_name, checked_records


class Engine(Ensuring, Protocol):
    """What a reader needs of its log."""

    def check_open(self) -> None: ...

    async def append(self, topic: str, records: Sequence[Record]) -> list[Position]: ...


class KafkaReader:
    def __init__(self, engine: Engine, group: str, topics: frozenset[str], member: str, name: str) -> None:
        self.group, self.member = group, member
        self._engine = engine
        self._standing = Standing(engine, group, topics, name)
        self._known: dict[TopicPartition, Held] = {}
        """What was held at the last poll."""
        self._turn = 0

    def wake(self) -> None:
        self._standing.news.set()

    async def leave(self) -> None:
        await self._standing.leave()

    @property
    def assignment(self) -> frozenset[TopicPartition]:
        held = self._standing.held
        return frozenset(source for source, known in self._known.items() if held.get(source) is known)

    async def poll(
        self, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES, wait: float = 1.0
    ) -> list[RecordBatch]:
        batches = await self._poll(max_records, max_bytes, wait)
        if not batches:
            self._standing.lookout.check()
        return batches

    async def _poll(self, max_records: int, max_bytes: int, wait: float) -> list[RecordBatch]:
        loop, standing = asyncio.get_running_loop(), self._standing
        deadline = loop.time() + wait
        self._engine.check_open()
        await standing.join(wait)
        while True:
            # Cleared before looking: what happens while we look ends the wait below.
            standing.news.clear()
            self._engine.check_open()
            standing.watch()
            await standing.settle()
            if self._changed():
                return []
            await standing.ask(max_records)
            if standing.stable:
                self._turn += 1
                if batches := give(standing.held, self._turn, max_records, max_bytes):
                    standing.lookout.moved()
                    return batches
            if (left := deadline - loop.time()) <= 0:
                return []
            await self._wait(left)

    async def commit(self, positions: Mapping[TopicPartition, int]) -> None:
        await self.append_and_commit({}, positions)

    async def append_and_commit(
        self, outputs: Mapping[str, Sequence[Record]], positions: Mapping[TopicPartition, int]
    ) -> list[Position]:
        self._engine.check_open()
        for topic, records in outputs.items():
            checked_name(topic, "topic")
            checked_records(topic, records)
        for source, offset in positions.items():
            if offset < 0:
                raise Invalid(f"{source}: commit of offset {offset}")
        held = {source: self._holding(source) for source in positions}
        places = [place for topic, records in outputs.items() for place in await self._engine.append(topic, records)]
        if positions:
            await self._standing.commit(positions, held)
        return places

    def pause(self, sources: Collection[TopicPartition]) -> None:
        for source in sources:
            self._holding(source).paused = True

    def resume(self, sources: Collection[TopicPartition]) -> None:
        for source in sources:
            if source in self._standing.held:
                self._standing.held[source].paused = False
        self.wake()

    def seek(self, source: TopicPartition, offset: int) -> None:
        self._holding(source).move(offset)
        self._standing.point(source)
        self.wake()

    def position(self, source: TopicPartition) -> int:
        return self._holding(source).position

    def _holding(self, source: TopicPartition) -> Held:
        held = self._known.get(source)
        if held is None or self._standing.held.get(source) is not held:
            raise Fenced(f"{source} is not assigned to {self.member} of group {self.group}")
        return held

    def _changed(self) -> bool:
        """Has the assignment changed since the last poll? What was lost is told before what is new."""
        held = self._standing.held
        kept = {source: known for source, known in self._known.items() if held.get(source) is known}
        changed = len(kept) < max(len(self._known), len(held))
        self._known = kept if len(kept) < len(self._known) else dict(held)
        return changed

    async def _wait(self, seconds: float) -> None:
        news = asyncio.ensure_future(self._standing.news.wait())
        try:
            await asyncio.wait([news, *self._standing.pending], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
