"""What the clients of Kafka do by themselves, with the settings that our log gives them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import OffsetAndMetadata

PARTITIONS = 4
BATCH = 256 * 1024


class Aiokafka:
    def __init__(self, servers: str) -> None:
        self._servers = servers

    async def __aenter__(self) -> Self:
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._servers,
            acks="all",
            enable_idempotence=True,
            max_batch_size=BATCH,
            linger_ms=2,
            compression_type="zstd",
        )
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._producer.stop()

    async def append(
        self,
        topic: str,
        values: Sequence[bytes],
        at_once: int,
        in_turn: Callable[[Sequence[Awaitable[object]]], Awaitable[None]],
    ) -> None:
        async def some(first: int) -> None:
            sent = [
                await self._producer.send(topic, value, str(first + n).encode(), partition=(first + n) % PARTITIONS)
                for n, value in enumerate(values[first : first + at_once])
            ]
            await asyncio.gather(*sent)

        await in_turn([some(first) for first in range(0, len(values), at_once)])

    async def consume(self, topic: str, group: str, count: int) -> float:
        """When the first records came."""
        consumer = AIOKafkaConsumer(
            topic,
            bootstrap_servers=self._servers,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        await consumer.start()
        seen, first = 0, 0.0
        while seen < count:
            found = await consumer.getmany(timeout_ms=1000, max_records=500)
            if found:
                first = first or time.perf_counter()
                await consumer.commit({tp: OffsetAndMetadata(got[-1].offset + 1, "") for tp, got in found.items()})
                seen += sum(map(len, found.values()))
        await consumer.stop()
        return first


class Confluent:
    """Its calls block: from a thread."""

    def __init__(self, servers: str) -> None:
        self._servers = servers

    def append(self, topic: str, values: Sequence[bytes]) -> None:
        from confluent_kafka import Producer

        producer = Producer(
            {
                "bootstrap.servers": self._servers,
                "enable.idempotence": True,
                "acks": "all",
                "batch.size": BATCH,
                "linger.ms": 2,
                "compression.type": "zstd",
            }
        )
        failed: list[Any] = []
        for number, value in enumerate(values):
            while True:
                try:
                    producer.produce(
                        topic,
                        value,
                        str(number).encode(),
                        partition=number % PARTITIONS,
                        on_delivery=lambda error, _: failed.append(error) if error else None,
                    )
                    break
                except BufferError:
                    producer.poll(0.01)
        producer.flush(60)
        if failed:
            raise RuntimeError(str(failed[0]))

    def consume(self, topic: str, group: str, count: int) -> float:
        """When the first records came."""
        from confluent_kafka import Consumer

        consumer = Consumer(
            {
                "bootstrap.servers": self._servers,
                "group.id": group,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
            }
        )
        consumer.subscribe([topic])
        seen, first = 0, 0.0
        while seen < count:
            found = consumer.consume(500, timeout=1.0)
            if found:
                first = first or time.perf_counter()
                consumer.commit(asynchronous=False)
                seen += len(found)
        consumer.close()
        return first
