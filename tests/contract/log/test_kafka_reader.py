"""Readers whose client hangs, whose brokers go away or refuse: told, made anew; only what is named is committed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiokafka import TopicPartition as Place
from aiokafka.errors import CommitFailedError
from prometheus_client import REGISTRY

from service.log import (
    Log,
    LogStuck,
    LogUnavailable,
    OffsetOutOfRange,
    Reader,
    Record,
    TopicPartition,
    open_log,
)
from service.log.kafka import watchdog
from service.log.kafka.engine import KafkaLog
from service.log.kafka.membership import Membership
from service.settings import LogSettings
from tests.contract.log.reading import PATIENCE, SHORT, batches, joined, values
from tests.parts.kafka import kafka
from tests.parts.missing import needed
from tests.parts.mock_cluster import Api, Error, MockCluster, mock_cluster

A0 = TopicPartition("a", 0)
SOON = 20.0
"""Seconds; a client by itself asks once a minute what topics there are."""
SETTINGS = LogSettings(session_timeout=3.0, request_timeout=PATIENCE)


@pytest.fixture
async def log(kafka_url: str, tmp_path: Path) -> AsyncIterator[KafkaLog]:
    async with open_log(kafka_url, tmp_path, settings=SETTINGS) as log:
        assert isinstance(log, KafkaLog)
        await log.create_topics({"a": 1, "wide": 4})
        yield log


@pytest.fixture
def mock() -> Iterator[MockCluster]:
    with needed(), mock_cluster() as cluster:
        cluster.create_topic("a", 1)
        yield cluster


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watchdog that looks at once and has no patience."""
    monkeypatch.setattr(watchdog, "QUIET", 0.5)
    monkeypatch.setattr(watchdog, "PATIENCE", 1.0)


def rebuilds() -> float:
    return REGISTRY.get_sample_value("wirewatch_client_rebuilds_total", {"client": "consumer"}) or 0.0


def stuck(group: str) -> float:
    return REGISTRY.get_sample_value("wirewatch_group_stuck", {"group": group}) or 0.0


async def cut_fetching(membership: Membership) -> None:
    """As a client behaves that has lost itself: it lives, heartbeats, and never asks for records again."""
    consumer: Any = membership.consumer
    consumer._fetcher._fetch_task.cancel()


def membership_of(reader: Any) -> Membership:
    found: Membership = reader._standing._membership
    return found


