from datetime import UTC, datetime

import pytest

from producers.feeds.feed import FEED
from producers.feeds.parse import Unreadable, parse, parse_fast

URL = "https://news.example/feeds/all.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>News &amp; more</title><link>https://news.example/</link><language>de-DE</language>{channel}{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/a/"><title>N</title>
<link rel="self" href="https://x.example/self"/><link rel="hub" href="https://hub.example/"/>{items}</feed>"""


def rss(items: str, channel: str = "") -> bytes:
    return RSS.format(items=items, channel=channel).encode()


def only(body: bytes, content_type: str | None = None):
    feed = parse_fast(body, content_type, URL)
    assert len(feed.entries) == 1
    return feed.entries[0]


def test_an_rss_entry_is_read_whole():
    entry = only(
        rss(
            """<item><title>A &lt;b&gt;bold&lt;/b&gt; &amp;amp; B</title><link>/rel/1</link>
            <guid isPermaLink="false">g1</guid>
            <description>&lt;p&gt;Teaser&lt;/p&gt;</description><dc:creator>Ann</dc:creator>
            <content:encoded><![CDATA[<p onclick="x()">Full <a href="page?a=1&b=2">text</a></p>
            <script>evil()</script>]]></content:encoded>
            <pubDate>Di, 01 Sep 2026 10:00:00 CEST</pubDate></item>"""
        )
    )
    assert entry.title == "A bold & B"
    assert entry.link == "https://news.example/rel/1"
    assert entry.guid == "g1"
    assert entry.summary == "<p>Teaser</p>"
    assert entry.content == '<p>Full <a href="https://news.example/feeds/page?a=1&amp;b=2">text</a></p>'
    assert entry.author == "Ann"
    assert entry.published_at == datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_an_atom_entry_is_read_whole():
    body = ATOM.format(
        items="""<entry xml:base="b/"><title>a &lt;b&gt; c</title><id>tag:1</id><link rel="enclosure" href="x.mp3"/>
        <link href="1"/><published>2026-09-01T10:00:00+06:00</published><updated>2026-09-01T11:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>in <a href="line">line</a></p></div></content></entry>"""
    ).encode()
    entry = only(body)
    assert entry.title == "a <b> c"
    assert entry.link == "https://other.example/a/b/1"
    assert (
        " ".join((entry.content or "").split())
        == '<div> <p>in <a href="https://other.example/a/b/line">line</a></p></div>'
    )
    assert (entry.published_at, entry.updated_at) == (
        datetime(2026, 9, 1, 4, tzinfo=UTC),
        datetime(2026, 9, 1, 11, tzinfo=UTC),
    )
    assert parse_fast(body, None, URL).hub == "https://hub.example/"


def test_an_entry_without_a_date_has_none():
    items = "".join(
        f"<item><title>t</title><guid>{guid}</guid></item>" for guid in ("one", "2024-05-20", "x/2024/05/20/y")
    )
    assert [entry.published_at for entry in parse_fast(rss(items), None, URL).entries] == [None, None, None]


def test_what_the_feed_says_about_itself():
    feed = parse_fast(
        rss(
            "<item><title>x</title></item>",
            "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays>",
        ),
        None,
        URL,
    )
    assert (feed.title, feed.link, feed.language) == ("News & more", "https://news.example/", "de-DE")
    assert (feed.timing.ttl, feed.timing.skip_hours, feed.timing.skip_days) == (5400, {0, 5}, {6})


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (rss("<item><title>Größe Тоқаев 托卡耶夫</title></item>"), None, "Größe Тоқаев 托卡耶夫"),
        (b"\xef\xbb\xbf" + rss("<item><title>Größe</title></item>"), "text/xml; charset=latin1", "Größe"),
        (rss("<item><title>Größe</title></item>"), "text/xml; charset=iso-8859-1", "Größe"),
        (RSS.format(items="<item><title>Größe</title></item>", channel="").encode("utf-16"), None, "Größe"),
        (
            rss("<item><title>X</title></item>")
            .replace(b"UTF-8", b"windows-1251")
            .replace(b"X", "Лавров".encode("cp1251")),
            None,
            "Лавров",
        ),
        (
            rss("<item><title>X</title></item>").replace(b"X", "Лавров".encode("koi8-r")),
            "text/xml; charset=koi8-r",
            "Лавров",
        ),
        (
            rss("<item><title>X</title></item>")
            .replace(b"UTF-8", b"ISO-8859-1")
            .replace(b"X", "„Größe“".encode("cp1252")),
            None,
            "„Größe“",
        ),
        (
            rss("<item><title>X</title></item>")
            .replace(b"UTF-8", b"gb2312")
            .replace(b"X", "托卡耶夫镕".encode("gb18030")),
            None,
            "托卡耶夫镕",
        ),
        (
            rss("<item><title>X</title></item>").replace(b"UTF-8", b"no-such").replace(b"X", "Größe".encode()),
            None,
            "Größe",
        ),
        (rss("<item><title>M&auml;rz&nbsp;2026 AT&T \x0b\x00</title></item>"), None, "März 2026 AT&T"),
    ],
)
def test_character_sets(body, content_type, title):
    assert only(body, content_type).title == title


def test_a_truncated_feed_keeps_its_whole_entries():
    items = "".join(f"<item><title>t{n}</title><description>d{n}</description></item>" for n in range(5))
    whole = rss(items)
    feed = parse(whole[: whole.index(b"d4") + 1], None, URL)
    assert [entry.title for entry in feed.entries] == ["t0", "t1", "t2", "t3"]
    assert feed.notes == ("is cut off; its 4 whole entries are kept",)


def test_what_follows_the_feed_is_no_cut_and_what_comes_before_it_is_passed_over():
    body = rss("<item><title>t</title></item>")
    for odd in (
        body + b"garbage",
        b"<br />\n<b>Warning</b>: x in y.php\n" + body,
        b"\n\n " + body,
        body + b"<!-- end -->",
    ):
        feed = parse_fast(odd, None, URL)
        assert [entry.title for entry in feed.entries] == ["t"]
        assert feed.notes == ()


def test_a_description_of_the_media_stands_in_for_a_missing_one_only():
    media = """<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:content url="x">
    <media:title>no</media:title></media:content><media:description>about the film</media:description></media:group>"""
    assert only(rss(f"<item><title>t</title>{media}</item>")).summary == "about the film"
    assert only(rss(f"<item><title>t</title>{media}<description>own</description></item>")).summary == "own"


def test_html_that_was_not_escaped_is_not_lost():
    entry = only(rss("<item><title>t</title><description>one <b>two</b> three</description></item>"))
    assert entry.summary == "one <b>two</b> three"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"<feed><title>T</title><entry><title>a</title><id>1</id><link href='http://x/1'/></entry></feed>", "a"),
        (b"<RSS version='2.0'><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>", "a"),
        (
            b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
            b"<channel><title>T</title></channel><item><title>a</title><link>http://x/1</link></item></rdf:RDF>",
            "a",
        ),
    ],
)
def test_what_the_fast_reader_cannot_read_the_tolerant_one_does(body, title):
    with pytest.raises(Unreadable):
        parse_fast(body, None, URL)
    feed = parse(body, None, URL)
    assert [entry.title for entry in feed.entries] == [title]
    assert "read tolerantly" in feed.notes[0]


def test_json_feed_is_read():
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [\
        {"id": "1", "url": "/a", "title": "T", "content_html": "<p>c</p>", "date_published": "2026-09-01T10:00:00Z"}]}'
    entry = only(body, "application/feed+json")
    assert (entry.guid, entry.title, entry.content) == ("1", "T", "<p>c</p>")
    assert entry.link == "https://news.example/a"


def test_rdf_is_read():
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="x"><title>R</title><link>https://r.example/</link></channel>
    <item rdf:about="https://r.example/1"><title>T</title><link>https://r.example/1</link><dc:date>2026-09-01T10:00:00+05:00</dc:date></item></rdf:RDF>"""
    entry = only(body)
    assert (entry.title, entry.link, entry.published_at) == (
        "T",
        "https://r.example/1",
        datetime(2026, 9, 1, 5, tzinfo=UTC),
    )


def test_relative_and_foreign_links():
    links = [
        "/a",
        "b",
        "//c.example/x",
        "?q=1",
        "mailto:x@y",
        "javascript:alert(1)",
        "http://[",
        "https://d.example/ü x",
    ]
    feed = parse_fast(rss("".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)), None, URL)
    assert [entry.link for entry in feed.entries] == [
        "https://news.example/a",
        "https://news.example/feeds/b",
        "https://c.example/x",
        "https://news.example/feeds/all.xml?q=1",
        None,
        None,
        None,
        "https://d.example/ü x",
    ]


def test_a_feed_survives_the_way_between_processes():
    feed = parse_fast(
        rss("<item><title>😀 שלום</title><pubDate>Tue, 01 Sep 2026 10:00:00 GMT</pubDate></item>", "<ttl>5</ttl>"),
        None,
        URL,
    )
    assert FEED.validate_json(FEED.dump_json(feed)) == feed
