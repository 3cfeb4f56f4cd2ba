import random

import dateparser
import pytest

from producers.feeds.feed import FEED
from producers.feeds.identity import identify
from producers.feeds.parse import MOST_ENTRIES, Unreadable, parse, parse_fast
from producers.feeds.reader import FeedReader
from service.errors import Invalid
from service.http import Headers, Response

URL = "https://news.example/feeds/all.xml"


def rss(items: str) -> bytes:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()


def only(body: bytes):
    (entry,) = parse_fast(body, None, URL).entries
    return entry


def test_odd_dates_cost_nothing(monkeypatch):
    """A reader that tries every language on every odd date would hold the event loop for seconds."""

    def slow(*_, **__):
        raise RuntimeError("slow")

    monkeypatch.setattr(dateparser, "parse", slow)
    items = "".join(
        f"<item><title>t{n}</title><guid>id {n} x</guid><pubDate>vor {n} Tagen</pubDate></item>" for n in range(50)
    )
    feed = parse_fast(rss(items), None, URL)
    assert {entry.published_at for entry in feed.entries} == {None}
    assert feed.entries[7].guid == "id 7 x"


def test_invalid_utf8_is_replaced_and_told():
    body = rss("<item><title>Gr\x00\x00e</title></item>").replace(b"\0\0", b"\xfc\xff")
    feed = parse_fast(body, None, URL)
    assert feed.entries[0].title == "Gr\ufffd\ufffde"
    assert feed.notes == ("2 characters are not valid UTF-8",)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the answer is empty"),
        (b"  \n", "the answer is empty"),
        (b"404 not here", "not XML"),
        (b"<!DOCTYPE html><html><head><title>x</title></head></html>", r"web page \(HTML\), not a feed$"),
        (
            b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss?a=1&amp;b=2'></head></html>",
            r"web page \(HTML\), not a feed; its feed is at https://news\.example/rss\?a=1&b=2",
        ),
        (b"<?xml version='1.0'?><!-- a --><sitemapindex/>", "XML but not a feed .*<sitemapindex>"),
        (b'{"error": "no"}', "JSON but not a JSON Feed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body, message):
    with pytest.raises(Invalid, match=message):
        parse(body, None, URL)


def test_an_entity_bomb_does_not_go_off():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'.encode()
        + rss("<item><title>a&l9;b</title></item><item><title>next</title></item>").partition(b"?>")[2]
    )
    feed = parse(bomb, None, URL)
    assert [entry.title for entry in feed.entries][-1] == "next"
    assert "lol" not in str(feed)


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hush")
    body = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"> ]>'.encode()
        + rss("<item><title>a&x;b</title><description>&x;</description></item>").partition(b"?>")[2]
    )
    assert "hush" not in str(parse(body, None, URL))


def test_of_too_many_entries_the_first_are_read_and_the_rest_is_counted():
    feed = parse_fast(rss("<item><title>t</title></item>" * (MOST_ENTRIES + 5)), None, URL)
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.notes == ("has 10005 entries; the first 10000 are read",)


@pytest.mark.parametrize(
    "evil",
    [
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        '<a href="java\nscript:alert(1)">x</a>',
        '<iframe src="https://e.example"></iframe>',
        "<style>*{background:url(javascript:1)}</style>",
        '<a href="data:text/html,<script>1</script>">x</a>',
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    ],
)
def test_nothing_active_is_left(evil):
    entry = only(rss(f"<item><title>t</title><description><![CDATA[{evil}]]></description></item>"))
    kept = (entry.summary or "").lower()
    assert not any(
        word in kept for word in ("<script", " onerror=alert(1)>", "javascript:", "<iframe", "<style", "data:text")
    )


def response(body: bytes) -> Response:
    return Response(200, Headers([("Content-Type", "application/rss+xml")]), body, URL)


async def test_large_feeds_are_read_elsewhere_with_the_same_result():
    body = rss("".join(f"<item><title>t{n}</title><description>{'d' * 500}</description></item>" for n in range(1000)))
    async with FeedReader() as reader:
        assert await reader.read(response(body)) == parse_fast(body, "application/rss+xml", URL)


async def test_a_feed_that_takes_too_long_is_given_up_and_the_next_goes_on():
    slow = rss("<item><title>t</title><bogus>" + "<a>" * 300_000 + "</bogus></item>") + b"<!-- " + b"x" * 200_000
    good = rss("<item><title>good</title></item>" + " " * 200_000)
    async with FeedReader(deadline=0.05) as reader:
        with pytest.raises(Invalid, match=r"gave up reading it after 0\.05 s|cannot be read"):
            await reader.read(response(slow * 20))
        reader._process._deadline = 5
        assert (await reader.read(response(good))).entries[0].title == "good"


def test_mutilated_feeds_never_break_the_reader():
    whole = rss(
        "<item><title>&#xD800;a &#0; &amp; b</title><link>/1</link><guid>g</guid>"
        "<pubDate>Tue, 01 Sep 2026 10:00 HCEST</pubDate>"
        "<description><![CDATA[<p>x &hellip; <a href='http://['>y</a>]]></description></item><item><title>z</title></item>"
    )
    pieces = [
        b"<",
        b">",
        b"&",
        b"<![CDATA[",
        b"]]>",
        b"<item>",
        b"</item>",
        b"<!--",
        b"&#xFFFF;",
        b"\x00",
        b"<!DOCTYPE a [",
        b"\xff",
    ]
    chance = random.Random(20260901)
    read = 0
    for _ in range(1500):
        body = bytearray(whole)
        for _ in range(chance.randint(0, 6)):
            at = chance.randrange(len(body))
            if chance.random() < 0.5:
                body[at:at] = chance.choice(pieces)
            else:
                del body[at : at + chance.randint(1, 30)]
        try:
            feed = parse_fast(bytes(body), None, URL)
        except (Invalid, Unreadable):
            continue
        read += 1
        assert FEED.validate_json(FEED.dump_json(feed)) == feed
        identify(feed.entries, [])
    assert read > 300
