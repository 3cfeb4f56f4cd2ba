"""alert_to_delivery against a real receiver and a real database."""

import asyncio
import base64
import hashlib
import hmac
import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from consumers.alert_to_delivery import AlertToDelivery
from consumers.delivering import Console
from consumers.stories import Known
from service.contracts import Channels, Delivery, Rule, Subscription, Webhook
from service.http import HttpClient
from service.rules import new_subscription
from service.settings import DeliverySettings, HttpSettings
from service.storage import Storage, open_storage
from service.storage.stories import NewStory
from tests.unit.delivering.alerts import AT, alert_of
from tests.unit.delivering.receiver import RESET, Receiver, receiving
from tests.unit.matching.article_maker import written

KEY = bytes(range(32))
QUICK = (0.0, 0.05, 0.05, 0.05)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with open_storage("", tmp_path) as opened:
        yield opened


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as running:
        yield running


@asynccontextmanager
async def delivering(
    storage: Storage,
    *,
    schedule: Sequence[float] = QUICK,
    deadline: float = 5.0,
    concurrency: int = 20,
    allow: Sequence[str] = ("127.0.0.0/8",),
    stream: io.StringIO | None = None,
    grace: float = 5.0,
) -> AsyncIterator[AlertToDelivery]:
    settings = DeliverySettings(schedule=tuple(schedule), timeout=deadline, concurrency=concurrency)
    async with HttpClient(HttpSettings(allow=tuple(allow))) as http:
        stage = AlertToDelivery(storage, http, settings, Console(stream or io.StringIO()))
        task = asyncio.create_task(stage.run())
        try:
            yield stage
        finally:
            stage.stop(grace)
            await task


async def put(storage: Storage, *urls: str, number: int = 1, secret: Path | None = None, console: bool = False) -> None:
    """An alert with a delivery per URL (and one for the console)."""
    known = Known().to_bytes()
    async with storage.write() as transaction:
        await storage.stories.begin(transaction, [NewStory(f"story{number}", written("x"), known)])
        for url in urls or (None,):
            hook = Webhook(url=url, secret_file=str(secret) if secret else None) if url else None
            rule = Rule(pair=("Q232", "Q159"))
            who: Subscription = new_subscription(f"s {url}", rule, Channels(console=console, webhook=hook), AT)
            alert = alert_of(who, number=number)
            assert await storage.alerts.add(transaction, [alert]) == [alert]
            await storage.outbox.put(transaction, [(alert, who)], datetime.now(UTC))


async def until_state(storage: Storage, state: str) -> list[Delivery]:
    """Deliveries once all of them are in ``state``."""
    return await until(storage, lambda one: one.state == state)


async def until(storage: Storage, wanted: Callable[[Delivery], bool]) -> list[Delivery]:
    """Deliveries once all of them are as wanted."""
    async with asyncio.timeout(20):
        while True:
            found = list((await storage.deliveries.list(limit=1000)).items)
            if found and all(map(wanted, found)):
                return found
            await asyncio.sleep(0.01)


async def test_a_webhook_is_sent_once_with_a_signature_that_others_can_check(
    storage: Storage, receiver: Receiver, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("whsec_" + base64.b64encode(KEY).decode())
    await put(storage, f"{receiver.base}/hook", secret=secret)
    async with delivering(storage):
        (delivery,) = await until_state(storage, "delivered")
    (asked,) = receiver.to("/hook")
    assert asked.headers["webhook-id"] == delivery.id
    content = f"{delivery.id}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert asked.headers["webhook-signature"] == f"v1,{expected}"
    assert asked.headers["content-type"] == "application/json"
    assert [one.status for one in delivery.tries] == [204]
    assert delivery.delivered_at is not None


async def test_a_failed_try_is_repeated_with_the_same_id_and_body(storage: Storage, receiver: Receiver) -> None:
    receiver.plan["/hook"] = [500, (302, {"location": "/elsewhere"}), RESET, 200]
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage):
        (delivery,) = await until_state(storage, "delivered")
    asked = receiver.to("/hook")
    assert len({(one.headers["webhook-id"], one.body) for one in asked}) == 1
    assert "webhook-signature" not in asked[0].headers
    assert [one.status for one in delivery.tries] == [500, 302, None, 200]
    assert "redirects are not followed" in (delivery.tries[1].error or "")
    assert receiver.to("/elsewhere") == []


async def test_when_the_schedule_is_used_up_it_has_failed_and_may_be_replayed(
    storage: Storage, receiver: Receiver
) -> None:
    receiver.plan["/hook"] = [500]
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage):
        (delivery,) = await until_state(storage, "failed")
        assert [one.status for one in delivery.tries] == [500] * 4
        receiver.plan["/hook"] = [200]
        await storage.deliveries.replay(delivery.id)
        (again,) = await until_state(storage, "delivered")
    assert [one.status for one in again.tries] == [500] * 4 + [200]
    assert {one.headers["webhook-id"] for one in receiver.to("/hook")} == {delivery.id}


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_retry_after_is_honoured_in_both_forms(storage: Storage, receiver: Receiver, form: str) -> None:
    at = datetime.now(UTC) + timedelta(hours=1)
    value = "3600" if form == "seconds" else format_datetime(at, usegmt=True)
    receiver.plan["/hook"] = [(429 if form == "seconds" else 503, {"retry-after": value})]
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage):
        await receiver.until("/hook", 1)
        (delivery,) = await until(storage, lambda one: bool(one.tries))
    assert delivery.state == "pending"
    assert delivery.next_try_at is not None
    assert at - timedelta(seconds=2) <= delivery.next_try_at <= at + timedelta(minutes=7)


