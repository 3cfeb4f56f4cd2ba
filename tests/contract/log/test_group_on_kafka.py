"""How partitions move between members when brokers deal them out: the promises of the group contract, in real time;
what goes over the group protocol also on the oldest Kafka.
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from service.log import Fenced, Log, Reader, Record, TopicPartition, open_log
from service.log.kafka.standing import NameTaken
from service.settings import LogSettings
from tests.contract.log.reading import PATIENCE, batches, joined, values

SESSION = 3.0
BOTH = pytest.mark.parametrize("url", ["kafka_url", "oldest_kafka_url"], indirect=True)
A0 = TopicPartition("a", 0)


def opened(url: str, folder: Path, **more: object) -> AbstractAsyncContextManager[Log]:
    return open_log(url, folder, settings=LogSettings.model_validate({"session_timeout": SESSION, **more}))


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(getattr(request, "param", "kafka_url")))


@pytest.fixture
async def log(url: str, tmp_path: Path) -> AsyncIterator[Log]:
    async with opened(url, tmp_path) as log:
        await log.create_topics({"a": 1, "wide": 4})
        yield log


def rebalances(group: str) -> float:
    return REGISTRY.get_sample_value("wirewatch_rebalances_total", {"group": group}) or 0.0


async def until(condition: Callable[[], bool], *readers: Reader) -> None:
    """Poll all of them until it holds; nothing may be there to read."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            for found in await asyncio.gather(*(reader.poll(wait=0.2) for reader in readers)):
                assert found == []


def shares(*readers: Reader) -> list[int]:
    return sorted(len(reader.assignment) for reader in readers)


@BOTH
async def test_members_share_the_partitions_evenly_and_each_has_one_owner(log: Log) -> None:
    async with AsyncExitStack() as stack:
        readers: list[Reader] = []
        for expected in ([4], [2, 2], [1, 1, 2], [1, 1, 1, 1], [0, 1, 1, 1, 1]):
            readers.append(await stack.enter_async_context(log.reader("g", ["wide"])))
            await until(lambda: shares(*readers) == expected, *readers)  # noqa: B023
            assert len(frozenset().union(*(r.assignment for r in readers))) == 4


@BOTH
async def test_who_leaves_hands_its_partitions_on(log: Log) -> None:
    async with log.reader("g", ["wide"]) as first:
        async with log.reader("g", ["wide"]) as second:
            await until(lambda: shares(first, second) == [2, 2], first, second)
        await until(lambda: shares(first) == [4], first)


async def test_what_stays_with_a_member_goes_on_in_work_over_a_rebalance(log: Log) -> None:
    await log.append("wide", [Record(f"key {n}", str(n).encode()) for n in range(40)])
    async with log.reader("g", ["wide"]) as first:
        given = {}
        while len(given) < 4:
            given |= {batch.source: batch.next_offset for batch in await batches(first)}
        async with log.reader("g", ["wide"]) as second:
            # The first has finished nothing; after a while two partitions go all the same.
            async with asyncio.timeout(PATIENCE):
                while shares(first, second) != [2, 2]:
                    again, begun = await asyncio.gather(first.poll(wait=0.2), second.poll(wait=0.2, max_records=1))
                    assert again == [], "what it still has is in work and is not given twice"
                    assert all(batch.source not in first.assignment for batch in begun)
            assert await first.poll(wait=1.0) == []
            for source, offset in given.items():
                if source in first.assignment:
                    await first.commit({source: offset})
                else:
                    with pytest.raises(Fenced):
                        await first.commit({source: offset})
            committed = await log.committed("g", "wide")
            assert committed == {source: given[source] for source in first.assignment}


async def test_a_partition_that_is_finished_in_time_moves_without_being_read_twice(url: str, tmp_path: Path) -> None:
    async with opened(url, tmp_path, session_timeout=60.0) as log:
        await log.create_topics({"wide": 4})
        await log.append("wide", [Record(f"key {n}", str(n).encode()) for n in range(40)])
        async with log.reader("g", ["wide"]) as first:
            given: dict[TopicPartition, int] = {}
            while sum(given.values()) < 40:
                given |= {batch.source: batch.next_offset for batch in await batches(first)}
            async with log.reader("g", ["wide"]) as second:
                membership: Any = first._standing._membership  # type: ignore[attr-defined]
                async with asyncio.timeout(PATIENCE):
                    while membership.phase != "finishing":
                        await asyncio.gather(first.poll(wait=0.05), second.poll(wait=0.05))
                assert second.assignment == frozenset(), "the first still works on all of them"
                await first.commit(given)
                await until(lambda: shares(first, second) == [2, 2], first, second)
                assert await second.poll(wait=1.0) == []
            assert await log.committed("g", "wide") == given


