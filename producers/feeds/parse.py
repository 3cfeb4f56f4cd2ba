"""One ``parse`` for everything that calls itself a feed: a fast reader first, a tolerant one where that fails."""

import contextlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from typing import Any

import fastfeedparser.main

from producers.feeds.dates import parse_date
from producers.feeds.decode import as_xml, decode
from producers.feeds.extras import FeedExtras, ItemExtras, read_extras
from producers.feeds.feed import NO_TIMING, Entry, Feed
from producers.feeds.markup import absolute, harmless, plain
from service.errors import Invalid

MOST_ENTRIES = 10_000
"""Entries taken from one document; the first ones."""
HEAD = 65536
"""Characters searched for what a document is."""

_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ITEM_OPEN = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>/]")
_ITEM_CLOSE = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_END = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|RDF|channel)\s*>", re.IGNORECASE)
_ESCAPE = re.compile(r"(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F]..")
_START = re.compile(r"<(?:\?xml\s|(?:rss|feed|rdf:RDF)[\s>])")


class Unreadable(Exception):
    """The fast reader can make nothing of it; the tolerant one may."""


def parse(body: bytes, content_type: str | None, url: str) -> Feed:
    """``body`` as a feed; ``url``: where it came from after redirects. Not for the event loop: the tolerant reader can
    take seconds. ``Invalid`` says what it is instead of a feed."""
    from producers.feeds.tolerant import parse_tolerant  # slow to import and rarely needed

    try:
        return parse_fast(body, content_type, url)
    except Unreadable as error:
        return parse_tolerant(body, content_type, url, str(error))


def parse_fast(body: bytes, content_type: str | None, url: str) -> Feed:
    """As ``parse``, in about a millisecond per 300 KB; ``Unreadable`` where the fast reader is not enough."""
    text, notes = decode(body, content_type)
    text = without_noise(text)
    kind = refuse_what_is_no_feed(text, url)
    if kind == "json":
        return _feed(_read(whole_escapes(text)), None, url, notes)
    xml = as_xml(text)
    xml, cut = without_cut_entry(xml)
    data = xml.encode()
    read = _read(data)
    extras = read_extras(data, url)
    if not read.entries and _ITEM_OPEN.search(xml):
        raise Unreadable("no entry could be read")
    if cut:
        notes += (f"is cut off; its {len(read.entries)} whole entries are kept",)
    return _feed(read, extras, url, notes)


def refuse_what_is_no_feed(text: str, url: str) -> str:
    """ "xml" or "json"; ``Invalid`` for what is plainly something else, with the feed that a page names."""
    head = text[:HEAD].lstrip("\ufeff \t\r\n")
    if not head:
        raise Invalid("the answer is empty; a feed is expected")
    if head[0] == "{":
        if "jsonfeed.org" in head or '"items"' in text:
            return "json"
        raise Invalid("the answer is JSON but not a JSON Feed")
    root = _ROOT.search(_COMMENT.sub("", head))
    name = root[1].rpartition(":")[2] if root else ""
    if name.lower() in ("html", "head", "body", "script", "div", "p", "meta", "title"):
        links = _FeedLinks.of(text[: HEAD * 4], url)
        hint = f"; its feed is at {links[0]}" if links else ""
        raise Invalid(f"the answer is a web page (HTML), not a feed{hint}")
    if not name:
        raise Invalid("the answer is not XML; a feed is expected")
    if name.lower() not in ("rss", "feed", "rdf", "channel"):
        raise Invalid(f"the answer is XML but not a feed (its root is <{name[:40]}>)")
    return "xml"


def without_noise(text: str) -> str:
    """``text`` from where its feed begins: some servers print warnings before it."""
    head = text[:HEAD]
    start = _START.search(head)
    if (
        start
        and start.start()
        and not re.search(r"<(?:html|body|head)[\s>]|<!doctype html", head[: start.start()], re.I)
    ):
        return text[start.start() :]
    return text


