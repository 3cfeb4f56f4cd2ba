"""Pages and texts that no reader would wish for, by name."""

import gzip
import unicodedata
from html import escape

from tests.e2e.good_source import page, text_about
from tests.e2e.raw_site import Reply, drip, flood, redirect, reply, reset

MIB = 1024 * 1024
HTML = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n"
OPEN = "<!doctype html><html><head><meta charset=utf-8></head><body>"


def html(body: str | bytes) -> bytes:
    return reply(body.encode() if isinstance(body, str) else body, kind="text/html; charset=utf-8")


def long_text(name: str, characters: int) -> str:
    """Prose of about so many characters."""
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(text_about(f"{name} {len(parts)}", 100))
    return "\n".join(parts)


def bad_pages(inside: str) -> dict[str, Reply]:
    """Name → what the page answers; the entry in the feed is short and good."""
    return {
        "page-404": reply(b"no", "404 Not Found", "text/html"),
        "page-500": reply(b"no", "500 Internal Server Error", "text/html"),
        "page-png": reply(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400, kind="image/png"),
        "page-binary": html(bytes(range(256)) * 4000),
        "page-empty": html(""),
        "page-drip": drip(HTML + OPEN.encode(), b"<p>x"),
        "page-endless": flood(HTML + OPEN.encode(), b"<p>mehr und mehr</p>" * 2000),
        "page-gzip-bomb": reply(gzip.compress(bytes(100 * MIB)), kind="text/html", content_encoding="gzip"),
        "page-to-inside": redirect(inside),
        "page-in-circles": redirect("/page"),
        "page-reset": reset(HTML + OPEN.encode()),
        "page-nested": html(OPEN + "<div>" * 200_000 + "tief" + "</div>" * 200_000),
        "page-unclosed": html(OPEN + "<table><tr><td><b><i><a href=x>" * 60_000 + "Ende"),
        "page-attributes": html(OPEN + "<p " + " ".join(f"a{n}='{n}'" for n in range(200_000)) + ">Text</p>"),
        "page-comments": html(OPEN + "<!--" * 300_000 + "<" * 300_000),
    }


def strange_pages() -> dict[str, Reply]:
    """Name → a page with an article that must be read from it, whatever else it has."""
    plain = text_about("page-invalid-utf8", 30)
    return {
        "page-invalid-utf8": page(plain).replace(b"In ", b"In \xff\xfe ").replace(b"content-length", b"x-was"),
        "page-wrong-charset": page(text_about("page-wrong-charset", 30)).replace(b"text/html", b"text/html;charset=x"),
        "page-controls": page(text_about("page-controls", 30).replace(" Tagen", " \x00\x08\x1b[31m\u202eTagen", 3)),
        "page-entities": page(
            text_about("page-entities", 30).replace(" Tagen", " &#xD800;&#0;&#x110000;&nosuch;Tagen")
        ),
        "page-1-mb": page(long_text("page-1-mb", MIB)),
    }


def texts() -> dict[str, str]:
    """Name → HTML that the feed itself brings as the whole article; all name the SCO somewhere."""
    plain = {name: text_about(name) for name in ("quotes", "unbalanced", "combining", "brackets", "long-word", "nfd")}
    arabic = "قال الرئيس إن منظمة شنغهاي للتعاون ستعقد قمتها المقبلة في الخريف. "
    mixed = "Шанхайская организация сотрудничества und 上海合作组织 oder منظمة شنغهاي للتعاون, SCO, ประชุม सम्मेलन. "
    numbered = [f"{arabic}{number} \u202bتقرير{number * 7}\u202c. " for number in range(40)]
    return {
        "text-1-mb": escape(long_text("text-1-mb", 980_000)),
        "quotes": '"' * 10_000 + plain["quotes"],
        "quotes-apart": "„ so " * 10_000 + plain["quotes"][::-1] + " Die Shanghaier Organisation für Zusammenarbeit.",
        "unbalanced": "".join(f'„ «{word}» ” ’ {word}› “ " ' for word in ["und", "so", "weiter"] * 300)
        + plain["unbalanced"],
        "mixed-scripts": "".join(f"{mixed}{number * 13} Wort{number} слово{number}. " for number in range(30)),
        "right-to-left": "".join(numbered),
        "combining": "a" + "\u0301\u0323" * 30_000 + " " + plain["combining"],
        "brackets": "(" * 50_000 + plain["brackets"] + "[" * 50_000,
        "long-word": "Donau" * 100_000 + " " + plain["long-word"],
        "nfd": unicodedata.normalize("NFD", plain["nfd"]),
        "names": "".join(f"SCO {number} " for number in range(20_000)) + "Die SCO (Shanghai Cooperation Organisation).",
    }
