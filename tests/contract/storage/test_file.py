"""What is particular to a database file: one queue of writers, turns between processes, a short write-ahead file."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.errors import Transient
from service.storage import Storage, open_storage
from service.storage.turn import Turn


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with open_storage("", tmp_path) as opened:
        yield opened


async def test_many_writers_in_one_process_stand_in_line(storage: Storage) -> None:
    order: list[int] = []

    async def write(number: int) -> None:
        async with storage.write() as transaction:
            await storage.positions.move(transaction, "r", "t", number, 0, 1)
            order.append(number)

    await asyncio.gather(*(write(number) for number in range(50)))
    assert order == list(range(50))


async def test_who_waits_too_long_for_another_process_is_told_to_come_again(tmp_path: Path) -> None:
    first, second = Turn(tmp_path / "db"), Turn(tmp_path / "db", patience=0.05)
    async with first.take():
        with pytest.raises(Transient, match="busy"):
            async with second.take():
                pass
    async with second.take():
        pass
    first.close()
    second.close()


async def test_the_write_ahead_file_stays_small(storage: Storage, tmp_path: Path) -> None:
    for number in range(30):
        async with storage.write() as transaction:
            await transaction.exec_driver_sql("CREATE TABLE IF NOT EXISTS ballast (x BLOB)")
            await transaction.exec_driver_sql(f"INSERT INTO ballast VALUES (zeroblob({1_000_000 + number}))")
    assert (tmp_path / "wirewatch.db-wal").stat().st_size < 8_000_000
