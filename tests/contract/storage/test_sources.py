from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.contracts import PollState, Source, content_id
from service.errors import Invalid, NotFound
from service.storage import KnownEntry, Storage

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def feed(number: int, host: str = "example.org") -> Source:
    url = f"https://{host}/feed/{number}"
    return Source(id=content_id("source", url), url=url, title=f"Лента {number}", added_at=NOW + timedelta(number))


def entry(key: str, title: str = "題") -> KnownEntry:
    return KnownEntry(key, guid=f"g-{key}", link=f"https://example.org/{key}", title=title, content_hash=f"h-{title}")


async def test_a_source_comes_back_as_it_was_added(storage: Storage) -> None:
    assert await storage.sources.add(feed(1)) == [feed(1)]
    assert await storage.sources.get(feed(1).id) == (feed(1), PollState())
    assert await storage.sources.get(feed(1).url) == (feed(1), PollState())


async def test_the_same_url_is_added_once(storage: Storage) -> None:
    await storage.sources.add(feed(1))
    twin = feed(1).model_copy(update={"id": "another"})
    assert await storage.sources.add(twin, feed(2)) == [feed(2)]


async def test_what_another_process_adds_shows_as_a_change(storage: Storage, other: Storage) -> None:
    before = await storage.changes.version("sources")
    await other.sources.add(feed(1))
    assert await storage.changes.version("sources") > before
    assert [source for source, _ in await storage.sources.due(NOW, 10)] == [feed(1)]


async def test_never_asked_feeds_are_due_first_then_the_longest_overdue(storage: Storage) -> None:
    await storage.sources.add(feed(1), feed(2), feed(3), feed(4))
    for number, minutes in ((1, -1), (2, -5), (3, 5)):
        await storage.sources.save_state(feed(number).id, PollState(next_poll_at=NOW + timedelta(minutes=minutes)))
    assert [source for source, _ in await storage.sources.due(NOW, 10)] == [feed(4), feed(2), feed(1)]
    assert [source for source, _ in await storage.sources.due(NOW, 2)] == [feed(4), feed(2)]


async def test_gone_feeds_are_never_due(storage: Storage) -> None:
    await storage.sources.add(feed(1))
    await storage.sources.save_state(feed(1).id, PollState(state="gone"))
    assert await storage.sources.due(NOW, 10) == []
    assert await storage.sources.next_due_at() is None


async def test_busy_feeds_and_busy_domains_are_left_out(storage: Storage) -> None:
    crowd = [feed(number, "news.crowded.example") for number in range(300)]
    quiet, busy = feed(1, "quiet.example"), feed(2, "busy.example")
    await storage.sources.add(*crowd, quiet, busy)
    found = await storage.sources.due(NOW, 5, exclude={"crowded.example", busy.id})
    assert [source for source, _ in found] == [quiet]
    assert await storage.sources.due(NOW, 5, exclude={"rowded.example", "example"}) == []


async def test_the_adopted_address_decides_which_domain_a_feed_is_at(storage: Storage) -> None:
    await storage.sources.add(feed(1, "old.example"))
    await storage.sources.save_state(feed(1, "old.example").id, PollState(fetch_url="https://New.example/feed"))
    assert await storage.sources.due(NOW, 5, exclude={"new.example"}) == []
    assert len(await storage.sources.due(NOW, 5, exclude={"old.example"})) == 1


async def test_the_next_poll_is_the_soonest_of_all_feeds(storage: Storage) -> None:
    assert await storage.sources.next_due_at() is None
    await storage.sources.add(feed(1), feed(2))
    for number in (1, 2):
        await storage.sources.save_state(feed(number).id, PollState(next_poll_at=NOW + timedelta(hours=number)))
    assert await storage.sources.next_due_at() == NOW + timedelta(hours=1)
    await storage.sources.add(feed(3))
    due_at = await storage.sources.next_due_at()
    assert due_at is not None
    assert due_at <= feed(3).added_at


async def test_poll_state_keeps_validators_byte_for_byte(storage: Storage) -> None:
    await storage.sources.add(feed(1))
    state = PollState(state="ok", etag='W/"\xe4\xf6"', last_modified="Tue, 20 May 2026 10:00:00 GMT", polls=3)
    assert await storage.sources.save_state(feed(1).id, state)
    assert (await storage.sources.get(feed(1).id))[1] == state


async def test_a_poll_of_a_removed_feed_keeps_nothing(storage: Storage) -> None:
    await storage.sources.add(feed(1))
    await storage.sources.remove(feed(1).url)
    assert not await storage.sources.save_state(feed(1).id, PollState(), [entry("a")])
    assert await storage.sources.known_entries(feed(1).id) == []
    with pytest.raises(NotFound):
        await storage.sources.get(feed(1).id)
    with pytest.raises(NotFound):
        await storage.sources.remember_entries(feed(1).id, [entry("a")], NOW)


async def test_entries_are_known_by_key_with_their_latest_content(storage: Storage) -> None:
    await storage.sources.add(feed(1), feed(2))
    await storage.sources.remember_entries(feed(1).id, [entry("a"), entry("b")], NOW)
    await storage.sources.remember_entries(feed(1).id, [entry("a", "новое")], NOW + timedelta(minutes=1))
    await storage.sources.save_state(feed(2).id, PollState(last_poll_at=NOW), [entry("a", "two")])
    assert await storage.sources.known_entries(feed(1).id) == [entry("a", "новое"), entry("b")]
    assert await storage.sources.known_entries(feed(2).id) == [entry("a", "two")]


async def test_ten_thousand_entries_are_remembered_and_the_oldest_forgotten_beyond_twenty(storage: Storage) -> None:
    await storage.sources.add(feed(1))
    for start in range(3):
        rows = [entry(f"{start}-{number}") for number in range(10_000)]
        await storage.sources.remember_entries(feed(1).id, rows, NOW + timedelta(days=start))
    known = {row.key for row in await storage.sources.known_entries(feed(1).id)}
    assert len(known) == 20_000
    assert {"1-0", "2-9999"} <= known


async def test_pages_go_through_all_sources_while_others_come_and_go(storage: Storage) -> None:
    await storage.sources.add(*(feed(number) for number in range(7)))
    first = await storage.sources.list(limit=3)
    await storage.sources.remove(feed(1).id)
    await storage.sources.add(feed(9))
    seen = [source for source, _ in first.items]
    cursor = first.next
    while cursor:
        following = await storage.sources.list(limit=3, cursor=cursor)
        seen += [source for source, _ in following.items]
        cursor = following.next
    assert seen == [feed(number) for number in (0, 1, 2, 3, 4, 5, 6, 9)]


@pytest.mark.parametrize("cursor", ["", "nonsense", "W10", "WzFd", "WyJhIiwgImIiXQ", "WzllOTksICJiIl0", "é", "bnVsbA"])
async def test_a_wrong_cursor_is_refused(storage: Storage, cursor: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        await storage.sources.list(cursor=cursor)


async def test_a_title_with_a_character_that_no_database_keeps_is_kept_without_it(storage: Storage) -> None:
    await storage.sources.add(feed(1).model_copy(update={"title": "a\x00b"}))
    await storage.sources.remember_entries(feed(1).id, [replace(entry("a"), title="c\x00d")], NOW)
    assert (await storage.sources.get(feed(1).id))[0].title == "ab"
    assert [row.title for row in await storage.sources.known_entries(feed(1).id)] == ["cd"]