def without_cut_entry(xml: str) -> tuple[str, bool]:
    """A document without its end loses the entry that was cut with it; and whether it has no end."""
    if _END.search(xml[-HEAD:]):
        return xml, False
    last_open = max((found.start() for found in _ITEM_OPEN.finditer(xml)), default=-1)
    last_close = max((found.end() for found in _ITEM_CLOSE.finditer(xml)), default=-1)
    return (xml[:last_open] if last_open >= last_close else xml), True


@cache
def _leave_dates_alone() -> None:
    """The fast reader reads dates in ways that take milliseconds for each odd one, and finds them in GUIDs where there
    are none. It is told to hand them over as they are; reading them is ours."""
    fastfeedparser.main._parse_date = str


def whole_escapes(json: str) -> bytes:
    """Without halves of characters (RFC 8259, 8.2): what programs make of an emoji that they cut."""
    return _ESCAPE.sub(lambda found: found[1] or "\\ufffd", json).encode()


def _read(data: bytes) -> Any:
    _leave_dates_alone()
    try:
        return fastfeedparser.parse(data)
    except ValueError as error:
        raise Unreadable(str(error)[:200]) from None


def _feed(read: Any, extras: FeedExtras | None, url: str, notes: tuple[str, ...]) -> Feed:
    entries = read.entries[:MOST_ENTRIES]
    if len(read.entries) > MOST_ENTRIES:
        notes += (f"has {len(read.entries)} entries; the first {MOST_ENTRIES} are read",)
    items = extras.items if extras and len(extras.items) == len(read.entries) else ()
    base = extras.base if extras else url
    return Feed(
        plain(read.feed.get("title")),
        absolute((extras.link if extras else None) or read.feed.get("link"), base),
        (extras.language if extras else None) or read.feed.get("language"),
        absolute(extras.hub, base) if extras else None,
        extras.timing if extras else NO_TIMING,
        tuple(
            _entry(entry, items[position] if items else ItemExtras(base), bool(items))
            for position, entry in enumerate(entries)
        ),
        notes,
    )


def _entry(read: Mapping[str, Any], extra: ItemExtras, sure: bool) -> Entry:
    content = extra.inline_content or max(
        (part.get("value") or "" for part in read.get("content") or ()), key=len, default=""
    )
    summary = extra.inline_summary or read.get("description") or extra.media_description
    if not extra.has_content:  # the fast reader copies a description there
        summary, content = summary or content, ""
    guid = (read.get("id") or "").strip() or None
    link = extra.link or read.get("link") or (guid if extra.guid_is_link else None)
    return Entry(
        guid,
        absolute(link, extra.base),
        plain(extra.title_text, literal=True) or plain(read.get("title")),
        harmless(summary, extra.base) if summary != content else None,
        harmless(content, extra.base),
        plain(read.get("author")),
        extra.language or read.get("language"),
        _date(extra.published, read.get("published"), sure),
        _date(extra.updated, read.get("updated"), sure),
    )


def _date(raw: str | None, read: str | None, sure: bool) -> datetime | None:
    """``raw``: of the document's tree; ``read``: of the fast reader, which takes a GUID for a date where there is none,
    so it only counts where the tree is not to be had."""
    return parse_date(raw if sure else read)


class _FeedLinks(HTMLParser):
    """``<link rel="alternate" type="application/rss+xml" href="…">`` (RSS autodiscovery)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = {name: value or "" for name, value in attrs}
        kind = fields.get("type", "").lower()
        if tag == "link" and "alternate" in fields.get("rel", "").lower() and kind.endswith(("rss+xml", "atom+xml")):
            self.found.append(fields.get("href", ""))

    @classmethod
    def of(cls, page: str, url: str) -> list[str]:
        reader = cls()
        with contextlib.suppress(AssertionError):  # what Python's parser says to some broken declarations
            reader.feed(page)
        return [link for href in reader.found if (link := absolute(href, url))]
