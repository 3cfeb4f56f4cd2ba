"""The characters of a page, whatever it says about its character set."""

import codecs
import re

from charset_normalizer import from_bytes

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_WEB = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
SAMPLE = 200_000
MOST_CONTROLS = 0.02
"""Share of control characters beyond which something is no text."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


def decode_page(body: bytes, content_type: str | None) -> str:
    """``body`` as text: byte order mark, valid UTF-8, HTTP header, meta element, a guess; never fails."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut in the middle of a character, or one stray byte in a long page: still UTF-8.
        if error.start > 3 * len(body) // 4 and not body[: error.start].isascii():
            return body.decode("utf-8", "replace")
    named = [found[1] for found in [_CHARSET.search(content_type or "")] if found]
    named += [found[1].decode("ascii") for found in [_META.search(body[:4096])] if found]
    for label in named:
        try:
            name = codecs.lookup(label).name
            return body.decode(_WEB.get(name, name))
        except (LookupError, UnicodeError, TypeError, ValueError):
            continue
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") * 50 < len(text):
        return text
    best = from_bytes(body[:SAMPLE]).best()
    return body.decode(best.encoding, "replace") if best else text


def looks_like_html(body: bytes) -> bool:
    """Whether ``body`` begins as a page does."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        head.startswith((b"<?xml", b"<!--")) and b"<html" in head
    )


def is_binary(text: str) -> bool:
    """Whether ``text`` was decoded from what is no text: an image or an archive that says it is a page."""
    head = text[:SAMPLE]
    return len(_CONTROL.findall(head)) > MOST_CONTROLS * len(head)
