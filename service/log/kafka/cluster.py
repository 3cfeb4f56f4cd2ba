"""Looking at the cluster: topics, what is kept, where groups stand, records without joining.

Two clients, made when they are first needed and again after a failure: one that administers, one that reads without a
group. Names here are the brokers' own, prefix and all.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka import TopicPartition as Place
from aiokafka.admin import AIOKafkaAdminClient

from service import metrics
from service.log.failures import LogClosed, LogUnavailable
from service.log.kafka.abandon import abandon, begin
from service.log.kafka.calls import until_done, within
from service.log.kafka.connection import Connection
from service.log.kafka.stored import size_of
from service.log.records import OffsetRange

WAIT = 0.2
"""Seconds of one look for records."""
PARTITION_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shape:
    """Of a topic: ``replication`` is its worst partition's."""

    partitions: int
    replication: int


class Cluster:
    def __init__(self, connection: Connection, name: str) -> None:
        self.connection, self._name = connection, name
        self._admin: AIOKafkaAdminClient | None = None
        self._looker: AIOKafkaConsumer | None = None
        self._making, self._looking = asyncio.Lock(), asyncio.Lock()
        self._closed = False

    async def close(self) -> None:
        self._closed = True
        for client in (self._admin, self._looker):
            if client is not None:
                await abandon(client, graceful=True)
        self._admin = self._looker = None

    async def topics(self) -> dict[str, Shape]:
        """All topics but the brokers' own."""
        async with self.admin("list topics") as admin:
            found = await until_done(admin.describe_topics)
        return {
            topic["topic"]: Shape(
                len(topic["partitions"]), min((len(one["replicas"]) for one in topic["partitions"]), default=0)
            )
            for topic in found
            if not topic["is_internal"] and topic["partitions"] and not topic["topic"].startswith("__")
        }

    async def brokers(self) -> int:
        async with self.admin("ask for the brokers") as admin:
            return len((await until_done(admin.describe_cluster))["brokers"])

    async def committed(self, group: str, places: Collection[Place]) -> dict[Place, int]:
        """Of those that the group has committed."""
        async with self.admin(f"ask where group {group} stands") as admin:
            found = await until_done(lambda: admin.list_consumer_group_offsets(group, partitions=list(places)))
        return {place: meta.offset for place, meta in found.items() if meta.offset >= 0}

    async def members(self, group: str) -> list[str]:
        """Ids of everybody in the group."""
        async with self.admin(f"ask who is in group {group}") as admin:
            (answer,) = await until_done(lambda: admin.describe_consumer_groups([group]))
        return [member["member_id"] for found in answer.to_object()["groups"] for member in found["members"]]

    async def offsets(self, places: Collection[Place]) -> dict[Place, OffsetRange]:
        """What is kept of each."""
        async with self._look("ask what is kept") as looker:
            starts = await looker.beginning_offsets(list(places))
            ends = await looker.end_offsets(list(places))
        return {place: OffsetRange(starts[place], max(starts[place], ends[place])) for place in sorted(places)}

    async def fetch(self, place: Place, offset: int, max_records: int, max_bytes: int) -> list[ConsumerRecord]:
        """From ``offset``, or the oldest kept, to what is there now, within the limits but at least one."""
        found: list[ConsumerRecord] = []
        async with self._look(f"look into {place.topic}/{place.partition}") as looker:
            start = (await looker.beginning_offsets([place]))[place]
            end = (await looker.end_offsets([place]))[place]
            at = max(start, offset)
            looker.assign([place])
            looker.seek(place, at)
            while at < end and len(found) < max_records and max_bytes > 0:
                asked = await looker.getmany(timeout_ms=int(WAIT * 1000), max_records=max_records - len(found))
                for record in asked.get(place, ()):
                    max_bytes -= size_of(record)
                    if found and max_bytes < 0:
                        return found
                    found.append(record)
                at = await looker.position(place)
        return found

    @asynccontextmanager
    async def admin(self, what: str) -> AsyncIterator[AIOKafkaAdminClient]:
        try:
            async with within(self.connection, what):
                yield await self._administering()
        except LogUnavailable:
            admin, self._admin = self._admin, None
            if admin is not None:
                metrics.client_rebuilds.labels("admin").inc()
                await abandon(admin, graceful=False)
            raise

    async def _administering(self) -> AIOKafkaAdminClient:
        async with self._making:
            self._check_open()
            if self._admin is None:
                admin = AIOKafkaAdminClient(**self.connection.client(self._name))
                await _start(admin)
                self._admin = admin
            return self._admin

    @asynccontextmanager
    async def _look(self, what: str) -> AsyncIterator[AIOKafkaConsumer]:
        """One at a time, since what is assigned is the looker's state; waiting for one's turn counts."""
        async with within(self.connection, what), self._looking:
            self._check_open()
            try:
                if self._looker is None:
                    looker = AIOKafkaConsumer(
                        **self.connection.client(self._name),
                        group_id=None,
                        enable_auto_commit=False,
                        auto_offset_reset="earliest",
                        isolation_level="read_committed",
                        max_partition_fetch_bytes=PARTITION_BYTES,
                        fetch_max_wait_ms=50,
                    )
                    await _start(looker)
                    self._looker = looker
                yield self._looker
            except BaseException:
                looker, self._looker = self._looker, None
                if looker is not None:
                    metrics.client_rebuilds.labels("admin").inc()
                    await abandon(looker, graceful=False)
                raise

    def _check_open(self) -> None:
        if self._closed:
            raise LogClosed("the log is closed")


async def _start(client: Any) -> None:
    try:
        await begin(client)
    except BaseException:
        await abandon(client, graceful=False)
        raise
