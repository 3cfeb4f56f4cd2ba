import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from consumers.entry_to_article import EntryToArticle
from consumers.fetching.agencies import Agencies
from service.contracts import Article, FeedEntry, SourceRef
from service.errors import Invalid
from service.http import HttpClient
from service.settings import HttpSettings
from service.stage import Batch, Done, Failed

NOW = datetime(2026, 9, 1, tzinfo=UTC)
PAGE = "<html lang=de><body><article><h1>T</h1>" + "".join(
    f"<p>Der {n}. Absatz der Seite erzählt ausführlich, was geschah und was daraus folgt.</p>" for n in range(6)
)


@pytest.fixture
async def server() -> AsyncIterator[dict[str, object]]:
    pages: dict[str, object] = {"asked": []}

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode().partition("?")[0]
        pages["asked"].append(path)
        status, kind, body = pages.get(path, (404, "text/html", b""))
        if status == "hang":
            await asyncio.sleep(30)
        if isinstance(status, list):
            status = status.pop(0) if len(status) > 1 else status[0]
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nLocation: http://10.0.0.1/\r\n\r\n"
        writer.write(head.encode() + body)
        writer.close()

    listening = await asyncio.start_server(handle, "127.0.0.1", 0)
    pages["base"] = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield pages
    listening.close()


@pytest.fixture
async def stage() -> AsyncIterator[EntryToArticle]:
    async with (
        HttpClient(HttpSettings(allow=("127.0.0.0/8",)), spacing=0) as http,
        EntryToArticle(http, agencies=Agencies([])) as opened,
    ):
        yield opened


def entry(number: int = 0, **fields) -> FeedEntry:
    source = SourceRef(id="s", url="https://x.example/feed", name="X")
    fields = {"title": "Titel", "summary": "<p>Ein kurzer Text aus dem Feed.</p>", "language": "de"} | fields
    return FeedEntry(id=f"e{number}", first_seen_at=NOW, source=source, key=f"k{number}", content_hash="h", **fields)


async def read(stage: EntryToArticle, *entries: FeedEntry) -> list[Article]:
    outcomes = await stage.handle(Batch("entries", 0, 0, len(entries), tuple(entries)))
    articles = []
    for outcome in outcomes:
        assert isinstance(outcome, Done)
        articles += outcome.outputs
    return articles


async def test_the_page_is_read_where_the_feed_has_a_teaser(stage, server):
    server["/a"] = (200, "text/html; charset=utf-8", PAGE.encode())
    (article,) = await read(stage, entry(link=f"{server['base']}/a?utm_source=x"))
    (article,) = await read(stage, entry(link=f"{server['base']}/a"))
    assert article.text.startswith("Der 0. Absatz")
    assert (article.provenance.text_from, article.provenance.note) == ("page", None)
    assert (article.language, article.title, article.entry_id) == ("de", "Titel", "e0")


async def test_a_full_text_in_the_feed_needs_no_page(stage, server):
    content = "".join(
        f"<p>Absatz {n} des ganzen Textes im Feed, der lang genug ist, um einer zu sein.</p>" for n in range(20)
    )
    (article,) = await read(stage, entry(link=f"{server['base']}/a", content=content))
    assert article.provenance.text_from == "feed"
    assert server["asked"] == []


@pytest.mark.parametrize(
    ("page", "note"),
    [
        ((403, "text/html", b""), "the page answered 403"),
        (([500], "text/html", b""), "the page answered 500"),
        ((302, "text/html", b""), "a private or reserved address"),
        ((200, "application/pdf", b"%PDF"), "leads to application/pdf"),
        ((200, "text/html", b"<html></html>"), "no readable text"),
        ((200, "text/html", b"x" * 9_000_000), "larger than 8 MiB"),
    ],
)
async def test_an_entry_whose_page_fails_goes_on_with_the_feeds_text(stage, server, page, note):
    server["/a"] = page
    (article,) = await read(stage, entry(link=f"{server['base']}/a"))
    assert article.text == "Ein kurzer Text aus dem Feed."
    assert article.provenance.text_from == "feed"
    assert note in (article.provenance.note or "")


async def test_a_short_trouble_is_tried_once_more(stage, server):
    server["/a"] = ([503, 200], "text/html", PAGE.encode())
    (article,) = await read(stage, entry(link=f"{server['base']}/a"))
    assert article.provenance.text_from == "page"


async def test_a_dead_site_holds_up_nobody_and_is_not_asked_again_at_once(stage, server):
    server["/a"] = (200, "text/html", PAGE.encode())
    dead = [entry(n, link=f"http://127.0.0.1:1/{n}") for n in range(3)]
    articles = await read(stage, *dead, entry(9, link=f"{server['base']}/a"))
    assert [article.provenance.text_from for article in articles] == ["feed", "feed", "feed", "page"]
    (later,) = await read(stage, entry(link="http://127.0.0.1:1/x"))
    assert "did not answer a moment ago" in (later.provenance.note or "")


async def test_an_entry_without_link_or_text_is_its_headline_and_one_without_anything_is_a_dead_letter(stage):
    headline = entry(1, link=None, summary=None, title="Präsident trifft Minister")
    nothing = entry(2, link=None, summary="<img src='x'>", title=None)
    emoji = entry(3, link=None, summary="😀", title=None)
    outcomes = await stage.handle(Batch("entries", 0, 0, 3, (headline, nothing, emoji)))
    assert isinstance(outcomes[0], Done)
    assert outcomes[0].outputs[0].text == "Präsident trifft Minister"
    assert isinstance(outcomes[1], Failed)
    assert isinstance(outcomes[1].error, Invalid)
    assert isinstance(outcomes[2], Done)


async def test_one_page_in_two_feeds_is_one_article(stage, server):
    server["/a"] = (200, "text/html", PAGE.encode())
    first, second = await read(
        stage, entry(1, link=f"{server['base']}/a?utm_medium=rss"), entry(2, link=f"{server['base']}/a", title="Anders")
    )
    assert first.url == second.url == f"{server['base']}/a"
    assert first.id == second.id


async def test_right_to_left_text_and_a_megabyte_go_through(stage):
    rtl = entry(1, link=None, summary="<p dir=rtl>التقى الرئيس بوزير الخارجية في أستانا</p>", language=None)
    huge = entry(2, link=None, content="<p>" + "Ein Satz für den langen Text. " * 40_000 + "</p>")
    first, second = await read(stage, rtl, huge)
    assert first.language == "ar"
    assert len(second.text) == 1_000_000
    assert "are kept" in (second.provenance.note or "")
