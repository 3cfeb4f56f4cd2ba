import asyncio
import itertools
from datetime import UTC, datetime, timedelta

from producers.source_to_entry import check
from service.http import HttpClient
from service.settings import HttpSettings


async def test_a_feed_is_asked_once_published_once_and_then_conditionally(wire, server, rss, until):
    def page(fields):
        return (304, {}, b"") if fields.get("if-none-match") == 'W/"1"' else (200, {"ETag": 'W/"1"'}, rss("one", "two"))

    server.pages["/feed"] = page
    await wire.watch(server.url("/feed"))
    async with wire.polling():
        await until(lambda: len(server.asked("/feed")) >= 4)
    entries = await wire.entries()
    assert sorted(entry.title for entry in entries) == ["one", "two"]
    assert {entry.source.name for entry in entries} == {"Feed"}
    assert {entry.link for entry in entries} == {server.url("/one"), server.url("/two")}
    asked = server.asked("/feed")
    assert "if-none-match" not in asked[0]
    assert all(fields["if-none-match"] == 'W/"1"' for fields in asked[1:])


async def test_new_entries_and_edits_are_published_and_repeats_are_not(wire, server, rss, until):
    server.pages["/feed"] = rss("one")
    await wire.watch(server.url("/feed"))
    async with wire.polling():
        await until(lambda: len(server.asked("/feed")) >= 3)
        server.pages["/feed"] = rss("two", "one").replace(b"<title>one", b"<title>one, corrected")

        async def three():
            return len(await wire.entries()) >= 3

        await until(three)
        seen = len(server.asked("/feed"))
        await until(lambda: len(server.asked("/feed")) >= seen + 3)
    entries = await wire.entries()
    assert sorted(entry.title for entry in entries) == ["one", "one, corrected", "two"]
    keys = {entry.title: entry.key for entry in entries}
    assert keys["one"] == keys["one, corrected"] != keys["two"]


async def test_a_source_added_meanwhile_is_asked_and_a_removed_one_is_not(wire, server, rss, until):
    server.pages |= {"/a": rss("a"), "/b": rss("b")}
    async with wire.polling():
        await wire.watch(server.url("/a"))
        await until(lambda: server.asked("/a"))
        await wire.watch(server.url("/b"))
        await until(lambda: server.asked("/b"))
        await wire.storage.sources.remove(server.url("/a"))
        await asyncio.sleep(0.3)
        before, others = len(server.asked("/a")), len(server.asked("/b"))
        await until(lambda: len(server.asked("/b")) >= others + 3)
        assert len(server.asked("/a")) == before


async def test_a_restart_asks_nobody_early(wire, server, rss, until):
    server.pages["/feed"] = rss("one")
    await wire.watch(server.url("/feed"))
    for _ in range(3):
        async with wire.polling(min_interval=300, max_interval=3600):

            async def saved():
                return (await wire.state(server.url("/feed"))).polls == 1

            await until(saved)
            await asyncio.sleep(0.6)
    assert len(server.asked("/feed")) == 1
    assert len(await wire.entries()) == 1


async def test_a_bad_feed_says_why_backs_off_and_disturbs_nobody(wire, server, rss, until):
    async def drip():
        await asyncio.sleep(60)

    server.pages |= {
        "/html": b"<html><link rel=alternate type=application/rss+xml href=/good></html>",
        "/good": rss("good"),
        "/slow": lambda fields: drip(),
    }
    dead = "http://127.0.0.1:1/"
    private = "http://10.0.0.1/feed"
    await wire.watch(server.url("/html"), dead, private, server.url("/slow"), server.url("/good"))
    async with wire.polling():
        other = await wire.watch(server.url("/missing"))

        async def all_tried():
            return (await wire.state(other[0].url)).polls

        await until(lambda: len(server.asked("/html")) >= 1)
        await until(all_tried)
        await until(wire.entries)
    html, refused = await wire.state(server.url("/html")), await wire.state(private)
    assert html.state == refused.state == "failing"
    assert server.url("/good") in (html.last_error or "")
    assert "a private or reserved address" in (refused.last_error or "")
    assert "cannot connect to 127.0.0.1:1" in ((await wire.state(dead)).last_error or "")
    assert "answered 404" in ((await wire.state(other[0].url)).last_error or "")
    assert [entry.title for entry in await wire.entries()] == ["good"]


