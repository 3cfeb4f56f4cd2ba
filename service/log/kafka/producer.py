"""Appending: idempotent, acknowledged by all replicas in sync, every send awaited and looked at.

A producer numbers its batches by partition, and brokers refuse a batch whose number does not follow. One that failed
for good leaves a hole, and this client cannot begin a new count; one that has had no answer in time may still be on its
way. In both cases the producer is abandoned with all that it holds, and the next append makes a new one.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer, errors
from aiokafka.structs import RecordMetadata

from service import metrics
from service.log.failures import LogClosed, LogUnavailable
from service.log.kafka.abandon import abandon, begin
from service.log.kafka.calls import explained, too_late, within
from service.log.kafka.connection import Connection
from service.log.records import DEAD_EXTRA_BYTES, MAX_RECORD_BYTES, Record, partition_of, to_milliseconds

BATCH_BYTES = 256 * 1024
"""Of one partition in one request; the client's own 16 KiB are three articles."""
LINGER = 0.002
"""Seconds that a batch waits for more: far less than what a round trip takes, enough for callers side by side."""
MAX_REQUEST_BYTES = MAX_RECORD_BYTES + DEAD_EXTRA_BYTES + 64 * 1024
"""The largest record with its framing; topics are made to take it."""
MAX_WAITING_BYTES = 128 * 1024 * 1024
"""Bytes that may be on their way; beyond it callers wait for room."""


class TooLarge(Exception):
    """The brokers refuse a batch for its size; whose record it was is for the caller to find out."""


class Producer:
    """One client, made when it is first needed and again after a failure."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection, self._name = connection, name
        self._client: Any = None
        self._starting = asyncio.Lock()
        self._order: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._leaving: set[asyncio.Task[None]] = set()
        self._waiting_bytes = 0
        self._room = asyncio.Event()
        self._room.set()
        self._closed = False

    async def append(self, topic: str, partitions: int, records: Sequence[Record], size: int) -> list[tuple[int, int]]:
        """(partition, offset) of each record, once all are durable. ``topic``: as the brokers call it.

        LogUnavailable: some may be durable and some not, in order within a key; append all of them again. TooLarge.
        """
        deadline = asyncio.get_running_loop().time() + self._connection.request_timeout
        await self._take_room(size, deadline)
        try:
            return await self._append(topic, partitions, records, deadline)
        finally:
            self._waiting_bytes -= size
            self._room.set()

    async def _append(
        self, topic: str, partitions: int, records: Sequence[Record], deadline: float
    ) -> list[tuple[int, int]]:
        client = await self._started()
        what = f"append to {topic}"
        sent: list[asyncio.Future[RecordMetadata]] = []
        try:
            async with asyncio.timeout_at(deadline):
                # Queued by one at a time, so that what is appended together stays together and calls keep their order.
                async with self._order[topic]:
                    for record in records:
                        sent.append(await self._send(client, topic, partitions, record))  # noqa: PERF401 - see finally
                done = await asyncio.gather(*sent, return_exceptions=True)
        except TimeoutError as error:
            # What is still on its way must not arrive after it was appended again.
            await self._discard(client, f"{what}: no answer in time")
            raise too_late(self._connection, what, self._connection.request_timeout) from error
        except (errors.KafkaError, OSError) as error:
            await self._discard(client, f"{what}: {error!r}")
            raise explained(error, self._connection, what) from error
        finally:
            for future in sent:
                future.cancel()  # those that are not done: nobody asks for them any more
        failed = [result for result in done if isinstance(result, BaseException)]
        if failed:
            await self._discard(client, f"{what}: {failed[0]!r}")
            if self._closed:
                raise LogClosed("the log is closed")
            if any(
                isinstance(error, errors.MessageSizeTooLargeError | errors.RecordListTooLargeError) for error in failed
            ):
                raise TooLarge
            raise explained(failed[0], self._connection, what) from failed[0]
        return [(result.partition, result.offset) for result in done if not isinstance(result, BaseException)]

    async def _send(self, client: Any, topic: str, partitions: int, record: Record) -> "asyncio.Future[RecordMetadata]":
        at = None if record.timestamp is None else to_milliseconds(record.timestamp)
        headers = [(name, value.encode()) for name, value in record.headers.items()]
        sent: asyncio.Future[RecordMetadata] = await client.send(
            topic,
            record.value,
            record.key.encode(),
            partition=partition_of(record.key, partitions),
            timestamp_ms=at,
            headers=headers,
        )
        return sent

    async def close(self) -> None:
        self._closed = True
        client, self._client = self._client, None
        if client is not None:
            await abandon(client, graceful=True)
            _give_up(client)
        if self._leaving:
            await asyncio.wait(self._leaving)

    async def _started(self) -> Any:
        async with self._starting:
            if self._closed:
                raise LogClosed("the log is closed")
            if self._client is None:
                client = AIOKafkaProducer(
                    **self._connection.client(self._name),
                    acks="all",
                    enable_idempotence=True,
                    max_batch_size=BATCH_BYTES,
                    max_request_size=MAX_REQUEST_BYTES,
                    linger_ms=LINGER * 1000,
                    compression_type="zstd",
                )
                try:
                    async with within(self._connection, "append"):
                        await begin(client)
                except BaseException:
                    await abandon(client, graceful=False)
                    raise
                self._client = client
            return self._client

    async def _discard(self, client: Any, why: str) -> None:
        """Whoever else waits on this client is told at once, and appends again through the next one."""
        if self._client is not client:
            return
        self._client = None
        if not self._closed:
            metrics.client_rebuilds.labels("producer").inc()
            structlog.get_logger().warning("the producer is made anew", cause=why)
        _give_up(client)
        leaving = asyncio.create_task(abandon(client, graceful=False))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _take_room(self, size: int, deadline: float) -> None:
        try:
            async with asyncio.timeout_at(deadline):
                while self._waiting_bytes > MAX_WAITING_BYTES:
                    self._room.clear()
                    await self._room.wait()
        except TimeoutError:
            raise LogUnavailable(
                f"{self._connection}: {self._waiting_bytes} bytes wait for the brokers already; no room for more"
            ) from None
        self._waiting_bytes += size


def _give_up(client: Any) -> None:
    """Tell all who wait on what it still holds."""
    client._message_accumulator.fail_all(errors.ProducerClosed())