async def test_an_endpoint_that_wants_quiet_has_it_from_all_deliveries(storage: Storage, receiver: Receiver) -> None:
    receiver.plan["/hook"] = [(429, {"retry-after": "3600"}), 200]
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage):
        (first,) = await until(storage, lambda one: bool(one.tries))
        await put(storage, f"{receiver.base}/hook", number=2)
        hour = first.tries[0].at + timedelta(minutes=59)
        both = await until(storage, lambda one: one.next_try_at is not None and one.next_try_at > hour)
    assert [(one.state, len(one.tries)) for one in both if one.id != first.id] == [("pending", 0)]
    assert len(receiver.to("/hook")) == 1


async def test_a_410_gives_up_the_endpoint_until_it_is_asked_for(storage: Storage, receiver: Receiver) -> None:
    receiver.plan["/hook"] = [410, 200]
    url = f"{receiver.base}/hook"
    await put(storage, url)
    async with delivering(storage):
        (first,) = await until_state(storage, "disabled")
        await put(storage, url, number=2)
        await until_state(storage, "disabled")
        assert len(receiver.to("/hook")) == 1
        await storage.deliveries.replay(first.id)
        await receiver.until("/hook", 2)
        await put(storage, url, number=3)
        await receiver.until("/hook", 3)


async def test_an_internal_address_is_refused(storage: Storage, receiver: Receiver) -> None:
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage, allow=()):
        (delivery,) = await until_state(storage, "failed")
    assert receiver.asked == []
    assert all(one.status is None and one.error for one in delivery.tries)


async def test_a_missing_secret_is_a_failed_try_that_says_so(
    storage: Storage, receiver: Receiver, tmp_path: Path
) -> None:
    await put(storage, f"{receiver.base}/hook", secret=tmp_path / "gone")
    async with delivering(storage):
        (delivery,) = await until_state(storage, "failed")
    assert "the secret cannot be read" in (delivery.tries[0].error or "")
    assert receiver.asked == []


async def test_slow_and_dead_endpoints_hold_up_nobody_else(storage: Storage, receiver: Receiver) -> None:
    slow = [f"{receiver.base}/slow{number}" for number in range(4)]
    for number in range(4):
        receiver.plan[f"/slow{number}"] = [3600.0]
    good = f"{receiver.base}/good"
    async with delivering(storage, concurrency=4, deadline=3000.0, grace=0.1) as stage:
        await put(storage, good)
        await receiver.until("/good", 1)
        await until_state(storage, "delivered")
        for number in range(2, 7):
            await put(storage, *slow, number=number)
        for number in range(4):
            await receiver.until(f"/slow{number}", 1)
        for number in range(7, 17):
            await put(storage, good, number=number)
            stage.wake()
        await receiver.until("/good", 11)
    waiting = [one for one in (await storage.deliveries.list(limit=1000)).items if one.state == "pending"]
    assert len(waiting) == 20
    # Cut off by the stop, they are free for the next to start.
    assert len(await storage.outbox.claim(datetime.now(UTC), 100, "next", 10.0, per_endpoint=100)) == 20


async def test_a_backlog_to_one_endpoint_is_sent_a_few_at_a_time(storage: Storage, receiver: Receiver) -> None:
    receiver.plan["/hook"] = [0.02]
    for number in range(20):
        await put(storage, f"{receiver.base}/hook", number=number)
    async with delivering(storage):
        await until_state(storage, "delivered")
    assert len({one.headers["webhook-id"] for one in receiver.to("/hook")}) == len(receiver.to("/hook")) == 20
    assert receiver.most["/hook"] <= 4


async def test_the_console_gets_whole_blocks_in_order(storage: Storage) -> None:
    for number in range(6):
        await put(storage, number=number, console=True)
    stream = io.StringIO()
    async with delivering(storage, stream=stream):
        deliveries = await until_state(storage, "delivered")
    assert {one.channel for one in deliveries} == {"console"}
    assert stream.getvalue().count("■ s None · new · first · de\n") == 6


async def test_what_another_process_left_unsent_is_sent_at_the_start(storage: Storage, receiver: Receiver) -> None:
    await put(storage, f"{receiver.base}/hook")
    assert await storage.outbox.claim(datetime.now(UTC), 10, "dead process", 3600.0)
    async with delivering(storage):
        await until_state(storage, "delivered")


async def test_a_try_that_takes_longer_than_its_lease_stays_ours(
    storage: Storage, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consumers.alert_to_delivery.LEASE", 0.5)
    monkeypatch.setattr("service.storage.leases.LEASE", 0.5)
    monkeypatch.setattr("service.storage.leases.RENEW_EVERY", 0.05)
    receiver.plan["/hook"] = [1.5]
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage):
        await receiver.until("/hook", 1)
        for _ in range(10):
            assert await storage.outbox.claim(datetime.now(UTC), 10, "theirs", 60) == []
            await asyncio.sleep(0.1)
        await until_state(storage, "delivered")
    assert len(receiver.to("/hook")) == 1


async def test_a_receipt_of_a_lost_lease_changes_no_state(storage: Storage, receiver: Receiver) -> None:
    receiver.plan["/hook"] = [1.0]
    await put(storage, f"{receiver.base}/hook")
    async with delivering(storage):
        (asked,) = await receiver.until("/hook", 1)
        await storage.deliveries.replay(asked.headers["webhook-id"])
        await receiver.until("/hook", 2)
        (delivery,) = await until_state(storage, "delivered")
    assert {one.headers["webhook-id"] for one in receiver.to("/hook")} == {delivery.id}
