"""Appending to brokers that refuse, hang or go away: everything is noticed, nothing waits without limit."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from service.errors import Invalid
from service.log import Log, LogClosed, LogUnavailable, Record, TopicPartition, open_log
from service.log.kafka import topic_admin
from service.log.kafka.engine import KafkaLog
from service.log.kafka.producer import MAX_REQUEST_BYTES
from service.settings import LogSettings
from tests.contract.log.reading import PATIENCE
from tests.parts.kafka import Cluster, kafka
from tests.parts.missing import needed
from tests.parts.mock_cluster import Api, Error, MockCluster, mock_cluster

A0 = TopicPartition("a", 0)


@pytest.fixture
def mock() -> Iterator[MockCluster]:
    with needed(), mock_cluster() as cluster:
        cluster.create_topic("a", 1)
        yield cluster


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A broker that these tests may freeze."""
    with needed(), kafka() as cluster:
        yield cluster


def patient(seconds: float) -> LogSettings:
    return LogSettings(request_timeout=seconds)


def rebuilds() -> float:
    return REGISTRY.get_sample_value("wirewatch_client_rebuilds_total", {"client": "producer"}) or 0.0


async def freeze(cluster: Cluster) -> None:
    """And see it stand: a signal takes its time on a busy machine."""
    node = cluster.nodes[0]
    node.freeze()
    async with asyncio.timeout(PATIENCE):
        while any(status.read_text().split("State:\t")[1][0] not in "Tt" for status in _threads(node.pid)):  # noqa: ASYNC110 - state of the system
            await asyncio.sleep(0.05)


