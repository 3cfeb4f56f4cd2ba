"""What is particular to a server: many transactions at once, restarts in the middle, a server that is away."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.errors import Transient
from service.settings import StorageSettings
from service.storage import open_storage, upgrade
from tests.parts.missing import needed
from tests.parts.postgres import Postgres, postgres

PATIENCE = 120.0


@pytest.fixture(scope="module")
def own_server() -> Iterator[Postgres]:
    """One that may be restarted."""
    with needed(), postgres() as server:
        yield server


async def test_transactions_of_one_process_go_at_the_same_time(postgres_url: str, tmp_path: Path) -> None:
    await upgrade(postgres_url, tmp_path)
    async with open_storage(StorageSettings(url=postgres_url, connections=6), tmp_path) as storage:
        inside = asyncio.Barrier(3)

        async def write(partition: int) -> None:
            async with storage.write() as transaction:
                await storage.positions.move(transaction, "r", "t", partition, 0, 1)
                await inside.wait()

        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(write(partition) for partition in range(3)))


async def test_a_restart_inside_a_transaction_is_waited_out_and_leaves_nothing_half_done(
    own_server: Postgres, tmp_path: Path
) -> None:
    url = own_server.database()
    await upgrade(url, tmp_path)
    async with open_storage(url, tmp_path) as storage:

        async def interrupted() -> None:
            async with storage.write() as transaction:
                assert await storage.positions.move(transaction, "r", "t", 0, 0, 5)
                await asyncio.to_thread(own_server.restart)
                await storage.positions.move(transaction, "r", "t", 1, 0, 5)

        with pytest.raises(Transient, match="the database does not answer"):
            await interrupted()
        # Who tries again gets through, on a connection made anew.
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with storage.write() as transaction:
                        assert await storage.positions.move(transaction, "r", "t", 0, 0, 5)
                    break
                except Transient:
                    await asyncio.sleep(0.1)
        assert await storage.positions.get("r", "t", 0) == 5
        assert await storage.positions.get("r", "t", 1) is None


async def test_while_a_server_is_away_reads_and_writes_say_so_and_then_go_on(
    own_server: Postgres, tmp_path: Path
) -> None:
    url = own_server.database()
    await upgrade(url, tmp_path)
    async with open_storage(url, tmp_path) as storage:
        await asyncio.to_thread(own_server.stop)
        try:
            with pytest.raises(Transient):
                await storage.changes.version("sources")
            with pytest.raises(Transient):
                await storage.positions.reset("r", "t", 0, 7)
        finally:
            await asyncio.to_thread(own_server.start)
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await storage.positions.reset("r", "t", 0, 7)
                    break
                except Transient:
                    await asyncio.sleep(0.1)
        assert await storage.positions.get("r", "t", 0) == 7


async def test_a_statement_that_takes_too_long_is_given_up(postgres_url: str, tmp_path: Path) -> None:
    await upgrade(postgres_url, tmp_path)
    settings = StorageSettings(url=postgres_url, statement_timeout=0.3)
    async with open_storage(settings, tmp_path) as storage:
        with pytest.raises(Transient, match="statement timeout"):
            async with storage.write() as transaction:
                await transaction.execute(text("SELECT pg_sleep(60)"))
        assert await storage.positions.get("r", "t", 0) is None
