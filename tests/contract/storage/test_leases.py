"""What several workers share: feeds in work, turns at sites, quiet times of receivers, many small writes."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from service.contracts import PollState
from service.errors import NotFound
from service.storage import Storage
from service.storage.together import Together
from tests.contract.storage.test_deliveries import claim, put, subscriber, tried
from tests.contract.storage.test_sources import entry, feed

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SOON = NOW + timedelta(seconds=30)
EXPIRED = NOW + timedelta(seconds=61)


async def take(storage: Storage, lease: str, now: datetime = NOW) -> list[str]:
    found = [source.id for source, _ in await storage.sources.due(now, 10)]
    return [source.id for source, _ in await storage.sources.claim(found, now, lease, 60.0)]


async def test_a_feed_in_work_is_not_due_elsewhere_until_its_lease_runs_out(storage: Storage, other: Storage) -> None:
    await storage.sources.add(feed(1))
    assert await take(storage, "mine") == [feed(1).id]
    assert await take(other, "theirs", SOON) == []
    assert await other.sources.claim([feed(1).id], SOON, "theirs", 60.0) == []
    assert await take(other, "theirs", EXPIRED) == [feed(1).id]


async def test_who_has_lost_a_feed_keeps_nothing_of_it(storage: Storage, other: Storage) -> None:
    await storage.sources.add(feed(1))
    await take(storage, "mine")
    await take(other, "theirs", EXPIRED)
    late = PollState(state="ok", polls=7)
    assert not await storage.sources.save_state(feed(1).id, late, [entry("a")], lease="mine")
    with pytest.raises(NotFound):
        await storage.sources.remember_entries(feed(1).id, [entry("a")], NOW, lease="mine")
    await storage.sources.release(feed(1).id, "mine")
    assert (await storage.sources.get(feed(1).id))[1].polls == 0
    assert await other.sources.save_state(feed(1).id, late, [entry("b")], lease="theirs")
    assert [row.key for row in await storage.sources.known_entries(feed(1).id)] == ["b"]


async def test_a_lease_is_held_on_renewed_and_given_back(storage: Storage, other: Storage) -> None:
    await storage.sources.add(feed(1))
    await take(storage, "mine")
    assert await storage.sources.save_state(feed(1).id, PollState(), lease="mine", hold=True)
    await storage.sources.renew([feed(1).id], SOON, "mine", 60.0)
    assert await take(other, "theirs", EXPIRED) == []
    assert await storage.sources.save_state(feed(1).id, PollState(), lease="mine")
    assert await take(other, "theirs", EXPIRED) == [feed(1).id]
    await other.sources.release(feed(1).id, "theirs")
    assert await take(storage, "mine", EXPIRED) == [feed(1).id]


async def test_who_begins_breaks_no_lease_of_the_living_on_a_server(storage: Storage, engine: str) -> None:
    await storage.sources.add(feed(1))
    await put(storage, subscriber())
    await take(storage, "living")
    await claim(storage, lease="living")
    await storage.sources.break_leases()
    await storage.outbox.break_leases()
    alone = engine == "sqlite"
    assert await take(storage, "new") == [feed(1).id] * alone
    assert len(await claim(storage, lease="new")) == alone


async def test_a_turn_at_a_site_is_one_processes_and_leaves_room(storage: Storage, other: Storage) -> None:
    assert await storage.sites.take("example.org", "one", 60.0) == (0.0, 0.0)
    wait, quiet = await other.sites.take("example.org", "two", 60.0)
    assert (wait > 0, quiet) == (True, 0.0)
    assert await other.sites.take("example.com", "two", 60.0) == (0.0, 0.0)
    await other.sites.leave("example.org", "two", 0.0)
    assert (await other.sites.take("example.org", "two", 60.0))[0] > 0, "it was not theirs to give back"
    await storage.sites.leave("example.org", "one", 3600.0)
    assert (await other.sites.take("example.org", "two", 60.0))[0] > 3000
    await storage.sites.leave("example.com", "two", 0.0)
    assert await other.sites.take("example.com", "three", 0.0) == (0.0, 0.0)
    assert await other.sites.take("example.com", "four", 60.0) == (0.0, 0.0), "a turn that is never given back ends"


async def test_a_site_that_asked_for_quiet_has_it_from_all(storage: Storage, other: Storage) -> None:
    await storage.sites.pause("example.org", 3600.0)
    await storage.sites.pause("example.org", 5.0)
    wait, quiet = await other.sites.take("example.org", "two", 60.0)
    assert wait == quiet > 3000


async def test_an_endpoint_that_asked_for_quiet_has_it_for_what_waits_and_what_comes(
    storage: Storage, other: Storage
) -> None:
    await put(storage, subscriber(), 1)
    await other.endpoints.pause("https://hook.example/", SOON)
    await other.endpoints.pause("https://hook.example/", NOW)
    await put(storage, subscriber(), 2)
    await put(storage, subscriber(url="https://other.example/"), 3)
    assert [one.endpoint for one in await claim(storage, NOW + timedelta(seconds=1))] == ["https://other.example/"]
    assert {one.next_try_at for one in (await storage.deliveries.list()).items} == {NOW, SOON}
    assert len(await claim(storage, SOON, per_endpoint=9)) == 2


async def test_one_sender_at_a_time_has_an_endpoint_in_work(storage: Storage, other: Storage) -> None:
    for number in range(3):
        await put(storage, subscriber(), number)
    mine = await claim(storage, lease="mine", per_endpoint=2)
    assert len(mine) == 2
    assert await claim(other, lease="theirs", per_endpoint=2) == []
    for one in mine:
        await storage.outbox.settle(one, tried(), "delivered")
    assert len(await claim(other, lease="theirs", per_endpoint=2)) == 1


async def test_a_delivery_stays_with_who_renews_it_and_is_not_taken_back(storage: Storage, other: Storage) -> None:
    await put(storage, subscriber())
    (mine,) = await claim(storage, lease="mine")
    await storage.outbox.renew([mine.id], SOON, "mine", 60.0)
    assert await claim(other, EXPIRED, lease="theirs") == []
    late = EXPIRED + timedelta(seconds=60)
    (theirs,) = await claim(other, late, lease="theirs")
    await storage.outbox.renew([mine.id], late, "mine", 600.0)
    await other.outbox.release(theirs)
    assert [one.id for one in await claim(other, late, lease="another")] == [mine.id]


async def test_a_stopped_endpoint_is_shown_until_it_is_asked_for(storage: Storage) -> None:
    who = subscriber()
    await put(storage, who)
    (mine,) = await claim(storage)
    assert await storage.endpoints.stopped() == {}
    await storage.outbox.settle(mine, tried(410), "disabled")
    (stopped,) = (await storage.endpoints.stopped()).values()
    assert (stopped.url, stopped.at) == ("https://hook.example/", NOW)
    assert "410" in stopped.note
    await storage.subscriptions.add(who)
    assert await storage.endpoints.stopped() == {}


async def test_writes_that_come_together_are_committed_together(storage: Storage) -> None:
    sizes: list[int] = []

    async def work(_: object, items: object) -> list[int]:
        assert isinstance(items, list)
        sizes.append(len(items))
        if 13 in items:
            raise ZeroDivisionError
        return [2 * item for item in items]

    together: Together[int, int] = Together(storage._database, work)
    assert await asyncio.gather(*(together(number) for number in range(10))) == [2 * n for n in range(10)]
    assert sizes == [10]
    ends = await asyncio.gather(together(1), together(13), together(2), return_exceptions=True)
    assert [type(end) for end in ends] == [int, ZeroDivisionError, int], "what fails takes nobody with it"
    cancelled, kept = asyncio.create_task(together(5)), asyncio.create_task(together(6))
    await asyncio.sleep(0)
    cancelled.cancel()
    assert await kept == 12


async def test_a_save_among_others_that_is_not_kept_hinders_none(storage: Storage) -> None:
    await storage.sources.add(feed(1), feed(2))
    await take(storage, "mine")
    ends = await asyncio.gather(
        storage.sources.save_state(feed(1).id, PollState(polls=1), [entry("a")], lease="mine"),
        storage.sources.save_state("removed", PollState(polls=1), [entry("a")], lease="mine"),
        storage.sources.save_state(feed(2).id, PollState(polls=1), [entry("a")], lease="theirs"),
    )
    assert ends == [True, False, False]
    assert [state.polls for _, state in (await storage.sources.list()).items] == [1, 0]
