"""Every kind of bad feed beside a good one: each ends in a clear message or in what is whole of it."""

import asyncio
import gzip
from pathlib import Path

import pytest

LEVELS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LEVELS}]>'.encode()
XXE = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
GOOD = ["good"]


async def drip():
    await asyncio.sleep(3600)


def cases(rss):
    """Name → page, what its error says (None: there is none), the titles that are published."""
    huge = b"<rss><channel><title>x</title>" + b"<item><title>" + b"a" * 20_000_000 + b"</title></item></channel></rss>"
    feed = rss("one", "two")
    return {
        "invalid-utf8": (feed.replace(b"one", b"on\xff"), None, ["on\ufffd", "two"]),
        "wrong-charset": ((200, {"Content-Type": "text/xml; charset=koi8-r"}, rss("Größe")), None, ["Größe"]),
        "html": (b"<!doctype html><html><body>Moved</body></html>", "a web page (HTML), not a feed", []),
        "truncated": (feed[: feed.index(b"two") + 1], None, ["one"]),
        "20-mb": (huge, "larger than 15 MiB", []),
        "gzip-bomb": ((200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(200_000_000))), "larger than 15 MiB", []),
        "nested-bomb": (
            (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(bytes(200_000_000)))),
            "larger than 15 MiB",
            [],
        ),
        "entity-bomb": (BOMB + feed.replace(b"one", b"o&l9;ne"), None, ["o&l9;ne", "two"]),
        "xxe": (XXE + feed.replace(b"one", b"o&x;ne"), None, ["o&x;ne", "two"]),
        "no-guids": (feed.replace(b"<guid>one</guid>", b"").replace(b"<guid>two</guid>", b""), None, ["one", "two"]),
        "same-guids": (feed.replace(b"<guid>one</guid>", b"<guid>two</guid>"), None, ["one", "two"]),
        "relative-links": (feed.replace(b"/one", b"../x/one"), None, ["one", "two"]),
        "inside": ((302, {"Location": "http://10.1.2.3/feed"}, b""), "refused to reach 10.1.2.3", []),
        "round": ((302, {"Location": "/round"}, b""), "more than 5 redirects", []),
        "drip": (lambda fields: drip(), "no complete answer", []),
        "empty": (b"", "the answer is empty", []),
        "nothing": (rss(), None, []),
        "emoji": (rss("😀🎉"), None, ["😀🎉"]),
        "right-to-left": (rss("التقى الرئيس"), None, ["التقى الرئيس"]),
        "not-gzip": ((200, {"Content-Encoding": "gzip"}, feed), "says it is gzip but is not", []),
        "brotli": ((200, {"Content-Encoding": "br"}, feed), "which nobody asked for", []),
        "json": (b'{"error": "no"}', "JSON but not a JSON Feed", []),
    }


async def test_bad_feeds_end_in_a_message_and_the_good_one_goes_on(wire, server, rss, until):
    table = cases(rss)
    server.pages |= {f"/{name}": page for name, (page, _, _) in table.items()} | {"/good": rss(*GOOD)}
    await wire.watch(*(server.url(f"/{name}") for name in table), server.url("/good"))

    async def all_polled():
        states = [await wire.state(server.url(f"/{name}")) for name in table]
        return all(state.polls for state in states)

    async with wire.polling(min_interval=300, max_interval=300):
        await until(all_polled, 60)
    entries = await wire.entries()
    for name, (_, message, titles) in table.items():
        state = await wire.state(server.url(f"/{name}"))
        published = sorted(entry.title for entry in entries if entry.source.url == server.url(f"/{name}"))
        assert published == sorted(titles), name
        if message is None:
            assert (state.state, state.last_error) == ("ok", None), name
        else:
            assert state.state == "failing", name
            assert message in (state.last_error or ""), name
            assert "\n" not in (state.last_error or ""), name
    assert [entry.title for entry in entries if entry.source.url == server.url("/good")] == GOOD
    (hostname,) = {line.strip() for line in (await asyncio.to_thread(Path("/etc/hostname").read_text)).splitlines()}
    assert not any(hostname in (entry.title or "") for entry in entries)
    links = {entry.title: entry.link for entry in entries if entry.source.url == server.url("/relative-links")}
    assert links["one"] == server.url("/x/one")


@pytest.mark.parametrize("many", [10_000])
async def test_ten_thousand_entries_without_guids_and_links_are_told_apart(wire, server, rss, until, many):
    items = "".join(f"<item><title>t{n}</title></item>" for n in range(many))
    server.pages["/feed"] = f"<rss><channel><title>x</title>{items}</channel></rss>".encode()
    (source,) = await wire.watch(server.url("/feed"))

    async def saved():
        return (await wire.state(server.url("/feed"))).polls

    async with wire.polling(min_interval=300, max_interval=300):
        await until(saved, 60)
    assert len(await wire.storage.sources.known_entries(source.id)) == many
    assert len(await wire.entries()) == 100
