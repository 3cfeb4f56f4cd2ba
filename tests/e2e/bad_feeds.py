"""Feeds that no reader would wish for, by name: what a server answers with."""

import gzip
import json
import struct
from functools import cache

from tests.e2e.good_source import feed, item, text_about
from tests.e2e.raw_site import Reply, drip, flood, redirect, reply, reset

MIB = 1024 * 1024
MANY = 10_000
LEVELS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LEVELS}]>'.encode()
FLAT = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'.encode()
XXE = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
HEAD_ONLY = b"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\nconnection: close\r\n\r\n"


def one(name: str, **more: str) -> str:
    """An item that must be alerted, with a text of its own."""
    return item(f"Aus {name}", text_about(name), guid=more.pop("guid", name), **more)


def with_type(document_type: bytes, body: bytes) -> bytes:
    """``document_type`` after the XML declaration."""
    at = body.index(b"?>") + 2
    return body[:at] + document_type + body[at:]


@cache
def zeros() -> bytes:
    return gzip.compress(bytes(300 * MIB), 9)


def ten_thousand() -> bytes:
    return feed(one("ten-thousand"), *(item(f"Kurz {n}", f"Nummer {n} von vielen.") for n in range(MANY - 1)))


def half_emoji() -> bytes:
    """A JSON feed with characters cut in two."""
    made = {"id": "half", "title": "Aus half-emoji \ud83d", "content_text": text_about("half-emoji") + "\ude00"}
    about = {"version": "https://jsonfeed.org/version/1.1", "title": "Half \ud83d", "items": [made]}
    return json.dumps(about).encode()


def cyrillic() -> str:
    """Says that it is UTF-8."""
    text = "Шанхайская организация сотрудничества проведёт саммит осенью, сообщает агентство. " * 3
    return feed(item("Саммит пройдёт осенью", text, guid="cyrillic")).decode()


def dates() -> bytes:
    old, new = "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2099 23:59:59 +0000"
    made = [one(f"dates-{name}", more=f"<pubDate>{when}</pubDate>") for name, when in (("1970", old), ("2099", new))]
    strange = ("0000-00-00T00:00:00Z", "99999999999999999", "gestern", "Mon, 32 Foo 2026 25:61:61 XST")
    return feed(*made, *(one(f"dates-{n}", more=f"<pubDate>{when}</pubDate>") for n, when in enumerate(strange)))


def bad_feeds(inside: str) -> dict[str, Reply]:
    """Name → what ``/feed`` answers. ``inside``: an address that nobody may be led to."""
    plain = {name: feed(one(name)) for name in ("invalid-utf8", "wrong-charset", "entity-bomb", "flat-bomb", "xxe")}
    two = feed(one("whole"), one("cut"))
    huge = feed(f"<item><title>Lang {'a' * 20 * MIB}</title></item>")
    nested = b"<rss><channel><title>t</title>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</channel></rss>"
    bomb = plain["entity-bomb"].replace(b"Aus entity", b"Aus &l9;entity")
    flat = plain["flat-bomb"].replace(b"Aus flat", b"&a;" * 50_000 + b"Aus flat")
    return {
        "invalid-utf8": reply(plain["invalid-utf8"].replace(b"Aus ", b"Aus\xff\xfe\x80 ")),
        "wrong-charset": reply(plain["wrong-charset"], kind="text/xml; charset=koi8-r"),
        "cp1251-as-utf8": reply(cyrillic().encode("cp1251"), kind="text/xml; charset=utf-8"),
        "html": reply(b"<!doctype html><html><body>We have moved.</body></html>", kind="application/rss+xml"),
        "json": reply(b'{"error": "no"}', kind="application/json"),
        "half-emoji": reply(half_emoji(), kind="application/feed+json"),
        "png": reply(PNG),
        "empty": reply(b""),
        "truncated": reply(two[: two.index(b"Aus cut") + 4]),
        "nested-tags": reply(nested),
        "20-mb": reply(huge),
        "endless-body": flood(HEAD_ONLY + b"<rss><channel><title>x</title>", b"<item/>" * 10_000),
        "gzip-bomb": reply(zeros(), content_encoding="gzip"),
        "gzip-gzip-bomb": reply(gzip.compress(zeros()), content_encoding="gzip, gzip"),
        "gzip-in-gzip-in-gzip": reply(zeros(), content_encoding="gzip, gzip, gzip"),
        "not-gzip": reply(two, content_encoding="gzip"),
        "brotli": reply(two, content_encoding="br"),
        "entity-bomb": reply(with_type(BOMB, bomb)),
        "flat-bomb": reply(with_type(FLAT, flat)),
        "xxe": reply(with_type(XXE, plain["xxe"].replace(b"Aus xxe", b"Aus &x;xxe"))),
        "ten-thousand": reply(ten_thousand()),
        "no-guids": reply(feed(*(item(f"Aus no-guids {n}", text_about(f"no-guids {n}")) for n in (1, 2, 3)))),
        "same-guids": reply(feed(*(one(f"same-guids {n}", guid="same") for n in (1, 2, 3)))),
        "dates": reply(dates()),
        "relative-links": reply(feed(one("relative-links", link="../x/one?a=1&amp;b=2"))),
        "to-inside": redirect(inside),
        "in-circles": redirect("/feed"),
        "to-nowhere": redirect("ftp://example.org/feed"),
        "drip": drip(HEAD_ONLY + b"<rss><channel><title>x</title>"),
        "drip-headers": drip(b"HTTP/1.1 200 OK\r\n", b"x-a: b\r\n"),
        "silent": drip(b"", b""),
        "reset": reset(HEAD_ONLY + b"<rss><channel><title>x</title>"),
        "closed": reset(b""),
        "not-http": reply(b"").replace(b"HTTP/1.1", b"SSH-2.0-x"),
        "cut-short": reply(two[:-60]).replace(f"{len(two) - 60}\r\n".encode(), f"{len(two)}\r\n".encode()),
        "status-404": reply(b"gone", "404 Not Found"),
        "status-500": reply(b"oh", "500 Internal Server Error"),
        "status-429": reply(b"", "429 Too Many Requests", retry_after="3600"),
        "status-410": reply(b"", "410 Gone"),
        "bad-gzip-crc": reply(gzip.compress(two)[:-8] + struct.pack("<II", 1, 1), content_encoding="gzip"),
    }
