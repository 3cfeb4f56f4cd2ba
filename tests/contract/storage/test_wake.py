"""What one process puts into the outbox of a server wakes those who wait for it in others."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from consumers import alert_to_delivery
from consumers.alert_to_delivery import AlertToDelivery
from service.http import HttpClient
from service.settings import DeliverySettings, HttpSettings
from service.storage import Storage, wake
from service.storage.server import LISTENS
from tests.contract.storage.test_deliveries import claim, put, subscriber, tried
from tests.unit.delivering.receiver import receiving

PATIENCE = 60.0
BACKENDS = f"FROM pg_stat_activity WHERE application_name = '{LISTENS}' AND datname = current_database()"


@pytest.fixture
def engine() -> str:
    """A file tells nobody."""
    return "postgresql"


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if so():
                return
            await asyncio.sleep(0.01)


@asynccontextmanager
async def listener(storage: Storage) -> AsyncIterator[list[None]]:
    """The times it was woken, once it listens."""
    times: list[None] = []
    async with storage.outbox.told(lambda: times.append(None)):
        await until(lambda: bool(times))
        times.clear()
        yield times


async def until_connected(storage: Storage, connections: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with storage.write() as transaction:
                if (await transaction.execute(text(f"SELECT count(*) {BACKENDS}"))).scalar_one() == connections:
                    return
            await asyncio.sleep(0.01)


async def test_a_put_in_one_connection_wakes_a_waiter_in_another(storage: Storage, other: Storage) -> None:
    async with listener(other) as times:
        await put(storage, subscriber())
        await until(lambda: bool(times))
        assert len(await claim(other)) == 1


async def test_what_is_taken_back_wakes_nobody(storage: Storage, other: Storage) -> None:
    async def taken_back() -> None:
        async with storage.write() as transaction:
            await wake.call(transaction)
            raise LookupError

    async with listener(other) as times:
        with pytest.raises(LookupError):
            await taken_back()
        await put(storage, subscriber())
        await until(lambda: bool(times))
        assert len(times) == 1


async def test_a_replay_wakes_too(storage: Storage, other: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage)
    await storage.outbox.settle(mine, tried(), "delivered")
    async with listener(other) as times:
        await storage.deliveries.replay(mine.id)
        await until(lambda: bool(times))


async def test_a_lost_connection_is_made_anew_and_what_came_meanwhile_is_told(
    storage: Storage, other: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "FIRST_WAIT", 0.05)
    async with listener(other) as times:
        for _ in range(2):
            async with storage.write() as transaction:
                await transaction.execute(text(f"SELECT pg_terminate_backend(pid) {BACKENDS}"))
            await until(lambda: bool(times))
            times.clear()
        await put(storage, subscriber())
        await until(lambda: bool(times))
    await until_connected(storage, 0)


async def test_a_server_that_does_not_answer_holds_nobody_up() -> None:
    asked, times = asyncio.Event(), list[None]()

    async def connect() -> None:
        asked.set()
        await asyncio.Event().wait()

    async with asyncio.timeout(PATIENCE):
        async with wake.listening(connect, lambda: times.append(None)):
            await asked.wait()
    assert times == []


async def test_a_deliverer_that_never_looks_by_itself_sends_what_another_process_put(
    storage: Storage, other: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_to_delivery, "LOOK_EVERY", 3600.0)
    async with receiving() as receiver, HttpClient(HttpSettings(allow=("127.0.0.0/8",))) as http:
        stage = AlertToDelivery(other, http, DeliverySettings())
        running = asyncio.create_task(stage.run())
        await until_connected(storage, 1)
        for number in range(3):
            await put(storage, subscriber(url=f"{receiver.base}/hook"), number)
            await until(lambda number=number: len(receiver.to("/hook")) == number + 1)
        stage.stop(5.0)
        await running
