"""How partitions move between the members of a group, the same on every engine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from service.log import Fenced, Reader, Record, TopicPartition
from service.log.embedded.engine import EmbeddedLog
from service.log.groups import REBALANCE_TIMEOUT, SESSION_TIMEOUT
from service.log.memory import MemoryLog

A0 = TopicPartition("a", 0)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "embedded"])
async def log(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[MemoryLog | EmbeddedLog]:
    engine = MemoryLog(clock=clock) if request.param == "memory" else EmbeddedLog(tmp_path, clock=clock)
    async with engine as log:
        await log.create_topics({"a": 1, "wide": 4})
        yield log


async def settle(*readers: Reader) -> None:
    """Polls until nothing moves; nothing may be there to read."""
    for _ in range(3):
        for reader in readers:
            assert await reader.poll(wait=0) == []


async def test_members_share_the_partitions_evenly_and_each_has_one_owner(log: MemoryLog) -> None:
    async with AsyncExitStack() as stack:
        readers: list[Reader] = []
        for expected in ([4], [2, 2], [2, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1, 0]):
            readers.append(await stack.enter_async_context(log.reader("g", ["wide"])))
            await settle(*readers)
            assert sorted((len(reader.assignment) for reader in readers), reverse=True) == expected
            assert sum(len(r.assignment) for r in readers) == len(frozenset().union(*(r.assignment for r in readers)))


async def test_who_leaves_hands_its_partitions_on(log: MemoryLog) -> None:
    async with log.reader("g", ["wide"]) as first:
        async with log.reader("g", ["wide"]) as second:
            await settle(first, second)
            assert len(first.assignment) == 2
            waiting = asyncio.create_task(first.poll(wait=60))
            await asyncio.sleep(0.02)
        await asyncio.wait_for(waiting, 20)
        assert len(first.assignment) == 4


async def test_groups_do_not_know_each_other(log: MemoryLog) -> None:
    async with log.reader("g", ["a"]) as one, log.reader("h", ["a"]) as other:
        await settle(one, other)
        assert one.assignment == other.assignment == {A0}


async def test_a_partition_moves_only_when_what_was_given_is_committed(log: MemoryLog) -> None:
    await log.append("wide", [Record(f"key {n}", b"") for n in range(40)])
    async with log.reader("g", ["wide"]) as first:
        await first.poll(wait=0)
        batches = await first.poll()
        assert len(batches) == 4
        async with log.reader("g", ["wide"]) as second:
            for _ in range(3):
                assert await second.poll(wait=0) == []
                assert await first.poll(wait=0) == []
            assert second.assignment == frozenset(), "the first still works on all four"
            await first.commit({batch.source: batch.next_offset for batch in batches})
            await settle(first, second)
            assert len(first.assignment) == len(second.assignment) == 2
            assert all(second.position(b.source) == b.next_offset for b in batches if b.source in second.assignment)


async def test_an_owner_that_does_not_finish_loses_the_partition_and_cannot_commit(
    log: MemoryLog, clock: Clock
) -> None:
    await log.append("a", [Record("k", b"1")])
    async with log.reader("g", ["a"], member="m1") as slow:
        await slow.poll(wait=0)
        (batch,) = await slow.poll()
        async with log.reader("g", ["a"], member="m2"), log.reader("g", ["a"], member="m0"):
            pass
        # Alone again, it keeps what it has; with a competitor it has to let go after a while.
        assert slow.assignment == {A0}
        other = log.reader("g", ["a"], member="m3")
        async with other as new:
            await new.poll(wait=0)
            clock.now += SESSION_TIMEOUT + 1
            assert await new.poll(wait=0) == []
            assert new.assignment == {A0}
            with pytest.raises(Fenced):
                await slow.append_and_commit({"out": [Record("k", b"twice")]}, {A0: batch.next_offset})
            assert await log.committed("g", "a") == {}
            assert all(kept.end == 0 for kept in (await log.offsets("out")).values())
            (again,) = await new.poll()
            await new.commit({A0: again.next_offset})
            await slow.poll(wait=0)
            assert slow.assignment == frozenset()


async def test_a_slow_owner_that_keeps_polling_is_fenced_after_the_rebalance_timeout(
    log: MemoryLog, clock: Clock
) -> None:
    await log.append("wide", [Record(f"key {n}", b"") for n in range(40)])
    async with log.reader("g", ["wide"]) as slow, log.reader("g", ["wide"]) as new:
        await slow.poll(wait=0)
        batches = await slow.poll()
        await new.poll(wait=0)
        clock.now += REBALANCE_TIMEOUT - 1
        await slow.poll(wait=0)
        await new.poll(wait=0)
        assert len(slow.assignment) == 4
        clock.now += 2
        await new.poll(wait=0)
        assert len(new.assignment) == 2
        held = {batch.source: batch.next_offset for batch in batches}
        with pytest.raises(Fenced):
            await slow.commit(held)
        assert await log.committed("g", "wide") == {}, "all or nothing"
        await slow.poll(wait=0)
        await slow.commit({source: offset for source, offset in held.items() if source in slow.assignment})
        assert len(await log.committed("g", "wide")) == 2


async def test_a_lone_member_is_never_taken_for_dead(log: MemoryLog, clock: Clock) -> None:
    await log.append("a", [Record("k", b"1")])
    async with log.reader("g", ["a"]) as reader:
        await reader.poll(wait=0)
        (batch,) = await reader.poll()
        clock.now += 100 * SESSION_TIMEOUT
        await reader.commit({A0: batch.next_offset})
        assert await log.committed("g", "a") == {A0: 1}


async def test_every_record_is_done_once_while_members_come_and_go(log: MemoryLog) -> None:
    done: list[tuple[TopicPartition, int]] = []
    sent = 200

    async def work(rounds: int) -> None:
        async with log.reader("g", ["wide"]) as reader:
            for _ in range(rounds):
                for batch in await reader.poll(max_records=7, wait=0.01):
                    await reader.commit({batch.source: batch.next_offset})
                    done.extend((batch.source, record.offset) for record in batch.records)

    async def send() -> None:
        for n in range(sent):
            await log.append("wide", [Record(f"key {n}", b"")])

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(send())
        for rounds in (5, 20, 11, 40):
            group.create_task(work(rounds))
    async with asyncio.timeout(60):
        while len(done) < sent:
            await work(20)
    assert len(done) == len(set(done)) == sent, "a clean move repeats nothing"