async def through_trouble(reader: Reader) -> list[str]:
    """The next records, past all that may pass."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await values(reader, 1)
            except LogUnavailable:
                await asyncio.sleep(0.1)


async def test_only_what_is_named_is_committed(log: Log) -> None:
    await log.append("wide", [Record(f"key {n}", b"") for n in range(40)])
    async with log.reader("g", ["wide"]) as reader:
        seen: dict[TopicPartition, int] = {}
        while len(seen) < 4:
            seen |= {batch.source: batch.next_offset for batch in await batches(reader)}
        one = min(seen)
        await reader.commit({one: 1})
        await reader.poll(wait=0.5)
    assert await log.committed("g", "wide") == {one: 1}, "not what was fetched, and nothing more at the end"


async def test_a_topic_that_the_asked_broker_has_not_heard_of_yet_is_dealt_out_once_it_has(
    log: KafkaLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_there(*_: object, **__: object) -> None:
        """As the broker says that has made it."""

    monkeypatch.setattr(log, "ensure", is_there)
    async with log.reader("g", ["late"]) as reader:
        await reader.poll(wait=SHORT)
        while membership_of(reader).phase != "stable":
            await reader.poll(wait=SHORT)
        assert reader.assignment == frozenset(), "dealt out by who knows of no partitions"
        await log.create_topics({"late": 2})
        async with asyncio.timeout(SOON):
            await joined(reader)
        assert len(reader.assignment) == 2


async def test_a_reader_that_gets_nothing_though_there_is_something_has_its_client_made_anew(
    log: Log, quick: None
) -> None:
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        await cut_fetching(membership_of(reader))
        await log.append("a", [Record("k", b"1")])
        before = rebuilds()
        assert await through_trouble(reader) == ["1"]
        assert rebuilds() == before + 1
        assert stuck("g") == 0


async def test_a_quiet_topic_is_not_taken_for_a_stuck_group(log: Log, quick: None) -> None:
    async with log.reader("g", ["a"]) as reader:
        await joined(reader)
        before = rebuilds()
        for _ in range(10):
            assert await reader.poll(wait=0.4) == []
        reader.pause([A0])
        await log.append("a", [Record("k", b"1")])
        for _ in range(10):
            assert await reader.poll(wait=0.4) == []
        assert rebuilds() == before
        reader.resume([A0])
        assert await values(reader, 1) == ["1"]


async def test_a_group_that_no_new_client_helps_is_stuck_until_it_moves(
    log: Log, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Membership.start

    async def broken(self: Membership) -> None:
        await start(self)
        await cut_fetching(self)

    monkeypatch.setattr(Membership, "start", broken)
    await log.append("a", [Record("k", b"1")])
    async with log.reader("g", ["a"]) as reader:

        async def poll_for_ever() -> None:
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        await reader.poll(wait=0.2)
                    except LogUnavailable as error:
                        if isinstance(error, LogStuck):
                            raise

        with pytest.raises(LogStuck, match="restart this process"):
            await poll_for_ever()
        assert stuck("g") == 1
        before = rebuilds()
        async with asyncio.timeout(PATIENCE):
            while rebuilds() < before + 2:
                with pytest.raises(LogUnavailable) as told:
                    await reader.poll(wait=0.2)
                assert "does not move" not in str(told.value), "that passes; being stuck does not"
        monkeypatch.setattr(Membership, "start", start)
        assert await through_trouble(reader) == ["1"]
        assert stuck("g") == 0
        assert await reader.poll(wait=0.2) == []


async def test_a_join_that_is_never_answered_is_begun_again(
    kafka_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assigned = Membership.on_partitions_assigned
    lost: list[Membership] = []

    async def swallowed(self: Membership, places: Any) -> None:
        if lost:
            await assigned(self, places)
        else:
            lost.append(self)

    monkeypatch.setattr(Membership, "on_partitions_assigned", swallowed)
    settings = LogSettings(session_timeout=1.0, request_timeout=10.0)
    async with open_log(kafka_url, tmp_path, settings=settings) as log:
        await log.append("a", [Record("k", b"1")])
        async with log.reader("g", ["a"]) as reader:
            before = rebuilds()
            assert await through_trouble(reader) == ["1"]
            assert rebuilds() == before + 1


async def test_what_goes_wrong_while_letting_go_is_logged_and_lets_go_all_the_same(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Membership) -> None:
        raise RuntimeError("a mistake in the callback")

    monkeypatch.setattr(Membership, "_finish", broken)
    async with log.reader("g", ["wide"]) as first:
        await joined(first)
        with structlog.testing.capture_logs() as said:
            async with log.reader("g", ["wide"]) as second, asyncio.timeout(PATIENCE):
                while len(first.assignment) != 2 or len(second.assignment) != 2:
                    await asyncio.gather(first.poll(wait=0.2), second.poll(wait=0.2))
        assert any(line["log_level"] == "error" and "a mistake in the callback" in line["error"] for line in said)


@pytest.mark.parametrize("error", [Error.ILLEGAL_GENERATION, Error.UNKNOWN_MEMBER, Error.REBALANCE_IN_PROGRESS])
async def test_a_commit_that_the_group_refuses_waits_for_the_new_assignment_and_skips_nothing(
    mock: MockCluster, error: Error, tmp_path: Path
) -> None:
    async with open_log(mock.url(), tmp_path, settings=SETTINGS) as log:
        await log.append("a", [Record("k", str(n).encode()) for n in range(4)])
        async with log.reader("g", ["a"]) as reader:
            (batch,) = await batches(reader, max_records=2)
            mock.fail(Api.OFFSET_COMMIT, error)
            async with asyncio.timeout(PATIENCE):
                await reader.commit({A0: batch.next_offset})
            assert await log.committed("g", "a") == {A0: 2}
            assert await values(reader, 2) == ["2", "3"]


async def test_a_client_that_has_lost_its_membership_does_not_commit_as_nobody(log: Log) -> None:
    """In a group that is empty brokers take a commit from whoever does not say who it is, however late it comes."""
    await log.append("a", [Record("k", b"1")])
    async with log.reader("g", ["a"]) as reader:
        (batch,) = await batches(reader)
        membership: Any = membership_of(reader)
        # As the client does by itself after too long without a poll.
        await membership.consumer._coordinator._maybe_leave_group()
        with pytest.raises(CommitFailedError):
            await membership.commit({Place(f"{membership.connection.prefix}a", 0): batch.next_offset})
        assert await log.committed("g", "a") == {}


async def test_commits_find_a_coordinator_that_has_moved(mock: MockCluster, tmp_path: Path) -> None:
    async with open_log(mock.url(), tmp_path, settings=SETTINGS) as log:
        await log.append("a", [Record("k", b"1")])
        async with log.reader("g", ["a"]) as reader:
            (batch,) = await batches(reader)
            mock.fail(Api.OFFSET_COMMIT, Error.NOT_COORDINATOR, Error.COORDINATOR_NOT_AVAILABLE)
            async with asyncio.timeout(PATIENCE):
                await reader.commit({A0: batch.next_offset})
            assert await log.committed("g", "a") == {A0: 1}


async def test_records_that_retention_has_taken_are_an_error_and_not_a_jump(mock: MockCluster, tmp_path: Path) -> None:
    async with open_log(mock.url(), tmp_path, settings=SETTINGS) as log:
        await log.append("a", [Record("k", str(n).encode()) for n in range(3)])
        async with log.reader("g", ["a"]) as reader:
            await joined(reader)
            await batches(reader)
            await reader.commit({A0: 1})
        for n in range(3, 6):
            await log.append("a", [Record("k", str(n).encode())])
        mock.drop_records("a", 0, 3)
        async with log.reader("g", ["a"]) as reader:
            await joined(reader)
            with pytest.raises(OffsetOutOfRange) as caught:
                await reader.poll(wait=PATIENCE)
            assert (caught.value.position, caught.value.kept.start) == (1, 3)


async def test_brokers_that_go_away_are_told_and_come_back(tmp_path: Path) -> None:
    with needed(), kafka() as cluster:
        settings = LogSettings(session_timeout=6.0, request_timeout=3.0)
        async with open_log(cluster.url(), tmp_path, settings=settings) as log:
            await log.append("a", [Record("k", b"1")])
            async with log.reader("g", ["a"]) as reader:
                (batch,) = await batches(reader)
                await asyncio.to_thread(cluster.nodes[0].kill)
                with pytest.raises(LogUnavailable):
                    await reader.commit({batch.source: batch.next_offset})
                with pytest.raises(LogUnavailable, match="kafka://127"):
                    await values(reader, 1)
                await asyncio.to_thread(cluster.nodes[0].restart)
                async with asyncio.timeout(PATIENCE):
                    while True:
                        try:
                            await reader.commit({batch.source: batch.next_offset})
                            await log.append("a", [Record("k", b"2")])
                            break
                        except LogUnavailable:
                            await asyncio.sleep(0.1)
                assert await through_trouble(reader) == ["2"]
