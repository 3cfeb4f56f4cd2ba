"""The embedded engine against the memory engine: whatever is done to both, nobody can tell them apart."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from service.errors import WirewatchError
from service.log import Record, Retention, TopicPartition, lag
from service.log.embedded.engine import EmbeddedLog
from service.log.groups import REBALANCE_TIMEOUT, SESSION_TIMEOUT
from service.log.memory import MemoryLog

TOPICS = {"a": 1, "b": 2, "c": 3}
SOURCES = [TopicPartition(topic, number) for topic, count in TOPICS.items() for number in range(count)]
GROUPS = ["g", "h"]
KEEP = Retention(age=100.0, size=400, hard_size=900, dead_age=100.0)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
records = st.lists(
    st.builds(
        Record,
        key=st.sampled_from(["", "k", "ключ", "x" * 20]),
        value=st.binary(max_size=60),
        headers=st.dictionaries(st.sampled_from(["h", "ü"]), text),
        timestamp=st.none() | st.just(datetime(2026, 1, 1, 1, 1, 1, 1999, UTC)),
    ),
    max_size=6,
)
sizes = st.integers(0, 300)
readers = st.tuples(st.sampled_from(GROUPS), st.sampled_from(["m1", "m2"]))
Log = MemoryLog | EmbeddedLog


class Engines(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.time = 1000.0
        self.today = datetime(2026, 11, 23, tzinfo=UTC)
        self.folder = Path(tempfile.mkdtemp(prefix="wirewatch-log-"))
        self.runner = asyncio.Runner()
        self.model = MemoryLog(partitions=2, retention=KEEP, now=lambda: self.today, clock=lambda: self.time)
        self.opened = AsyncExitStack()
        self.members: dict[tuple[str, str], tuple[Any, Any, AsyncExitStack]] = {}
        self.runner.run(self._open())

    async def _open(self) -> None:
        self.real = EmbeddedLog(
            self.folder, partitions=2, retention=KEEP, now=lambda: self.today, clock=lambda: self.time
        )
        await self.opened.enter_async_context(self.real)
        for log in (self.model, self.real):
            await log.create_topics(TOPICS)

    async def _close(self) -> None:
        for _, _, stack in self.members.values():
            await stack.aclose()
        self.members.clear()
        await self.opened.aclose()

    def teardown(self) -> None:
        self.runner.run(self._close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def same(self, model: Callable[[], Awaitable[Any]], real: Callable[[], Awaitable[Any]]) -> Any:
        """Run both; they must return or raise the same."""

        async def outcome(work: Callable[[], Awaitable[Any]]) -> Any:
            try:
                return await work()
            except WirewatchError as error:
                return type(error).__name__, str(error)

        expected, found = self.runner.run(outcome(model)), self.runner.run(outcome(real))
        assert found == expected
        return found

    def both(self, work: Callable[[Log], Awaitable[Any]]) -> Any:
        return self.same(lambda: work(self.model), lambda: work(self.real))

    def on_reader(self, who: tuple[str, str], work: Callable[[Any], Awaitable[Any]]) -> Any:
        model, real, _ = self.members[who]
        result = self.same(lambda: work(model), lambda: work(real))
        assert real.assignment == model.assignment
        assert [real.position(s) for s in sorted(real.assignment)] == [
            model.position(s) for s in sorted(model.assignment)
        ]
        return result

    @rule(topic=st.sampled_from([*TOPICS, "new", "bad name"]), records=records)
    def append(self, topic: str, records: list[Record]) -> None:
        self.both(lambda log: log.append(topic, records))

    @rule(who=readers, topics=st.lists(st.sampled_from(list(TOPICS)), min_size=1, max_size=2, unique=True))
    def join(self, who: tuple[str, str], topics: list[str]) -> None:
        if who in self.members:
            return
        stack = AsyncExitStack()

        async def enter() -> tuple[Any, Any]:
            group, member = who
            made = [await stack.enter_async_context(log.reader(group, topics, member=member)) for log in self.logs]
            return made[0], made[1]

        self.members[who] = (*self.runner.run(enter()), stack)

    @property
    def logs(self) -> tuple[Log, Log]:
        return self.model, self.real

    @precondition(lambda self: self.members)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.members)))
        self.runner.run(self.members.pop(who)[2].aclose())

    @precondition(lambda self: self.members)
    @rule(data=st.data(), count=st.integers(1, 5), size=sizes, times=st.integers(1, 3))
    def poll(self, data: st.DataObject, count: int, size: int, times: int) -> None:
        who = data.draw(st.sampled_from(sorted(self.members)))
        for _ in range(times):
            self.on_reader(who, lambda reader: reader.poll(max_records=count, max_bytes=size, wait=0))

    @precondition(lambda self: self.members)
    @rule(data=st.data(), records=records)
    def commit(self, data: st.DataObject, records: list[Record]) -> None:
        who = data.draw(st.sampled_from(sorted(self.members)))
        held = sorted(self.members[who][0].assignment) or SOURCES
        some = data.draw(st.lists(st.sampled_from([*held, SOURCES[0]]), unique=True, max_size=3))
        positions = {source: data.draw(st.integers(0, 10)) for source in some}
        outputs = {data.draw(st.sampled_from(list(TOPICS))): records} if records else {}
        self.on_reader(who, lambda reader: reader.append_and_commit(outputs, positions))

    @precondition(lambda self: self.members)
    @rule(data=st.data(), offset=st.integers(0, 8), what=st.sampled_from(["seek", "pause", "resume"]))
    def steer(self, data: st.DataObject, offset: int, what: str) -> None:
        who = data.draw(st.sampled_from(sorted(self.members)))
        source = data.draw(st.sampled_from(sorted(self.members[who][0].assignment) or SOURCES))

        async def act(reader: Any) -> None:
            if what == "seek":
                reader.seek(source, offset)
            else:
                getattr(reader, what)([source])

        self.on_reader(who, act)

    @rule(source=st.sampled_from(SOURCES), offset=st.integers(-1, 12), count=st.integers(1, 9), size=sizes)
    def fetch(self, source: TopicPartition, offset: int, count: int, size: int) -> None:
        self.both(lambda log: log.fetch(source, offset, max_records=count, max_bytes=size))

    @rule(seconds=st.sampled_from([1.0, 60.0, REBALANCE_TIMEOUT, SESSION_TIMEOUT]))
    def time_passes(self, seconds: float) -> None:
        self.time += seconds
        self.today += timedelta(seconds=seconds)

    @rule()
    def sweep(self) -> None:
        self.both(lambda log: log.sweep())

    @rule()
    def restart(self) -> None:
        """The embedded log is closed and opened again; the model only loses its readers."""

        async def again() -> None:
            await self._close()
            await self._open()

        self.runner.run(again())

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


def explore(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Engines,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_nobody_can_tell_the_engines_apart() -> None:
    explore(12, 30)


@pytest.mark.slow
def test_nobody_can_tell_the_engines_apart_in_long_runs() -> None:
    explore(60, 80)