async def test_one_server_has_one_request_at_a_time_with_room_between(wire, server, rss, until):
    server.pages |= {f"/{n}": rss(f"t{n}") for n in range(4)}
    await wire.watch(*(server.url(f"/{n}") for n in range(4)))
    async with wire.polling(host_spacing=0.4, min_interval=60, max_interval=60):
        await until(lambda: len(server.requests) == 4)
    times = [at for at, _, _ in server.requests]
    assert all(later - earlier >= 0.39 for earlier, later in itertools.pairwise(times))
    assert sorted(path for _, path, _ in server.requests) == ["/0", "/1", "/2", "/3"]


async def test_a_server_that_asks_for_quiet_has_it_from_all_its_feeds_even_after_a_restart(wire, server, rss, until):
    server.pages |= {"/a": (429, {"Retry-After": "3600"}, b""), "/b": rss("b"), "/c": rss("c")}
    await wire.watch(server.url("/a"))
    async with wire.polling():
        await until(lambda: server.asked("/a"))
        await wire.watch(server.url("/b"))

        async def put_off():
            return (await wire.state(server.url("/b"))).next_poll_at

        await until(put_off)
    await wire.watch(server.url("/c"))
    async with wire.polling():
        await asyncio.sleep(1.2)
    assert [path for _, path, _ in server.requests] == ["/a"]
    state = await wire.state(server.url("/a"))
    assert state.state == "paused"
    assert state.next_poll_at is not None
    assert state.next_poll_at - datetime.now(UTC) > timedelta(seconds=3500)


async def test_a_backlog_goes_out_at_the_pace_of_its_pages_and_loses_nothing(wire, server, rss, until):
    titles = [f"t{n}" for n in range(5)]
    server.pages["/feed"] = lambda fields: (
        (304, {}, b"") if "if-none-match" in fields else (200, {"ETag": "x"}, rss(*titles))
    )
    await wire.watch(server.url("/feed"))
    async with wire.polling(host_spacing=0.6):
        await until(wire.entries)
        assert len(await wire.entries()) < 5
    # Stopped in the middle: what was left comes after the next start, and nothing twice.
    async with wire.polling(host_spacing=0.6):

        async def all_there():
            return len(await wire.entries()) >= 5

        await until(all_there)

        async def settled():
            return (await wire.state(server.url("/feed"))).etag

        await until(settled)
    assert sorted(entry.title for entry in await wire.entries()) == titles


async def test_of_ten_thousand_entries_the_newest_are_published_and_all_are_remembered(wire, server, rss, until):
    server.pages["/feed"] = rss(*(f"t{n:05}" for n in range(10_000)))
    server.pages["/next"] = rss("next")
    (source,) = await wire.watch(server.url("/feed"))
    await wire.watch(server.url("/next"))
    async with wire.polling(min_interval=60, max_interval=60):

        async def saved():
            return (await wire.state(server.url("/feed"))).polls and (await wire.state(server.url("/next"))).polls

        await until(saved, 60)
    entries = await wire.entries()
    assert sorted(e.title for e in entries if e.source.id == source.id) == [f"t{n:05}" for n in range(100)]
    assert len(await wire.storage.sources.known_entries(source.id)) == 10_000


async def test_absurd_dates_are_not_believed(wire, server, rss, until):
    dates = {
        "old": "Thu, 01 Jan 1970 00:00:00 GMT",
        "far": "Fri, 01 Jan 2099 00:00:00 GMT",
        "fine": "Tue, 19 May 2026 08:00:00 GMT",
    }
    body = rss(*dates)
    for title, date in dates.items():
        body = body.replace(f"<guid>{title}".encode(), f"<pubDate>{date}</pubDate><guid>{title}".encode())
    server.pages["/feed"] = body
    await wire.watch(server.url("/feed"))
    async with wire.polling():
        await until(wire.entries)
    published = {entry.title: entry.published_at for entry in await wire.entries()}
    assert published == {"old": None, "far": None, "fine": datetime(2026, 5, 19, 8, tzinfo=UTC)}


async def test_check_asks_once_and_says_what_it_found(server, rss):
    server.pages |= {
        "/feed": rss("a", "b", extra="<language>de</language><ttl>60</ttl>"),
        "/moved": (301, {"Location": "/feed"}, b""),
        "/page": b"<html></html>",
    }
    async with HttpClient(HttpSettings(allow=("127.0.0.0/8",)), spacing=0) as http:
        good = await check(http, server.url("/moved"))
        bad = await check(http, server.url("/page"))
    assert (good.status, good.title, good.entries, good.language, good.error) == (200, "Feed", 2, "de", None)
    assert (good.redirected_to, good.ttl) == (server.url("/feed"), 3600)
    assert "not a feed" in (bad.error or "")
    assert len(server.asked("/feed")) == 1
