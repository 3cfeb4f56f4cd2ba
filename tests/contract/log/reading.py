"""Reading from any engine: one that asks brokers may take some polls for what another gives with the first."""

import asyncio
from typing import Any

from service.log import Reader, RecordBatch

PATIENCE = 60.0
SHORT = 0.3
"""Seconds of a poll that should bring nothing; long enough for a broker to have answered."""


async def joined(reader: Reader) -> None:
    """Until it has partitions."""
    async with asyncio.timeout(PATIENCE):
        while not reader.assignment:
            assert await reader.poll(wait=SHORT) == []


async def batches(reader: Reader, **limits: Any) -> list[RecordBatch]:
    """Of the next poll that brings anything."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await reader.poll(wait=1.0, **limits)):
            pass
    return found


async def values(reader: Reader, count: int) -> list[str]:
    """Of the next ``count`` records, in the order they come; no more may be there."""
    found: list[str] = []
    while len(found) < count:
        found += [record.value.decode() for batch in await batches(reader) for record in batch.records]
    return found
