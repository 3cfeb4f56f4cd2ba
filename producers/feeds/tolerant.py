"""feedparser, for what the fast reader cannot read. Some input makes it very slow, so it runs in a process that is
killed at a deadline (``FeedReader``); its own sanitiser and link resolver are left off, ours come after."""

import json
from typing import Any

import feedparser

from producers.feeds.dates import parse_date
from producers.feeds.decode import as_xml, decode
from producers.feeds.extras import read_extras
from producers.feeds.feed import FEED, NO_TIMING, Entry, Feed
from producers.feeds.markup import absolute, harmless, plain
from producers.feeds.parse import MOST_ENTRIES, parse, refuse_what_is_no_feed, without_cut_entry, without_noise
from service.errors import Invalid


def work(payload: bytes) -> bytes:
    """For the process: a line of JSON (``url``, ``content_type``), the body; back comes the feed as JSON."""
    head, _, body = payload.partition(b"\n")
    about = json.loads(head)
    return FEED.dump_json(parse(body, about["content_type"], about["url"]))


def parse_tolerant(body: bytes, content_type: str | None, url: str, why: str) -> Feed:
    """As ``parse``. ``why``: what the fast reader said, for the message when this one fails, too."""
    text, notes = decode(body, content_type)
    text = without_noise(text)
    refuse_what_is_no_feed(text, url)
    xml = without_cut_entry(as_xml(text))[0].encode()
    read = feedparser.parse(
        xml,
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not read.version and not read.entries:
        raise Invalid(f"cannot be read as a feed ({why})")
    extras = read_extras(xml, url)
    base = extras.base if extras else url
    return Feed(
        plain(read.feed.get("title")),
        absolute(read.feed.get("link"), base),
        read.feed.get("language"),
        None,
        extras.timing if extras else NO_TIMING,
        tuple(_entry(entry, base) for entry in read.entries[:MOST_ENTRIES]),
        (*notes, f"is not well formed; read tolerantly ({why})"),
    )


def _entry(read: Any, base: str) -> Entry:
    content = max((part.get("value") or "" for part in read.get("content", ())), key=len, default="")
    summary = read.get("summary") or ""
    return Entry(
        read.get("id"),
        absolute(read.get("link"), base),
        plain(read.get("title")),
        harmless(summary, base) if summary != content else None,
        harmless(content, base),
        plain(read.get("author")),
        read.get("language"),
        parse_date(read.get("published")) or parse_date(read.get("created")),
        parse_date(read.get("updated")) if "updated" in read else None,
    )
