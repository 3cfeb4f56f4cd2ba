"""Kafka beside a model: whatever is appended, read, committed, sought and paused, both hold the same and give the same.

Polls give records in portions of the brokers' choosing, so what is compared is their order, not their portions.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from service.errors import WirewatchError
from service.log import Log, Record, StoredRecord, TopicPartition, lag, open_log
from service.log.memory import MemoryLog
from tests.contract.log.reading import PATIENCE, joined
from tests.contract.log.test_log_state_machine import records
from tests.parts.kafka import Cluster

TOPICS = {"a": 1, "b": 2}
SOURCES = [TopicPartition(topic, number) for topic, count in TOPICS.items() for number in range(count)]
GROUPS = ["g", "h"]


class Beside(RuleBasedStateMachine):
    """One member a group: who has what is decided by brokers, and tested elsewhere."""

    url: ClassVar[Callable[[], str]]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.opened = AsyncExitStack()
        self.readers: dict[str, tuple[Any, AsyncExitStack]] = {}
        self.next: dict[str, dict[TopicPartition, int]] = {}
        self.paused: dict[str, set[TopicPartition]] = {}
        self.runner.run(self._open())

    async def _open(self) -> None:
        self.model: Log = await self.opened.enter_async_context(MemoryLog(partitions=2))
        folder = Path(self.opened.enter_context(tempfile.TemporaryDirectory()))
        self.real = await self.opened.enter_async_context(open_log(type(self).url(), folder, partitions=2))
        for log in (self.model, self.real):
            await log.create_topics(TOPICS)

    def teardown(self) -> None:
        async def close() -> None:
            for _, stack in self.readers.values():
                await stack.aclose()
            await self.opened.aclose()

        self.runner.run(close())
        self.runner.close()

    def both(self, work: Callable[[Log], Awaitable[Any]]) -> Any:
        async def outcome(log: Log) -> Any:
            try:
                return await work(log)
            except WirewatchError as error:
                return type(error).__name__

        expected, found = self.runner.run(outcome(self.model)), self.runner.run(outcome(self.real))
        assert _comparable(found) == _comparable(expected)
        return found

    @rule(topic=st.sampled_from([*TOPICS, "new", "bad name"]), records=records)
    def append(self, topic: str, records: list[Record]) -> None:
        self.both(lambda log: log.append(topic, records))

    @rule(group=st.sampled_from(GROUPS))
    def join(self, group: str) -> None:
        if group in self.readers:
            return
        stack = AsyncExitStack()

        async def enter() -> Any:
            reader = await stack.enter_async_context(self.real.reader(group, list(TOPICS)))
            await joined(reader)
            return reader

        self.readers[group] = (self.runner.run(enter()), stack)
        committed = {}
        for topic in TOPICS:
            committed |= self.runner.run(self.model.committed(group, topic))
        self.next[group] = {source: committed.get(source, 0) for source in SOURCES}
        self.paused[group] = set()
        assert self.readers[group][0].assignment == set(SOURCES)

    @precondition(lambda self: self.readers)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        group = data.draw(st.sampled_from(sorted(self.readers)))
        self.runner.run(self.readers.pop(group)[1].aclose())

    @precondition(lambda self: self.readers)
    @rule(data=st.data(), count=st.integers(1, 5), size=st.integers(0, 300))
    def read_up(self, data: st.DataObject, count: int, size: int) -> None:
        """Everything that is there, in portions, after the positions."""
        group = data.draw(st.sampled_from(sorted(self.readers)))
        reader, positions = self.readers[group][0], self.next[group]

        async def work() -> None:
            for source in set(SOURCES) - self.paused[group]:
                expected = await self.model.fetch(source, positions[source], max_records=10_000)
                expecting[source] = [_comparable(record) for record in expected]
            async with asyncio.timeout(PATIENCE):
                while any(expecting.values()):
                    batches = await reader.poll(max_records=count, max_bytes=size, wait=1.0)
                    given = [record for batch in batches for record in batch.records]
                    assert len(given) <= count
                    assert len(given) <= 1 or sum(_size(record) for record in given) <= size
                    for batch in batches:
                        for record in batch.records:
                            assert _comparable(record) == expecting[batch.source].pop(0)
                        positions[batch.source] = batch.next_offset

        expecting: dict[TopicPartition, list[Any]] = {}
        self.runner.run(work())

    @precondition(lambda self: self.readers)
    @rule(data=st.data(), outputs=records)
    def commit(self, data: st.DataObject, outputs: list[Record]) -> None:
        """Up to somewhere before what was read; the model commits through a member of its own."""
        group = data.draw(st.sampled_from(sorted(self.readers)))
        some = data.draw(st.lists(st.sampled_from(SOURCES), unique=True, max_size=3))
        ends = {source: self.next[group][source] for source in some}
        positions = {source: data.draw(st.integers(0, end)) for source, end in ends.items()}
        sent = {data.draw(st.sampled_from(list(TOPICS))): outputs} if outputs else {}

        async def work() -> None:
            async with self.model.reader(group, list(TOPICS)) as member:
                await member.poll(wait=0)
                expected = await member.append_and_commit(sent, positions)
            assert await self.readers[group][0].append_and_commit(sent, positions) == expected

        self.runner.run(work())

    @precondition(lambda self: self.readers)
    @rule(data=st.data(), what=st.sampled_from(["seek", "pause", "resume"]))
    def steer(self, data: st.DataObject, what: str) -> None:
        group = data.draw(st.sampled_from(sorted(self.readers)))
        source = data.draw(st.sampled_from(SOURCES))
        end = self.runner.run(self.model.offsets(source.topic))[source].end
        offset = data.draw(st.integers(0, end))

        async def act() -> None:
            reader = self.readers[group][0]
            if what == "seek":
                reader.seek(source, offset)
                self.next[group][source] = offset
            else:
                getattr(reader, what)([source])
                (self.paused[group].add if what == "pause" else self.paused[group].discard)(source)

        self.runner.run(act())

    @rule(
        source=st.sampled_from(SOURCES), offset=st.integers(-1, 12), count=st.integers(1, 9), size=st.integers(0, 300)
    )
    def fetch(self, source: TopicPartition, offset: int, count: int, size: int) -> None:
        self.both(lambda log: log.fetch(source, offset, max_records=count, max_bytes=size))

    @invariant()
    def all_that_can_be_seen_is_equal(self) -> None:
        async def look(log: Log) -> Any:
            return [
                await log.topics(),
                [await log.offsets(topic) for topic in [*TOPICS, "new"]],
                [await log.committed(group, topic) for group in GROUPS for topic in TOPICS],
                [await lag(log, group, topic) for group in GROUPS for topic in TOPICS],
            ]

        self.both(look)
        for group, (reader, _) in self.readers.items():
            assert {source: reader.position(source) for source in SOURCES} == self.next[group]


def _comparable(thing: Any) -> Any:
    """A record without its time, which is each log's own; lists of them; anything else as it is."""
    if isinstance(thing, StoredRecord):
        return thing.topic, thing.partition, thing.offset, thing.key, thing.value, dict(thing.headers)
    return [_comparable(one) for one in thing] if isinstance(thing, list) else thing


def _size(record: StoredRecord) -> int:
    return Record(record.key, record.value, record.headers).size


def explore(cluster: Cluster, examples: int, steps: int) -> None:
    class Machine(Beside):
        url = staticmethod(cluster.fresh_url)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_nobody_can_tell_kafka_from_the_model(kafka_cluster: Cluster) -> None:
    explore(kafka_cluster, 3, 15)


@pytest.mark.slow
def test_nobody_can_tell_the_oldest_kafka_from_the_model(oldest_kafka_cluster: Cluster) -> None:
    explore(oldest_kafka_cluster, 3, 15)


@pytest.mark.long
def test_nobody_can_tell_kafka_from_the_model_in_long_runs(kafka_cluster: Cluster) -> None:
    explore(kafka_cluster, 25, 50)
