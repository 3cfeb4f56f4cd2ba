"""The mock cluster takes records from the client that we use, and fails as it is told to."""

import asyncio

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from tests.parts.missing import needed
from tests.parts.mock_cluster import Api, Error, MockCluster, mock_cluster

PATIENCE = 60


@pytest.fixture
def cluster():
    with needed(), mock_cluster(2) as made:
        made.create_topic("t", 1)
        yield made


@pytest.fixture
async def producer(cluster: MockCluster):
    made = AIOKafkaProducer(bootstrap_servers=cluster.bootstrap, acks="all", request_timeout_ms=3000)
    await made.start()
    yield made
    await made.stop()


async def kept(cluster: MockCluster, count: int, topic: str = "t") -> list[bytes]:
    """The first records of a topic."""
    reader = AIOKafkaConsumer(bootstrap_servers=cluster.bootstrap, check_crcs=False, auto_offset_reset="earliest")
    await reader.start()
    try:
        reader.assign([TopicPartition(topic, 0)])
        values: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while len(values) < count:
                for records in (await reader.getmany(timeout_ms=500)).values():
                    values += [record.value for record in records]
        return values
    finally:
        await reader.stop()


async def test_records_come_back_in_order(cluster: MockCluster, producer: AIOKafkaProducer) -> None:
    for number in range(20):
        await producer.send_and_wait("t", b"%d" % number)
    assert await kept(cluster, 20) == [b"%d" % number for number in range(20)]


async def test_the_next_request_fails_and_the_one_after_does_not(
    cluster: MockCluster, producer: AIOKafkaProducer
) -> None:
    cluster.fail(Api.PRODUCE, Error.MESSAGE_TOO_LARGE)
    with pytest.raises(MessageSizeTooLargeError):
        await producer.send_and_wait("t", b"refused")
    await producer.send_and_wait("t", b"taken")
    assert await kept(cluster, 1) == [b"taken"]


async def test_what_is_forgiven_does_not_fail(cluster: MockCluster, producer: AIOKafkaProducer) -> None:
    cluster.fail(Api.PRODUCE, *[Error.MESSAGE_TOO_LARGE] * 5)
    cluster.forgive(Api.PRODUCE)
    await producer.send_and_wait("t", b"taken")


async def test_an_answer_that_comes_too_late_is_to_a_request_that_was_done(cluster: MockCluster) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=cluster.bootstrap, acks="all", request_timeout_ms=500, retry_backoff_ms=100
    )
    await producer.start()
    try:
        for broker in (1, 2):
            cluster.answer_late(broker, Api.PRODUCE, *[(Error.NONE, 3.0)] * 10)
        with pytest.raises(KafkaError):
            await producer.send_and_wait("t", b"late")
        cluster.forgive(Api.PRODUCE)
    finally:
        await asyncio.wait_for(producer.stop(), PATIENCE)
    assert b"late" in await kept(cluster, 1)


async def test_a_broker_that_is_down_takes_nothing_until_it_is_up(
    cluster: MockCluster, producer: AIOKafkaProducer
) -> None:
    await producer.send_and_wait("t", b"before")
    for broker in (1, 2):
        cluster.down(broker)
    with pytest.raises(KafkaError):
        await producer.send_and_wait("t", b"meanwhile")
    for broker in (1, 2):
        cluster.up(broker)
    async with asyncio.timeout(PATIENCE):
        while not await taken(producer, b"after"):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    assert await kept(cluster, 2) == [b"before", b"after"]


async def taken(producer: AIOKafkaProducer, value: bytes) -> bool:
    try:
        await producer.send_and_wait("t", value)
    except KafkaError:
        return False
    return True


def test_what_the_library_refuses_is_an_error(cluster: MockCluster) -> None:
    with pytest.raises(RuntimeError, match="topic_create"):
        cluster.create_topic("t", 1)
