"""Other processes on the same database: they see each other, take turns, and may be killed at any moment."""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from service.storage import Storage, open_storage, upgrade
from tests.contract.storage.writer import STORIES, series

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def process(what: str, address: str, folder: Path, name: str = "w") -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.contract.storage.writer",
        what,
        address,
        str(folder),
        name,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def said(running: asyncio.subprocess.Process, lines: int) -> list[int]:
    assert running.stdout
    async with asyncio.timeout(60):
        return [int(line) for line in [await running.stdout.readline() for _ in range(lines)] if line]


async def test_two_processes_that_write_all_the_time_both_get_on(
    storage: Storage, address: str, tmp_path: Path
) -> None:
    async with process("sources", address, tmp_path, "a") as one, process("sources", address, tmp_path, "b") as two:
        await asyncio.gather(said(one, 5), said(two, 5))
        await asyncio.gather(said(one, 40), said(two, 40))
        found = [source.id for source, _ in (await storage.sources.list(limit=1000)).items]
    assert {"a-44", "b-44"} <= set(found)


@pytest.mark.slow
async def test_what_was_committed_survives_a_kill(address: str, tmp_path: Path) -> None:
    chance, promised = random.Random(7), 0
    await upgrade(address, tmp_path)
    for life in range(4):
        async with process("sources", address, tmp_path, f"life{life}") as running:
            lines = await said(running, chance.randint(1, 30))
            running.send_signal(signal.SIGKILL)
            assert running.stdout
            lines += [int(line) for line in (await running.stdout.read()).splitlines() if line.isdigit()]
        promised += len(lines)
    async with open_storage(address, tmp_path) as storage:
        kept = {source.id for source, _ in (await storage.sources.list(limit=1000)).items}
    assert promised <= len(kept) <= promised + 4
    assert {f"life{life}-0" for life in range(4)} <= kept


@pytest.mark.slow
async def test_alerts_are_raised_exactly_once_however_often_the_service_is_killed(address: str, tmp_path: Path) -> None:
    chance, lives = random.Random(3), 0
    await upgrade(address, tmp_path)
    async with open_storage(address, tmp_path) as storage:
        while (await storage.positions.get("extraction_to_alert", "extractions", 0) or 0) < len(series()):
            lives += 1
            async with process("alerts", address, tmp_path) as running:
                await said(running, chance.randint(3, 9))
                await asyncio.sleep(chance.random() * 0.03)
                if running.returncode is None:
                    running.send_signal(signal.SIGKILL)
        alerts = (await storage.alerts.list(limit=1000)).items
        deliveries = (await storage.deliveries.list(limit=1000)).items
        stories = (await storage.stories.list(limit=1000)).items
        articles = (await storage.articles.list(limit=1000)).items
    assert lives > 3
    assert len({alert.story.id for alert in alerts}) == len(alerts) == len(deliveries) == len(stories) == STORIES
    assert {alert.revision for alert in alerts} == {0}
    assert len(articles) == len(series())
    assert all(len(alert.also_reported_by) == 2 for alert in alerts)


async def test_a_failed_or_cancelled_transaction_leaves_nothing_and_blocks_nobody(storage: Storage) -> None:
    entered = asyncio.Event()

    async def hang() -> None:
        async with storage.write() as transaction:
            await storage.positions.move(transaction, "r", "t", 0, 0, 1)
            entered.set()
            await asyncio.sleep(3600)

    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async def fail() -> None:
        async with storage.write() as transaction:
            await storage.positions.move(transaction, "r", "t", 0, 0, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await storage.positions.get("r", "t", 0) is None
    await storage.positions.reset("r", "t", 0, 7)
    assert await storage.positions.get("r", "t", 0) == 7
