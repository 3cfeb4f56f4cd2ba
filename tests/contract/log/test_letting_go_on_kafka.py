"""Work that is under way when a group is dealt out anew, and work that takes longer than a client may be silent."""

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from service.log import Reader, Record
from service.log.kafka import membership
from tests.contract.log.reading import PATIENCE, joined
from tests.contract.log.test_group_on_kafka import opened, rebalances

LONG = 30.0
"""Seconds of a session: half of what is granted for letting go of it is more than the test takes."""
SILENCE = 4.0


async def take(reader: Reader, seen: Counter[str]) -> dict[object, int]:
    """What one poll brings; the offset after it, by partition."""
    found = await reader.poll(wait=0.2, max_records=4)
    seen.update(record.value.decode() for batch in found for record in batch.records)
    return {batch.source: batch.next_offset for batch in found}


async def test_a_partition_does_not_move_while_its_work_can_still_be_finished(kafka_url: str, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    async with (
        opened(kafka_url, tmp_path, session_timeout=LONG) as log,
        log.reader("moving", ["wide"]) as first,
        asyncio.timeout(PATIENCE),
    ):
        await log.create_topics({"wide": 4})
        await log.append("wide", [Record(f"key {n}", str(n).encode()) for n in range(40)])
        await joined(first)
        todo: dict[object, int] = {}
        while len(todo) < 4:
            todo |= await take(first, seen)
            first.pause(todo.keys() & first.assignment)  # type: ignore[arg-type]
        before = rebalances("moving")
        async with log.reader("moving", ["wide"]) as second:
            while rebalances("moving") == before:
                await asyncio.gather(take(first, seen), take(second, seen))
            for _ in range(5):
                await asyncio.gather(take(first, seen), take(second, seen))
            await first.commit(todo)  # type: ignore[arg-type]
            first.resume(first.assignment)
            while len(seen) < 40:
                for reader, offsets in zip(
                    (first, second), await asyncio.gather(take(first, seen), take(second, seen)), strict=True
                ):
                    if offsets:
                        await reader.commit(offsets)  # type: ignore[arg-type]
    assert set(seen.values()) == {1}


async def test_long_work_is_no_silence_while_it_is_polled_with_all_paused(
    kafka_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "MAX_POLL_INTERVAL", SILENCE)
    seen: Counter[str] = Counter()
    async with opened(kafka_url, tmp_path, session_timeout=LONG) as log, log.reader("long", ["one"]) as reader:
        await log.create_topics({"one": 1})
        await log.append("one", [Record("k", b"1")])
        await joined(reader)
        todo: dict[object, int] = {}
        async with asyncio.timeout(PATIENCE):
            while not todo:
                todo = await take(reader, seen)
        reader.pause(reader.assignment)
        before, end = rebalances("long"), time.monotonic() + 2.5 * SILENCE
        while time.monotonic() < end:
            assert await take(reader, seen) == {}
        await reader.commit(todo)  # type: ignore[arg-type]
        assert rebalances("long") == before, "the client has kept its place"
