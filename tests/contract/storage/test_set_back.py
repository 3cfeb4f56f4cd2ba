"""The clock was an hour ahead and is right again: nothing waits that hour."""

from datetime import timedelta

from service.contracts import DeliveryTry, PollState
from service.storage import Storage
from tests.contract.storage.test_deliveries import NOW, claim, put, subscriber
from tests.contract.storage.test_sources import feed

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def polled(storage: Storage, number: int, last: timedelta, following: timedelta) -> str:
    await storage.sources.add(feed(number))
    state = PollState(state="ok", last_poll_at=NOW + last, next_poll_at=NOW + following)
    await storage.sources.save_state(feed(number).id, state)
    return feed(number).id


async def next_poll(storage: Storage, source: str) -> timedelta:
    _, state = await storage.sources.get(source)
    assert state.next_poll_at is not None
    return state.next_poll_at - NOW


async def test_a_feed_that_was_polled_in_the_future_keeps_its_interval_from_now(storage: Storage) -> None:
    ahead = await polled(storage, 1, HOUR, HOUR + 5 * MINUTE)
    assert await storage.set_right(NOW) == 1
    assert await next_poll(storage, ahead) == 5 * MINUTE
    assert await storage.set_right(NOW) == 0
    due = await storage.sources.due(NOW + 5 * MINUTE, 10)
    assert [source.id for source, _ in due] == [ahead]


async def test_a_feed_that_was_polled_in_the_past_waits_as_long_as_it_was_to(storage: Storage) -> None:
    calm = await polled(storage, 1, -MINUTE, 24 * HOUR)
    skewed = await polled(storage, 2, timedelta(seconds=30), HOUR)
    assert await storage.set_right(NOW) == 0
    assert await next_poll(storage, calm) == 24 * HOUR
    assert await next_poll(storage, skewed) == HOUR


async def test_a_delivery_keeps_the_wait_since_its_last_try(storage: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage, NOW + HOUR)
    tried = DeliveryTry(at=NOW + HOUR, status=503, seconds=0.1)
    await storage.outbox.settle(mine, tried, "pending", NOW + HOUR + 5 * MINUTE)
    assert await storage.set_right(NOW) == 1
    assert await storage.outbox.next_due_at() == NOW + 5 * MINUTE


async def test_a_delivery_put_off_in_the_present_is_left_alone(storage: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage)
    await storage.outbox.settle(mine, DeliveryTry(at=NOW, status=503, seconds=0.1), "pending", NOW + 2 * HOUR)
    assert await storage.set_right(NOW) == 0
    assert await storage.outbox.next_due_at() == NOW + 2 * HOUR


async def test_a_lease_from_the_future_does_not_hold_a_delivery(storage: Storage) -> None:
    await put(storage, subscriber())
    await claim(storage, NOW + HOUR, lease="dead")
    assert await claim(storage) == []
    await storage.set_right(NOW)
    assert len(await claim(storage)) == 1


async def test_a_lease_of_now_is_kept(storage: Storage) -> None:
    await put(storage, subscriber())
    await claim(storage)
    await storage.set_right(NOW)
    assert await claim(storage, lease="other") == []
