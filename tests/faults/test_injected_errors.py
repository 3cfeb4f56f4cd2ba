"""Brokers that answer errors at random: what was acknowledged is there, where it was said to be and in order; a reader
whose commits are refused is given everything, and never stands beyond what it has done."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.errors import Invalid
from service.log import Fenced, Log, LogUnavailable, Position, Record, TopicPartition, open_log
from service.settings import LogSettings
from tests.parts.missing import needed
from tests.parts.mock_cluster import Api, Error, MockCluster, mock_cluster

pytestmark = pytest.mark.timeout(300)
REFUSALS = (
    Error.MESSAGE_TOO_LARGE,
    Error.NOT_ENOUGH_REPLICAS,
    Error.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    Error.REQUEST_TIMED_OUT,
    Error.NOT_LEADER,
    Error.INVALID_RECORD,
    Error.OUT_OF_ORDER_SEQUENCE,
    Error.TRANSPORT,
)
COMMIT_REFUSALS = (
    Error.NOT_COORDINATOR,
    Error.COORDINATOR_LOADING,
    Error.COORDINATOR_NOT_AVAILABLE,
    Error.ILLEGAL_GENERATION,
    Error.UNKNOWN_MEMBER,
    Error.REBALANCE_IN_PROGRESS,
    Error.TRANSPORT,
)
KEYS, RECORDS = 6, 10
SETTINGS = LogSettings(request_timeout=5, session_timeout=3)
A0 = TopicPartition("a", 0)


@pytest.fixture
def mock() -> Iterator[MockCluster]:
    with needed(), mock_cluster() as cluster:
        cluster.create_topic("a", 1)
        yield cluster


async def appended(log: Log, record: Record) -> Position:
    """Again and again, as a stage does."""
    while True:
        try:
            (place,) = await log.append("a", [record])
            return place
        except (LogUnavailable, Invalid):
            await asyncio.sleep(0.05)


async def test_what_is_acknowledged_is_there_and_in_order(mock: MockCluster, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    told: dict[bytes, Position] = {}

    async def write(log: Log, key: str) -> None:
        for number in range(RECORDS):
            if chance.random() < 0.4:
                mock.fail(Api.PRODUCE, chance.choice(REFUSALS))
            value = f"{key} {number}".encode()
            told[value] = await appended(log, Record(key, value))

    async with open_log(mock.url(), tmp_path, settings=SETTINGS) as log:
        await asyncio.gather(*(write(log, f"k{number}") for number in range(KEYS)))
        stored = {record.offset: record for record in await log.fetch(A0, 0, max_records=10_000)}
    assert len(told) == KEYS * RECORDS
    for value, place in told.items():
        assert stored[place.offset].value == value, f"seed {seed}"
    for number in range(KEYS):
        values = [record.value for record in stored.values() if record.key == f"k{number}"]
        firsts = list(dict.fromkeys(values))
        assert firsts == [f"k{number} {count}".encode() for count in range(RECORDS)], f"seed {seed}"


async def test_an_answer_that_comes_too_late_is_an_error_and_the_record_is_written_again(
    mock: MockCluster, tmp_path: Path
) -> None:
    async with open_log(mock.url(), tmp_path, settings=SETTINGS) as log:
        await appended(log, Record("k", b"before"))
        mock.answer_late(1, Api.PRODUCE, *[(Error.NONE, 2.0 * SETTINGS.request_timeout)] * 10)
        with pytest.raises(LogUnavailable):
            await log.append("a", [Record("k", b"late")])
        mock.forgive(Api.PRODUCE)
        place = await appended(log, Record("k", b"late"))
        await appended(log, Record("k", b"after"))
        values = [record.value for record in await log.fetch(A0, 0)]
    assert values[place.offset] == b"late"
    assert list(dict.fromkeys(values)) == [b"before", b"late", b"after"]


async def test_a_reader_whose_commits_are_refused_is_given_everything_in_order(
    mock: MockCluster, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    done: list[int] = []
    async with open_log(mock.url(), tmp_path, settings=SETTINGS) as log:
        for number in range(40):
            await log.append("a", [Record("k", b"%d" % number)])
        refusals = list(COMMIT_REFUSALS)
        chance.shuffle(refusals)
        async with asyncio.timeout(240), log.reader("g", ["a"]) as reader:
            while not done or done[-1] < 39:
                try:
                    for batch in await reader.poll(max_records=2):
                        done += [int(record.value) for record in batch.records]
                        if refusals:
                            mock.fail(Api.OFFSET_COMMIT, refusals.pop())
                        await reader.commit({batch.source: batch.next_offset})
                except (Fenced, LogUnavailable):
                    # What is not committed is given again, from where the group stands.
                    for source in reader.assignment:
                        committed = (await log.committed("g", "a")).get(source, 0)
                        assert committed <= done[-1] + 1, f"seed {seed}"
                        reader.seek(source, committed)
            mock.forgive(Api.OFFSET_COMMIT)
            await reader.commit({A0: 40})
        assert list(dict.fromkeys(done)) == list(range(40)), f"seed {seed}"
        assert await log.committed("g", "a") == {A0: 40}
