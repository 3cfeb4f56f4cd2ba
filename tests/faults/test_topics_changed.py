"""Topics that change under a running service: more partitions, deleted, records gone by retention unread. Never a
silent jump: what cannot be read is told as an error, and everything else goes on by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, RecordsToDelete

from service.log import open_log
from tests.e2e.program import until
from tests.e2e.raw_site import RawSites
from tests.faults.one_process import PATIENCE, OneProcess
from tests.parts.kafka import Cluster

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
TOPICS = ("entries", "articles", "extractions")


@pytest.fixture(scope="module")
def sites() -> Iterator[RawSites]:
    with RawSites().open() as opened:
        yield opened


@pytest.fixture
def url(kafka_cluster: Cluster) -> str:
    return kafka_cluster.fresh_url()


@pytest.fixture
def service(tmp_path: Path, sites: RawSites, url: str) -> Iterator[OneProcess]:
    one = OneProcess(tmp_path, sites, log__url=url, log__session_timeout="6s", log__request_timeout="8s")
    one.start()
    try:
        one.publish(4)
        one.all_told()
        yield one
    finally:
        one.end()


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


def test_partitions_added_to_topics_are_read_and_written(service: OneProcess, url: str, tmp_path: Path) -> None:
    administer(url, lambda admin, prefix: admin.create_partitions({prefix + name: NewPartitions(9) for name in TOPICS}))
    until(lambda: {len(ends(url, tmp_path, name)) for name in TOPICS} == {9}, PATIENCE, 1)
    service.publish(6)
    service.all_told()
    assert service.program.stop() == 0
    service.start()
    service.publish(6)
    service.all_told()
    service.nothing_lost_nothing_twice()


@pytest.mark.parametrize(
    "topic",
    [pytest.param("entries", marks=pytest.mark.long), pytest.param("articles", marks=pytest.mark.long), TOPICS[-1]],
)
def test_a_topic_that_is_deleted_at_rest_is_made_again_and_the_flow_goes_on(
    service: OneProcess, url: str, topic: str
) -> None:
    administer(url, lambda admin, prefix: admin.delete_topics([prefix + topic]))
    service.publish(4)
    service.all_told()
    service.until_ready()
    service.publish(2)
    service.all_told()
    service.nothing_lost_nothing_twice()


def test_records_that_retention_took_unread_are_told_and_the_rest_is_read(
    service: OneProcess, url: str, tmp_path: Path
) -> None:
    assert service.program.stop() == 0
    service.start("run", "--only", "source_to_entry,entry_to_article")
    before = ends(url, tmp_path, "articles")
    service.publish(6)
    until(lambda: sum(ends(url, tmp_path, "articles").values()) == sum(before.values()) + 6, PATIENCE, 1)
    assert service.program.stop() == 0
    # All but the last record of each partition go.
    kept = {number: max(before[number], end - 1) for number, end in ends(url, tmp_path, "articles").items()}
    gone = sum(kept[number] - before[number] for number in kept)
    assert gone > 0
    administer(
        url,
        lambda admin, prefix: admin.delete_records(
            {TopicPartition(f"{prefix}articles", number): RecordsToDelete(kept[number]) for number in kept}
        ),
    )
    service.start()
    until(lambda: len(service.untold()) == gone, PATIENCE)
    service.publish(2)
    until(lambda: len(service.untold()) == gone, PATIENCE)
    alarms = [line for line in service.log_lines() if "position outside of the log" in line]
    assert alarms
    assert all("were removed before they were read" in line for line in alarms)
    assert set(service.told().values()) == {1}
