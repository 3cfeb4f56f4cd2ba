"""The log on Kafka: appends, looks, readers, with topics by our own names. Connects when it is first asked."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import NoReturn, Self

from aiokafka import TopicPartition as Place

from service import metrics
from service.errors import Invalid, WirewatchError
from service.log.failures import LogClosed, LogUnavailable
from service.log.kafka import topic_admin
from service.log.kafka.calls import within
from service.log.kafka.cluster import Cluster
from service.log.kafka.connection import Connection
from service.log.kafka.producer import Producer, TooLarge
from service.log.kafka.reader import KafkaReader
from service.log.kafka.said import listen
from service.log.kafka.stored import stored
from service.log.kafka.topics import Wanted, wanted
from service.log.protocol import POLL_BYTES, POLL_RECORDS
from service.log.records import (
    OffsetRange,
    Position,
    Record,
    StoredRecord,
    TopicPartition,
    checked_name,
    checked_records,
)
from service.log.retention import Retention

REMEMBERED = 60.0
"""Seconds for which the number of a topic's partitions is taken as known."""


class KafkaLog:
    """``partitions``: of topics that are made · ``read_only``: ``append`` and ``reader`` raise."""

    def __init__(
        self,
        connection: Connection,
        *,
        partitions: int = 4,
        retention: Retention | None = None,
        read_only: bool = False,
    ) -> None:
        self.connection = connection
        self._partitions, self._retention, self._read_only = partitions, retention or Retention(), read_only
        self._name = "-".join(filter(None, ["wirewatch", connection.instance, uuid.uuid4().hex[:8]]))
        self.cluster = Cluster(connection, f"{self._name}-look")
        self._producer = Producer(connection, f"{self._name}-append")
        self._readers: set[KafkaReader] = set()
        self._known: dict[str, int] = {}
        self._known_at = 0.0
        self._making = asyncio.Lock()
        self._closed = False

    async def __aenter__(self) -> Self:
        listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        for reader in self._readers:
            reader.wake()
        await self._producer.close()
        await self.cluster.close()

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        self.check_open()
        for topic in topics:
            checked_name(topic, "topic")
        await self._ensure(topics, fresh=True)

    async def topics(self) -> dict[str, int]:
        self.check_open()
        await self._learn()
        return dict(sorted(self._known.items()))

    async def append(self, topic: str, records: Sequence[Record]) -> list[Position]:
        """Not all or nothing: see ``Producer.append``."""
        self.check_open()
        checked_name(topic, "topic")
        size = checked_records(topic, records)
        self._refuse_if_read_only()
        await self._ensure({topic: self._partitions})
        try:
            places = await self._producer.append(self.connection.prefix + topic, self._known[topic], records, size)
        except TooLarge:
            await self._blame(topic, records)
        except LogUnavailable:
            self._known_at = 0.0  # the topic may have gone
            raise
        metrics.log_appended.labels(topic).inc(len(places))
        return [Position(topic, partition, offset) for partition, offset in places]

    @asynccontextmanager
    async def reader(
        self, group: str, topics: Sequence[str], *, member: str | None = None
    ) -> AsyncIterator[KafkaReader]:
        """Joins with the first poll: brokers that are away are that one's to tell."""
        checked_name(group, "group")
        for topic in topics:
            checked_name(topic, "topic")
        self._refuse_if_read_only()
        member = member or self.connection.instance or uuid.uuid4().hex
        reader = KafkaReader(self, group, frozenset(topics), member, f"{self._name}-read")
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)
            await reader.leave()

    async def fetch(
        self, source: TopicPartition, offset: int, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES
    ) -> list[StoredRecord]:
        self.check_open()
        if source.partition >= await self._partitions_of(source.topic):
            return []
        place = Place(self.connection.prefix + source.topic, source.partition)
        found = await self.cluster.fetch(place, offset, max_records, max_bytes)
        return [stored(record, source.topic) for record in found]

    async def offsets(self, topic: str) -> dict[TopicPartition, OffsetRange]:
        self.check_open()
        places = await self._places(topic)
        kept = await self.cluster.offsets(places) if places else {}
        return {TopicPartition(topic, place.partition): found for place, found in kept.items()}

    async def committed(self, group: str, topic: str) -> dict[TopicPartition, int]:
        self.check_open()
        places = await self._places(topic)
        found = await self.cluster.committed(self.connection.prefix + group, places) if places else {}
        return {TopicPartition(topic, place.partition): found[place] for place in sorted(found)}

    async def ensure(self, topics: Collection[str], *, fresh: bool = False) -> None:
        await self._ensure(dict.fromkeys(topics, self._partitions), fresh=fresh)

    def wanted(self, topic: str, brokers: int, partitions: int | None = None) -> Wanted:
        """``brokers``: how many there are."""
        return wanted(topic, partitions or self._partitions, self._retention, self.connection, brokers)

    def check_open(self) -> None:
        if self._closed:
            raise LogClosed("the log is closed")

    async def _ensure(self, topics: Mapping[str, int], *, fresh: bool = False) -> None:
        """Make those that are missing; by their own names brokers would make them with limits of their own."""
        if not fresh and self._all_known(topics):
            return
        async with self._making:
            if fresh or not self._all_known(topics):
                await self._learn()
            missing = [topic for topic in topics if topic not in self._known]
            if not missing:
                return
            if not self.connection.create_topics or self._read_only:
                raise LogUnavailable(
                    f"{self.connection}: topic {self.connection.prefix}{missing[0]} is missing; "
                    "make it with `wirewatch topics apply` (log.create_topics is off)"
                )
            brokers = await self.cluster.brokers()
            await topic_admin.create(self.cluster, [self.wanted(topic, brokers, topics[topic]) for topic in missing])
            async with within(self.connection, f"see topic {self.connection.prefix}{missing[0]} that was made"):
                while not self._all_known(missing):
                    await self._learn()

    def _all_known(self, topics: Collection[str]) -> bool:
        return time.monotonic() - self._known_at < REMEMBERED and all(topic in self._known for topic in topics)

    async def _learn(self) -> None:
        prefix = self.connection.prefix
        found = await self.cluster.topics()
        self._known = {name.removeprefix(prefix): s.partitions for name, s in found.items() if name.startswith(prefix)}
        self._known_at = time.monotonic()

    async def _partitions_of(self, topic: str) -> int:
        """0 for one that is not there."""
        if not self._all_known([topic]):
            await self._learn()
        return self._known.get(topic, 0)

    async def _places(self, topic: str) -> list[Place]:
        return [Place(self.connection.prefix + topic, number) for number in range(await self._partitions_of(topic))]

    async def _blame(self, topic: str, records: Sequence[Record]) -> NoReturn:
        """A batch was refused for its size: by our record, or by another's in the same batch?"""
        name = self.connection.prefix + topic
        limit = int((await topic_admin.found(self.cluster, [name]))[name].config["max.message.bytes"])
        largest = max(records, key=lambda record: record.size)
        if largest.size > limit:
            raise Invalid(
                f"{topic}: record {largest.key[:80]!r} has {largest.size} bytes, the topic takes {limit} "
                "(max.message.bytes; `wirewatch topics apply` sets it)"
            )
        raise LogUnavailable(f"{self.connection}: append to {name}: another's record in the batch was too large")

    def _refuse_if_read_only(self) -> None:
        if self._read_only:
            raise WirewatchError(f"{self.connection} was opened for reading only")
