"""Topics that change under a running service: more partitions, deleted, records gone by retention unread. Never a
silent jump: what cannot be read is told as an error, and everything else goes on by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition as KafkaPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, RecordsToDelete

from service.log import TopicPartition, open_log
from tests.e2e.program import until
from tests.faults.one_process import PATIENCE, OneProcess, one_process
from tests.faults.settling import item_of
from tests.faults.system import SHORTENED
from tests.parts.kafka import Cluster

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
TOPICS = ("entries", "articles", "extractions")
FEEDS = ("good", "better")


@pytest.fixture
def url(kafka_cluster: Cluster) -> str:
    return kafka_cluster.fresh_url()


@pytest.fixture
def service(tmp_path: Path, url: str) -> Iterator[OneProcess]:
    with one_process(tmp_path, feeds=FEEDS, log__url=url, **SHORTENED) as one:
        one.start()
        for _ in range(2):
            publish(one)
            one.all_told()
        yield one


def publish(one: OneProcess, rounds: int = 1) -> None:
    """So many items in each feed: every partition that a feed has is used."""
    for _ in range(rounds):
        for feed in FEEDS:
            one.publish(feed=feed)


def administer(url: str, work: Callable[[AIOKafkaAdminClient, str], Awaitable[Any]]) -> Any:
    """``work`` with an administrator's client and the prefix of the topics' names."""
    brokers, _, prefix = url.removeprefix("kafka://").partition("/")

    async def run() -> Any:
        admin = AIOKafkaAdminClient(bootstrap_servers=brokers)
        await admin.start()
        try:
            return await work(admin, f"{prefix}.")
        finally:
            await admin.close()

    return asyncio.run(run())


def ends(url: str, folder: Path, topic: str) -> dict[int, int]:
    """Next offset of each partition."""

    async def look() -> dict[int, int]:
        async with open_log(url, folder, read_only=True) as log:
            return {source.partition: kept.end for source, kept in (await log.offsets(topic)).items()}

    return asyncio.run(look())


def items(url: str, folder: Path, topic: str, ranges: dict[int, tuple[int, int]]) -> set[int]:
    """Those of which the records between two offsets of each partition speak."""

    async def look() -> set[int]:
        async with open_log(url, folder, read_only=True) as log:
            return {
                item_of(record.value)
                for number, (start, end) in ranges.items()
                for record in await log.fetch(TopicPartition(topic, number), start)
                if record.offset < end
            }

    return asyncio.run(look())


def test_partitions_added_to_topics_are_read_and_written(service: OneProcess, url: str, tmp_path: Path) -> None:
    administer(url, lambda admin, prefix: admin.create_partitions({prefix + name: NewPartitions(9) for name in TOPICS}))
    until(lambda: {len(ends(url, tmp_path, name)) for name in TOPICS} == {9}, PATIENCE, 1)
    service.changed("divided", *TOPICS)
    publish(service, 3)
    service.all_told()
    assert service.stop() == 0
    service.start()
    publish(service, 3)
    service.all_told()
    service.holds()


@pytest.mark.long
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_that_is_deleted_at_rest_is_made_again_and_the_flow_goes_on(
    service: OneProcess, url: str, topic: str
) -> None:
    service.holds()
    administer(url, lambda admin, prefix: admin.delete_topics([prefix + topic]))
    service.changed("deleted", topic)
    publish(service, 2)
    service.all_told()
    service.until_ready()
    publish(service)
    service.all_told()
    service.holds()


def test_records_that_retention_took_unread_are_told_and_the_rest_is_read(
    service: OneProcess, url: str, tmp_path: Path
) -> None:
    service.holds()
    assert service.stop() == 0
    service.start("source_to_entry", "entry_to_article")
    before = ends(url, tmp_path, "articles")
    publish(service, 3)
    until(lambda: sum(ends(url, tmp_path, "articles").values()) == sum(before.values()) + 6, PATIENCE, 1)
    assert service.stop() == 0
    # All but the last record of each partition go.
    kept = {number: max(before[number], end - 1) for number, end in ends(url, tmp_path, "articles").items()}
    gone = items(url, tmp_path, "articles", {number: (before[number], kept[number]) for number in kept})
    assert gone
    service.lose(gone)
    service.changed("trimmed", "articles")
    administer(
        url,
        lambda admin, prefix: admin.delete_records(
            {KafkaPartition(f"{prefix}articles", number): RecordsToDelete(kept[number]) for number in kept}
        ),
    )
    service.start()
    until(lambda: service.untold() == gone, PATIENCE)
    publish(service)
    until(lambda: service.untold() == gone, PATIENCE)
    service.holds()
    alarms = [line for line in service.log_lines() if "position outside of the log" in line]
    assert alarms
    assert all("were removed before they were read" in line for line in alarms)
