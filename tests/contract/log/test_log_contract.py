"""What every log engine promises (service/log/protocol.py), checked on each of them, on the oldest Kafka too."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.errors import ConfigError, Invalid
from service.log import (
    Fenced,
    Log,
    LogClosed,
    OffsetOutOfRange,
    OffsetRange,
    Position,
    Record,
    TopicPartition,
    lag,
    open_log,
    partition_of,
)
from tests.contract.log.reading import PATIENCE, batches, joined, values

Open = Callable[[], AbstractAsyncContextManager[Log]]
A0 = TopicPartition("a", 0)


@pytest.fixture(params=["memory:", "embedded:", "kafka_url", "oldest_kafka_url"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    url = request.param if request.param.endswith(":") else request.getfixturevalue(request.param)
    return lambda: open_log(url, tmp_path)


@pytest.fixture
async def log(opened: Open) -> AsyncIterator[Log]:
    async with opened() as log:
        await log.create_topics({"a": 1, "wide": 4})
        yield log


def records(*values: str, key: str = "k") -> list[Record]:
    return [Record(key, value.encode()) for value in values]


async def test_a_record_comes_back_as_it_was_given(log: Log) -> None:
    at = datetime(2026, 11, 23, 12, 30, 0, 123456, UTC)
    headers = {"traceparent": "00-…", "Сообщение": "тест"}
    await log.append("a", [Record("ключ", b"\x00\xff", headers, at)])
    (stored,) = await log.fetch(A0, 0)
    assert (stored.topic, stored.partition, stored.offset) == ("a", 0, 0)
    assert (stored.key, stored.value, dict(stored.headers)) == ("ключ", b"\x00\xff", headers)
    assert stored.timestamp == datetime(2026, 11, 23, 12, 30, 0, 123000, UTC)


async def test_a_record_without_a_time_gets_the_time_of_its_append(log: Log) -> None:
    before = datetime.now(UTC)
    await log.append("a", records("x"))
    (stored,) = await log.fetch(A0, 0)
    assert abs((stored.timestamp - before).total_seconds()) < 60


async def test_offsets_have_no_gaps_and_positions_say_where_records_went(log: Log) -> None:
    places = await log.append("wide", [Record(f"key {n}", b"") for n in range(50)])
    places += await log.append("wide", [Record(f"key {n}", b"") for n in range(50)])
    assert [place.partition for place in places] == [partition_of(f"key {n}", 4) for n in range(50)] * 2
    for partition in range(4):
        offsets = [place.offset for place in places if place.partition == partition]
        assert offsets == list(range(len(offsets)))
        assert (await log.offsets("wide"))[TopicPartition("wide", partition)] == OffsetRange(0, len(offsets))


async def test_a_topic_comes_into_being_when_it_is_named_and_keeps_its_partitions(log: Log) -> None:
    await log.append("new", records("x"))
    await log.create_topics({"wide": 9, "fresh": 2})
    assert await log.topics() == {"a": 1, "fresh": 2, "new": 4, "wide": 4}


async def test_an_unknown_topic_has_nothing(log: Log) -> None:
    assert await log.offsets("nobody") == {}
    assert await log.fetch(TopicPartition("nobody", 0), 0) == []
    assert await log.committed("g", "nobody") == {}
    assert "nobody" not in await log.topics()


async def test_a_group_reads_on_from_what_it_committed(log: Log) -> None:
    await log.append("a", records("1", "2", "3"))
    async with log.reader("g", ["a"]) as reader:
        assert await values(reader, 3) == ["1", "2", "3"]
        await reader.commit({A0: 2})
    async with log.reader("g", ["a"]) as reader:
        assert await values(reader, 1) == ["3"]
    async with log.reader("other", ["a"]) as reader:
        assert await values(reader, 3) == ["1", "2", "3"]


async def test_only_a_commit_moves_a_group(log: Log) -> None:
    await log.append("a", records("1"))
    for _ in range(2):
        async with log.reader("g", ["a"]) as reader:
            assert await values(reader, 1) == ["1"]
    assert await log.committed("g", "a") == {}
    assert await lag(log, "g", "a") == {A0: 1}


async def test_lag_is_what_is_left_to_do(log: Log) -> None:
    await log.append("a", records("1", "2", "3"))
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        await reader.commit({A0: 1})
        assert await lag(log, "g", "a") == {A0: 2}
        await reader.commit({A0: 3})
        assert await lag(log, "g", "a") == {A0: 0}


async def test_a_poll_keeps_to_its_limits_but_gives_at_least_one(log: Log) -> None:
    await log.append("a", [Record("k", b"x" * 1000) for _ in range(10)])
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        assert len((await batches(reader, max_records=3))[0].records) == 3
        assert len((await batches(reader, max_bytes=2500))[0].records) == 2
        assert len((await batches(reader, max_bytes=10))[0].records) == 1
        assert len((await batches(reader))[0].records) == 4
        assert await reader.poll(wait=0) == []


async def test_byte_limits_hold_over_several_partitions(log: Log) -> None:
    await log.append("wide", [Record(f"key {n:03}", b"x" * 593) for n in range(40)])
    async with log.reader("g", ["wide"]) as reader:
        await joined(reader)
        seen = 0
        while seen < 40:
            found = await batches(reader, max_bytes=10_000)
            assert len(found) == len({batch.source for batch in found})
            given = sum(len(batch.records) for batch in found)
            assert given <= 16, "of 600 bytes each"
            seen += given
        assert seen == 40


async def test_a_waiting_poll_is_woken_by_an_append(log: Log) -> None:
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        waiting = asyncio.create_task(reader.poll(wait=60))
        await asyncio.sleep(0.02)
        await log.append("a", records("now"))
        (batch,) = await asyncio.wait_for(waiting, 20)
        assert batch.records[0].value == b"now"


async def test_a_paused_partition_gives_nothing_until_it_is_resumed(log: Log) -> None:
    await log.append("a", records("1"))
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        reader.pause([A0])
        assert await reader.poll(wait=0.01) == []
        assert reader.assignment == {A0}
        waiting = asyncio.create_task(reader.poll(wait=60))
        await asyncio.sleep(0.02)
        reader.resume([A0])
        assert len(await asyncio.wait_for(waiting, 20)) == 1


async def test_seek_reads_again_and_ahead(log: Log) -> None:
    await log.append("a", records("0", "1", "2", "3"))
    async with log.reader("g", ["a"]) as reader:
        assert await values(reader, 4) == ["0", "1", "2", "3"]
        reader.seek(A0, 1)
        assert reader.position(A0) == 1
        assert await values(reader, 3) == ["1", "2", "3"]
        reader.seek(A0, 3)
        assert await values(reader, 1) == ["3"]
        assert reader.position(A0) == 4


async def test_a_position_outside_of_what_is_kept_is_an_error_and_not_a_jump(log: Log) -> None:
    await log.append("a", records("0"))
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        reader.seek(A0, 5)
        for _ in range(2):
            with pytest.raises(OffsetOutOfRange) as caught:
                await reader.poll(wait=PATIENCE)
            assert (caught.value.source, caught.value.position) == (A0, 5)
            assert caught.value.kept == OffsetRange(0, 1)
        reader.seek(A0, 0)
        assert await values(reader, 1) == ["0"]


async def test_outputs_and_positions_move_together(log: Log) -> None:
    await log.append("a", records("in"))
    async with log.reader("g", ["a"]) as reader:
        await values(reader, 1)
        places = await reader.append_and_commit({"out": records("1", "2"), "wide": records("3")}, {A0: 1})
        assert [(place.topic, place.offset) for place in places] == [("out", 0), ("out", 1), ("wide", 0)]
        assert await log.committed("g", "a") == {A0: 1}


async def test_what_is_too_large_or_not_text_is_refused_whole(log: Log) -> None:
    bad = [
        [*records("good"), Record("k", b"x" * (16 * 1024 * 1024))],
        [*records("good"), Record("\ud800", b"")],
        [*records("good"), Record("k", b"", {"h": "\udfff"})],
        [*records("good"), Record("k", b"", timestamp=datetime(2026, 1, 1))],  # noqa: DTZ001
        records("x") * 10_001,
    ]
    for batch in bad:
        with pytest.raises(Invalid, match="a"):
            await log.append("a", batch)
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        with pytest.raises(Invalid):
            await reader.append_and_commit({"a": bad[0]}, {A0: 0})
        with pytest.raises(Invalid):
            await reader.commit({A0: -1})
    assert await log.offsets("a") == {A0: OffsetRange(0, 0)}
    assert await log.committed("g", "a") == {}


@pytest.mark.parametrize("name", ["", "a b", "ä", "a/b", "x" * 250])
async def test_names_that_kafka_could_not_take_are_refused(log: Log, name: str) -> None:
    with pytest.raises(Invalid):
        await log.append(name, records("x"))
    with pytest.raises(Invalid):
        async with log.reader(name, ["a"]):
            pass


async def test_a_closed_log_says_so(opened: Open) -> None:
    async with AsyncExitStack() as stack:
        async with opened() as log:
            reader = await stack.enter_async_context(log.reader("g", ["a"]))
            await joined(reader)
            waiting = asyncio.create_task(reader.poll(wait=60))
            await asyncio.sleep(0.02)
        with pytest.raises(LogClosed):
            await asyncio.wait_for(waiting, 20)
        with pytest.raises(LogClosed):
            await log.append("a", records("x"))
        with pytest.raises(LogClosed):
            await log.fetch(A0, 0)
        with pytest.raises(LogClosed):
            await reader.commit(dict.fromkeys(reader.assignment, 0))


async def test_appends_of_one_key_keep_their_order_under_concurrency(log: Log) -> None:
    places = await asyncio.gather(*(log.append("wide", records(str(n), str(n) + "b")) for n in range(100)))
    flat = [place for pair in places for place in pair]
    assert flat == sorted(flat), "calls made one after the other land in this order, and pairs stay together"
    stored = await log.fetch(TopicPartition("wide", flat[0].partition), 0)
    assert [s.value.decode() for s in stored] == [f"{n}{tail}" for n in range(100) for tail in ("", "b")]
    assert Position("wide", flat[0].partition, 199) == flat[-1]


async def test_a_cancelled_append_disturbs_nobody(log: Log) -> None:
    tasks = [asyncio.create_task(log.append("a", records(str(n)))) for n in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    acknowledged = {place.offset for result in done if isinstance(result, list) for place in result}
    stored = await log.fetch(A0, 0)
    assert acknowledged <= {record.offset for record in stored}
    assert [record.offset for record in stored] == list(range(len(stored)))


async def test_a_cancelled_poll_takes_nothing_with_it(log: Log) -> None:
    sent = [str(n) for n in range(60)]

    async def send() -> None:
        for value in sent:
            await asyncio.sleep(0.003)
            await log.append("a", records(value))

    async with log.reader("g", ["a"]) as reader, asyncio.timeout(PATIENCE):
        await joined(reader)
        sending = asyncio.create_task(send())
        seen: list[str] = []
        tries = cancelled = 0
        while len(seen) < len(sent):
            tries += 1
            poll = asyncio.create_task(reader.poll(max_records=3))
            await asyncio.wait([poll], timeout=0.002 * (tries % 7))
            poll.cancel()
            (found,) = await asyncio.gather(poll, return_exceptions=True)
            if isinstance(found, asyncio.CancelledError):
                cancelled += 1
                continue
            assert isinstance(found, list)
            seen += [record.value.decode() for batch in found for record in batch.records]
        await sending
    assert cancelled
    assert seen == sent


async def test_a_stranger_may_not_commit_or_seek(log: Log) -> None:
    async with log.reader("g", ["a"]) as reader:
        for attempt in (lambda: reader.seek(A0, 0), lambda: reader.position(A0), lambda: reader.pause([A0])):
            with pytest.raises(Fenced):
                attempt()
        with pytest.raises(Fenced):
            await reader.commit({A0: 0})


@pytest.mark.parametrize("url", ["kafka://localhost", "kafka:", "redis:", "", "embedded"])
def test_an_engine_that_is_not_there_is_a_configuration_error(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"log\.url"):
        open_log(url, tmp_path)
