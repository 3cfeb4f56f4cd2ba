from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from service.contracts import Alert, Channels, DeliveryTry, Rule, Subscription, Webhook
from service.errors import NotFound
from service.rules import new_subscription
from service.storage import Storage
from service.storage.outbox import Claim, delivery_id
from service.storage.stories import NewStory
from tests.unit.delivering.alerts import alert_of
from tests.unit.matching.article_maker import written

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def subscriber(*, url: str = "https://hook.example/", console: bool = False) -> Subscription:
    channels = Channels(webhook=Webhook(url=url), console=console)
    return new_subscription(f"to {url}", Rule(pair=("Q232", "Q159")), channels, NOW)


async def put(storage: Storage, who: Subscription, number: int = 1, due_at: datetime = NOW) -> Alert:
    alert = alert_of(who, number=number)
    async with storage.write() as transaction:
        told = await storage.alerts.revisions(transaction, [alert.story.id])
        if not told:
            await storage.stories.begin(transaction, [NewStory(alert.story.id, written("x"), b"")])
        added = await storage.alerts.add(transaction, [alert])
        await storage.outbox.put(transaction, [(one, who) for one in added], due_at)
    return alert


async def claim(storage: Storage, now: datetime = NOW, lease: str = "me", **more: object) -> Sequence[Claim]:
    return await storage.outbox.claim(now, 100, lease, 60.0, **more)  # type: ignore[arg-type]


def tried(status: int = 200) -> DeliveryTry:
    return DeliveryTry(at=NOW, status=status, seconds=0.1)


async def test_an_alert_is_put_once_a_channel_with_an_id_of_its_own(storage: Storage) -> None:
    who = subscriber(console=True)
    alert = await put(storage, who)
    await put(storage, who)
    found = await claim(storage)
    assert {one.id for one in found} == {
        delivery_id(alert.id, "https://hook.example/"),
        delivery_id(alert.id, "console"),
    }
    assert [one.alert for one in found] == [alert, alert]


async def test_what_is_claimed_is_nobody_elses_until_the_lease_runs_out(storage: Storage, other: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage)
    assert await claim(other, lease="other") == []
    (theirs,) = await claim(other, NOW + timedelta(seconds=61), lease="other")
    assert theirs.id == mine.id
    assert not await storage.outbox.settle(mine, tried(), "delivered")
    assert (await storage.deliveries.get(mine.id)).state == "pending"
    assert await other.outbox.settle(theirs, tried(), "delivered")
    receipt = await storage.deliveries.get(mine.id)
    assert receipt.state == "delivered"
    assert len(receipt.tries) == 2


async def test_a_released_claim_is_free_at_once(storage: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage)
    await storage.outbox.release(mine)
    assert [one.attempt for one in await claim(storage)] == [0]


async def test_nothing_is_claimed_before_it_is_due(storage: Storage) -> None:
    await put(storage, subscriber(), due_at=LATER)
    assert await claim(storage) == []
    assert await storage.outbox.next_due_at() == LATER
    assert len(await claim(storage, LATER)) == 1
    assert await storage.outbox.next_due_at() == LATER + timedelta(seconds=60)


async def test_a_claim_is_shared_out_between_endpoints(storage: Storage) -> None:
    for url in ("https://a.example/", "https://b.example/"):
        for number in range(3):
            await put(storage, subscriber(url=url), number=number)
    assert len(await claim(storage, exclude=("https://b.example/",))) == 1
    found = await claim(storage, per_endpoint=2, only=("https://a.example/",))
    assert {one.endpoint for one in found} == {"https://a.example/"}
    assert len(found) == 2
    assert len(await claim(storage, per_endpoint=9)) == 3


async def test_tries_are_kept_in_order_with_what_came_back(storage: Storage) -> None:
    await put(storage, subscriber())
    for status in (500, 503, 200):
        (mine,) = await claim(storage)
        await storage.outbox.settle(mine, tried(status), "delivered" if status == 200 else "pending", NOW)
    receipt = await storage.deliveries.get(mine.id)
    assert [one.status for one in receipt.tries] == [500, 503, 200]
    assert (receipt.state, receipt.delivered_at) == ("delivered", NOW)
    assert await claim(storage) == []


async def test_a_given_up_endpoint_gets_nothing_until_it_is_asked_for(storage: Storage) -> None:
    who = subscriber()
    for number in (1, 2):
        await put(storage, who, number)
    first, _ = await claim(storage, per_endpoint=2)
    await storage.outbox.settle(first, tried(410), "disabled")
    await put(storage, who, 3)
    assert {one.state for one in (await storage.deliveries.list()).items} == {"disabled"}
    await storage.subscriptions.add(who)
    await put(storage, who, 4)
    (again,) = await claim(storage)
    assert again.alert.story.id == "story4"


async def test_replaying_keeps_the_id_and_begins_the_schedule_anew(storage: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage)
    await storage.outbox.settle(mine, tried(500), "failed")
    before = await storage.changes.version("outbox")
    assert (await storage.deliveries.replay(mine.id, NOW)).state == "pending"
    assert await storage.changes.version("outbox") > before
    (again,) = await claim(storage)
    assert (again.id, again.attempt) == (mine.id, 0)
    with pytest.raises(NotFound, match="no delivery"):
        await storage.deliveries.replay("nothing")


async def test_what_a_removed_subscription_still_had_to_send_is_given_up(storage: Storage) -> None:
    who = subscriber()
    await storage.subscriptions.add(who)
    alert = await put(storage, who)
    await storage.subscriptions.remove(who.name)
    assert await claim(storage) == []
    assert (await storage.alerts.get(alert.id)) == alert
    assert (await storage.alerts.list(subscription=who.name)).items == (alert,)


async def test_deliveries_are_listed_page_by_page(storage: Storage) -> None:
    for number in range(5):
        await put(storage, subscriber(), number)
    first = await storage.deliveries.list(limit=3)
    second = await storage.deliveries.list(limit=3, cursor=first.next)
    assert len({one.id for one in (*first.items, *second.items)}) == 5
    assert second.next is None
    assert (await storage.deliveries.list(state="delivered")).items == ()


async def test_alerts_stream_in_order_of_commit(storage: Storage) -> None:
    raised = [await put(storage, subscriber(), number) for number in range(4)]
    stream = await storage.alerts.after(0)
    assert [alert for _, alert in stream] == raised
    place = await storage.alerts.number_of(raised[1].id)
    assert place is not None
    assert [alert for _, alert in await storage.alerts.after(place)] == raised[2:]
    assert [number for number, _ in stream] == sorted(number for number, _ in stream)
    assert await storage.alerts.number_of("nothing") is None
    with pytest.raises(NotFound):
        await storage.alerts.get("nothing")