@BOTH
async def test_a_member_that_is_blocked_beyond_its_session_loses_its_partition_and_cannot_commit(
    log: Log, url: str, tmp_path: Path
) -> None:
    """The other member lives in another thread: nothing of the first one's loop runs meanwhile, as when it hangs."""
    await log.append("a", [Record("k", str(n).encode()) for n in range(5)])
    taken = threading.Event()

    async def other() -> None:
        async with opened(url, tmp_path) as own, own.reader("g", ["a"], member="other") as reader:
            assert await values(reader, 5) == ["0", "1", "2", "3", "4"]
            await reader.commit({A0: 5})
        taken.set()

    async with log.reader("g", ["a"], member="first") as slow:
        (batch,) = await batches(slow, max_records=2)
        thread = threading.Thread(target=lambda: asyncio.run(other()))
        thread.start()
        await asyncio.to_thread(time.sleep, 0)
        assert taken.wait(PATIENCE)  # blocks the loop
        thread.join()
        # The group is empty now: brokers would take a commit from anybody who does not say who it is.
        with pytest.raises(Fenced):
            await slow.commit({A0: batch.next_offset})
        assert await log.committed("g", "a") == {A0: 5}
        await joined(slow)
        assert slow.position(A0) == 5


async def test_long_work_keeps_its_place_while_it_is_polled_with_all_paused(log: Log) -> None:
    await log.append("a", [Record("k", b"1"), Record("k", b"2")])
    async with log.reader("long", ["a"]) as reader:
        (batch,) = await batches(reader, max_records=1)
        reader.pause([A0])
        before, end = rebalances("long"), time.monotonic() + 3 * SESSION
        while time.monotonic() < end:
            assert await reader.poll(wait=0.5) == []
        await reader.commit({A0: batch.next_offset})
        assert rebalances("long") == before
        reader.resume([A0])
        assert await values(reader, 1) == ["2"]


@BOTH
async def test_a_restart_under_the_same_name_moves_no_partition(log: Log, url: str, tmp_path: Path) -> None:
    # Each in its own log, as processes are. Longer than a restart takes on a busy machine.
    session = {"session_timeout": 30.0}
    async with opened(url, tmp_path, instance="one", **session) as own, own.reader("g", ["wide"]) as one:
        async with opened(url, tmp_path, instance="two", **session) as other, other.reader("g", ["wide"]) as two:
            await until(lambda: shares(one, two) == [2, 2], one, two)
            mine, before = two.assignment, rebalances("g")
        async with opened(url, tmp_path, instance="two", **session) as new, new.reader("g", ["wide"]) as again:
            await until(lambda: len(again.assignment) == 2, one, again)
            assert again.assignment == mine
            assert rebalances("g") == before
            assert len(one.assignment) == 2


async def test_two_processes_of_one_name_are_told_apart_and_the_first_one_ends(
    log: Log, url: str, tmp_path: Path
) -> None:
    async with opened(url, tmp_path, instance="twin") as own, own.reader("g", ["wide"]) as first:
        await joined(first)
        async with opened(url, tmp_path, instance="twin") as other, other.reader("g", ["wide"]) as second:
            await joined(second)

            async def go_on() -> None:
                async with asyncio.timeout(PATIENCE):
                    while True:
                        await first.poll(wait=0.2)

            with pytest.raises(NameTaken, match=r'log\.instance = "twin": another process'):
                await go_on()
            assert await second.poll(wait=2 * SESSION) == []
            assert len(second.assignment) == 4, "and the second one is left alone"


@BOTH
async def test_every_record_is_done_while_members_come_and_go(log: Log) -> None:
    sent, done = 120, Counter[tuple[TopicPartition, int]]()

    async def work(rounds: int) -> None:
        async with log.reader("g", ["wide"]) as reader:
            for _ in range(rounds):
                for batch in await reader.poll(max_records=7, wait=0.2):
                    try:
                        await reader.commit({batch.source: batch.next_offset})
                    except Fenced:
                        continue
                    done.update((batch.source, record.offset) for record in batch.records)

    async def send() -> None:
        for n in range(sent):
            await log.append("wide", [Record(f"key {n}", b"")])

    async with asyncio.timeout(2 * PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(send())
        for rounds in (5, 20, 11, 40):
            group.create_task(work(rounds))
    async with asyncio.timeout(PATIENCE):
        while len(done) < sent:
            await work(20)
    assert sum(done.values()) == sent, "a clean move repeats nothing"