def _threads(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/task").glob("*/status"))


async def stored(log: Log) -> list[bytes]:
    return [record.value for record in await log.fetch(A0, 0)]


@pytest.mark.parametrize("error", [Error.OUT_OF_ORDER_SEQUENCE, Error.UNKNOWN_PRODUCER, Error.MESSAGE_TOO_LARGE])
async def test_a_refused_append_raises_and_the_next_one_has_a_new_producer(
    mock: MockCluster, error: Error, tmp_path: Path
) -> None:
    async with open_log(mock.url(), tmp_path, settings=patient(10)) as log:
        await log.append("a", [Record("k", b"before")])
        before = rebuilds()
        mock.fail(Api.PRODUCE, error)
        with pytest.raises((LogUnavailable, Invalid)):
            await log.append("a", [Record("k", b"refused")])
        assert rebuilds() == before + 1, "its numbers have a hole: brokers would refuse all that follows"
        (place,) = await log.append("a", [Record("k", b"after")])
        assert place.offset == 1, "the refused one left nothing"


async def test_all_who_wait_on_a_producer_that_is_given_up_are_told(mock: MockCluster, tmp_path: Path) -> None:
    async with open_log(mock.url(), tmp_path, settings=patient(10)) as log:
        await log.append("a", [Record("k", b"before")])
        mock.fail(Api.PRODUCE, Error.OUT_OF_ORDER_SEQUENCE)
        appends = [log.append("a", [Record("k", str(n).encode() * 100_000)]) for n in range(10)]
        async with asyncio.timeout(PATIENCE):
            results = await asyncio.gather(*appends, return_exceptions=True)
        assert all(isinstance(result, list | LogUnavailable) for result in results)
        assert any(isinstance(result, LogUnavailable) for result in results)


async def test_what_may_pass_is_tried_again_within_the_append(mock: MockCluster, tmp_path: Path) -> None:
    async with open_log(mock.url(), tmp_path, settings=patient(PATIENCE)) as log:
        await log.append("a", [Record("k", b"before")])
        before = rebuilds()
        mock.fail(Api.PRODUCE, Error.NOT_ENOUGH_REPLICAS, Error.NOT_LEADER, Error.REQUEST_TIMED_OUT)
        (place,) = await log.append("a", [Record("k", b"after")])
        assert place.offset == 1
        assert rebuilds() == before


async def test_a_pause_of_the_broker_that_is_shorter_than_the_deadline_delays_and_doubles_nothing(
    own: Cluster, tmp_path: Path
) -> None:
    async with open_log(own.fresh_url(), tmp_path, settings=patient(PATIENCE)) as log:
        await log.create_topics({"a": 1})
        await log.append("a", [Record("k", b"before")])
        await freeze(own)
        appending = asyncio.create_task(log.append("a", [Record("k", b"meanwhile")]))
        try:
            # Longer than one request waits, so that it is sent again.
            await asyncio.sleep(PATIENCE / 3 + 1)
            assert not appending.done()
        finally:
            own.nodes[0].thaw()
        await asyncio.wait_for(appending, PATIENCE)
        await log.append("a", [Record("k", b"after")])
        assert await stored(log) == [b"before", b"meanwhile", b"after"]


async def test_a_broker_that_hangs_is_an_error_in_time_and_closing_does_not_wait_for_it(
    own: Cluster, tmp_path: Path
) -> None:
    async with open_log(own.fresh_url(), tmp_path, settings=patient(3)) as log:
        await log.create_topics({"a": 1})
        await log.append("a", [Record("k", b"before")])
        await freeze(own)
        try:
            async with asyncio.timeout(PATIENCE):
                for _ in range(2):
                    with pytest.raises(LogUnavailable, match=r"append to .*a|list topics"):
                        await log.append("a", [Record("k", b"meanwhile")])
                with pytest.raises(LogUnavailable):
                    await log.offsets("a")
        finally:
            own.nodes[0].thaw()
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await log.append("a", [Record("k", b"after")])
                    break
                except LogUnavailable:
                    continue
        assert (await stored(log))[-1] == b"after"


async def test_closing_while_the_broker_hangs_ends_and_tells_who_waits(own: Cluster, tmp_path: Path) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            async with open_log(own.fresh_url(), tmp_path, settings=patient(10 * PATIENCE)) as log:
                await log.create_topics({"a": 1})
                await log.append("a", [Record("k", b"before")])
                async with log.reader("g", ["a"]) as reader:
                    await reader.poll()
                    await freeze(own)
                    appending = asyncio.create_task(log.append("a", [Record("k", b"meanwhile")]))
                    await asyncio.sleep(0.5)
            with pytest.raises(LogClosed):
                await appending
    finally:
        own.nodes[0].thaw()


async def test_nobody_there_is_said_with_the_address_and_the_cause(tmp_path: Path) -> None:
    async with open_log("kafka://127.0.0.1:1", tmp_path, settings=patient(3)) as log:
        for call in (log.topics, lambda: log.append("a", [Record("k", b"")])):
            with pytest.raises(
                LogUnavailable, match=r"kafka://127\.0\.0\.1:1: .*no broker can be reached \(.*refused|Connect"
            ):
                await call()
        async with log.reader("g", ["a"]) as reader:
            with pytest.raises(LogUnavailable, match="no broker can be reached"):
                await reader.poll(wait=0)


async def test_the_largest_record_goes_in_and_so_does_its_dead_letter(kafka_url: str, tmp_path: Path) -> None:
    largest = Record("k", os.urandom(16 * 1024 * 1024 - 1))
    letter = Record("k", largest.value, {"dead-error": "x" * 60_000})
    async with open_log(kafka_url, tmp_path) as log:
        await log.append("big", [largest])
        await log.append("big.dead", [letter])
        async with log.reader("g", ["big"]) as reader:
            async with asyncio.timeout(PATIENCE):
                while not (found := await reader.poll(max_bytes=1000)):
                    pass
        assert found[0].records[0].value == largest.value


async def test_a_topic_that_takes_less_than_a_record_needs_makes_it_invalid_and_nobody_else_s(
    kafka_url: str, tmp_path: Path
) -> None:
    async with open_log(kafka_url, tmp_path) as log:
        assert isinstance(log, KafkaLog)
        await log.create_topics({"a": 1})
        wanted = log.wanted("a", brokers=1, partitions=1)
        small = type(wanted)(wanted.name, 1, 1, {**wanted.config, "max.message.bytes": "100000"})
        await topic_admin.repair(log.cluster, [small], add_partitions=False)
        assert [d.what for d in await topic_admin.check(log.cluster, [wanted])] == ["max.message.bytes"]
        with pytest.raises(Invalid, match=r"200000 bytes, the topic takes 100000 .*topics apply"):
            await log.append("a", [Record("", os.urandom(200_000))])
        await log.append("a", [Record("k", b"x" * 1000)])
        await topic_admin.repair(log.cluster, [wanted], add_partitions=False)
        await log.append("a", [Record("k", os.urandom(200_000))])
        assert int(wanted.config["max.message.bytes"]) == MAX_REQUEST_BYTES


async def test_a_missing_topic_is_not_made_where_that_is_switched_off(kafka_url: str, tmp_path: Path) -> None:
    settings = LogSettings(create_topics=False)
    async with open_log(kafka_url, tmp_path, settings=settings) as log:
        with pytest.raises(LogUnavailable, match=r"topic .*\.a is missing; make it with `wirewatch topics apply`"):
            await log.append("a", [Record("k", b"")])
        async with log.reader("g", ["a"]) as reader:
            with pytest.raises(LogUnavailable, match="wirewatch topics apply"):
                await reader.poll()
        assert await log.topics() == {}
