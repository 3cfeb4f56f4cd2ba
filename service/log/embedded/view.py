"""Looking into the log from another process than the one that writes it."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import NoReturn, Self

from service.errors import WirewatchError
from service.log.embedded import reads
from service.log.embedded.reads import Reads
from service.log.protocol import POLL_BYTES, POLL_RECORDS, Reader
from service.log.records import OffsetRange, Position, Record, StoredRecord, TopicPartition


class EmbeddedView:
    """A log that can only be looked at: ``append`` and ``reader`` raise. Without a file it is empty."""

    def __init__(self, data: Path) -> None:
        self._path = data / "log.db"

    async def __aenter__(self) -> Self:
        self._reads = Reads(self._path)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reads.stop()
        await asyncio.to_thread(self._reads.join)

    async def topics(self) -> dict[str, int]:
        return await self._reads.run(reads.topics)

    async def fetch(
        self, source: TopicPartition, offset: int, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES
    ) -> list[StoredRecord]:
        found, _ = await self._reads.run(lambda db: reads.fetch(db, source, offset, max_records, max_bytes))
        return found

    async def offsets(self, topic: str) -> dict[TopicPartition, OffsetRange]:
        return await self._reads.run(partial(reads.offsets, topic=topic))

    async def committed(self, group: str, topic: str) -> dict[TopicPartition, int]:
        return await self._reads.run(partial(reads.committed, group=group, topic=topic))

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        self._refuse()

    async def append(self, topic: str, records: Sequence[Record]) -> list[Position]:
        self._refuse()

    def reader(
        self, group: str, topics: Sequence[str], *, member: str | None = None
    ) -> AbstractAsyncContextManager[Reader]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise WirewatchError(f"{self._path} was opened for reading only")
