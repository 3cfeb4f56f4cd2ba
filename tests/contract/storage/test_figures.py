"""What the database tells the metrics."""

from datetime import timedelta

from service.contracts import PollState, Source
from service.storage import Storage
from tests.contract.storage.test_deliveries import NOW, claim, put, subscriber, tried


def source(number: int) -> Source:
    return Source(id=f"s{number}", url=f"https://feed-{number}.example/", added_at=NOW - timedelta(days=30 + number))


async def test_an_empty_database_has_nothing_waiting(storage: Storage) -> None:
    outbox, sources = await storage.figures.outbox(NOW), await storage.figures.sources(NOW)
    assert (outbox.waiting, outbox.due, outbox.oldest_raised_at, outbox.oldest_due_at) == (0, 0, None, None)
    assert (sources.by_state, sources.due, sources.oldest_due_at, sources.stale) == ({}, 0, None, 0)


async def test_what_waits_in_the_outbox_and_what_of_it_is_due(storage: Storage) -> None:
    first = await put(storage, subscriber(), 1, NOW - timedelta(minutes=3))
    await put(storage, subscriber(), 2, NOW + timedelta(minutes=3))
    figures = await storage.figures.outbox(NOW)
    assert (figures.waiting, figures.due) == (2, 1)
    assert figures.oldest_raised_at == first.raised_at
    assert figures.oldest_due_at == NOW - timedelta(minutes=3)


async def test_what_is_delivered_waits_no_longer(storage: Storage) -> None:
    await put(storage, subscriber(), 1, NOW)
    (mine,) = await claim(storage)
    await storage.outbox.settle(mine, tried(), "delivered")
    figures = await storage.figures.outbox(NOW)
    assert (figures.waiting, figures.due, figures.oldest_raised_at) == (0, 0, None)


async def test_feeds_by_state_with_those_that_are_due_and_stale(storage: Storage) -> None:
    await storage.sources.add(*map(source, range(6)))
    later, earlier = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
    long_ago, lately = NOW - timedelta(hours=7), NOW - timedelta(hours=5)
    states = {
        "s0": PollState(state="ok", last_ok_at=long_ago, next_poll_at=later),
        "s1": PollState(state="ok", last_ok_at=lately, next_poll_at=earlier),
        "s2": PollState(state="failing", last_ok_at=long_ago, next_poll_at=later),
        "s3": PollState(state="failing", last_ok_at=lately, next_poll_at=later),
        "s4": PollState(state="failing", next_poll_at=later),
        "s5": PollState(state="gone"),
    }
    for identity, state in states.items():
        await storage.sources.save_state(identity, state)
    figures = await storage.figures.sources(NOW)
    assert figures.by_state == {"ok": 2, "failing": 3, "gone": 1}
    assert (figures.due, figures.oldest_due_at) == (1, earlier)
    assert figures.stale == 2


async def test_a_feed_never_asked_is_due_since_it_was_added(storage: Storage) -> None:
    await storage.sources.add(source(1))
    figures = await storage.figures.sources(NOW)
    assert (figures.due, figures.oldest_due_at) == (1, NOW - timedelta(days=31))
