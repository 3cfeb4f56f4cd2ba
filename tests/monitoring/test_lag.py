"""How far a stage is behind, on every engine: nothing on a quiet topic, else as old as the oldest that is not done."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service import metrics
from service.errors import Transient
from service.log import Log, Record, TopicPartition, open_log
from service.log.memory import MemoryLog
from service.stage.lag import LagMeter
from tests.monitoring.sampled import value

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
GROUP, TOPIC = "reading", "wide"


@pytest.fixture(params=["memory:", "embedded:", "kafka_url"])
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Log]:
    url = request.param if request.param.endswith(":") else request.getfixturevalue(request.param)
    async with open_log(url, tmp_path) as log:
        await log.create_topics({TOPIC: 2})
        yield log


def meter(log: Log) -> LagMeter:
    return LagMeter(log, GROUP, TOPIC, lambda: NOW)


async def put(log: Log, *minutes_ago: int) -> TopicPartition:
    """Records of one key, as old as that."""
    records = [Record("key", b"x", timestamp=NOW - timedelta(minutes=age)) for age in minutes_ago]
    places = await log.append(TOPIC, records)
    return TopicPartition(TOPIC, places[0].partition)


async def commit(log: Log, positions: dict[TopicPartition, int]) -> None:
    async with log.reader(GROUP, [TOPIC]) as reader:
        while not reader.assignment >= positions.keys():
            await reader.poll(wait=0.1)
        await reader.commit(positions)


async def test_an_empty_topic_has_no_lag(log: Log) -> None:
    assert await meter(log).measure() == (0, 0.0)


async def test_it_is_as_old_as_the_oldest_that_is_not_done(log: Log) -> None:
    source = await put(log, 30, 20, 10)
    assert await meter(log).measure() == (3, 1800.0)
    await commit(log, {source: 2})
    assert await meter(log).measure() == (1, 600.0)
    assert value(metrics.stage_lag_records, stage=GROUP) == 1
    assert value(metrics.stage_lag_seconds, stage=GROUP) == 600.0


async def test_a_topic_that_has_been_quiet_for_long_has_no_lag(log: Log) -> None:
    source = await put(log, 3000)
    await commit(log, {source: 1})
    assert await meter(log).measure() == (0, 0.0)


async def test_the_oldest_counts_over_all_partitions(log: Log) -> None:
    keys = {(await log.append(TOPIC, [Record(str(n), b"x", timestamp=NOW)]))[0].partition: str(n) for n in range(16)}
    assert len(keys) == 2
    old = Record(keys[1], b"x", timestamp=NOW - timedelta(hours=1))
    ends = await log.offsets(TOPIC)
    await commit(log, {source: kept.end for source, kept in ends.items()})
    await log.append(TOPIC, [Record(keys[0], b"x", timestamp=NOW), old])
    assert await meter(log).measure() == (2, 3600.0)


async def test_a_clock_that_is_behind_makes_no_negative_lag(log: Log) -> None:
    await put(log, -5)
    assert await meter(log).measure() == (1, 0.0)


async def test_a_record_that_waits_is_looked_up_once(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    await put(log, 30)
    looked: list[int] = []
    fetch = log.fetch

    async def counted(source: TopicPartition, offset: int, *, max_records: int) -> object:
        looked.append(offset)
        return await fetch(source, offset, max_records=max_records)

    monkeypatch.setattr(log, "fetch", counted)
    one = meter(log)
    for _ in range(3):
        assert await one.measure() == (1, 1800.0)
    assert looked == [0]


async def test_measuring_goes_on_after_trouble_with_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    async with MemoryLog() as log:
        await log.create_topics({TOPIC: 1})
        await log.append(TOPIC, [Record("key", b"x")])
        troubles: list[Exception] = [Transient("gone"), ValueError("a mistake of ours")]
        offsets = log.offsets

        async def troubled(topic: str) -> object:
            if troubles:
                raise troubles.pop(0)
            return await offsets(topic)

        monkeypatch.setattr(log, "offsets", troubled)
        metrics.stage_lag_records.labels("troubled").set(0)
        measuring = asyncio.create_task(LagMeter(log, "troubled", TOPIC).run(0.0))
        try:
            async with asyncio.timeout(60):
                while value(metrics.stage_lag_records, stage="troubled") != 1:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        finally:
            measuring.cancel()
        assert not troubles
