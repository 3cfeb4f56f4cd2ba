"""From bytes to XML text that no parser can trip over: character sets, control characters, document types, HTML names.

Order of belief: byte order mark; UTF-8 when the bytes are valid UTF-8 (nothing else looks like it by chance); the HTTP
header (RFC 7303); the XML declaration; a guess where hardly anything is valid UTF-8; else UTF-8 with what is broken
replaced. Labels mean what the web means by them
(latin-1 is windows-1252, gb2312 is gb18030).
"""

import codecs
import re
from html.entities import html5

from charset_normalizer import from_bytes

SAMPLE = 16_000
"""Bytes that a character set is guessed from: a few milliseconds."""
FEW = 8
"""Broken characters that are a blemish, and say nothing of the character set."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WEB_LABELS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9]{0,30};)")
_NUMERIC = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|(\d{1,9}));")
_BARE = re.compile(r"&(?![A-Za-z][A-Za-z0-9]{0,30};|#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};)")


def decode(body: bytes, content_type: str | None) -> tuple[str, tuple[str, ...]]:
    """``body`` as text and what was wrong with its character set, for people."""
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").lstrip("\ufeff"), ()
    if body[:4] in (b"<\0?\0", b"\0<\0?"):
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace"), ()
    named = [found[1] for found in [_CHARSET.search(content_type or "")] if found]
    declared = _DECLARED.search(body[:1024])
    named += [declared[1].decode("ascii")] if declared else []
    known = [label for name in named if (label := _web_label(name))]
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if known and known[0].startswith("iso2022"):  # seven bits, so always valid UTF-8 as well
            return body.decode(known[0], "replace"), ()
        wrong = named and "utf-8" not in known and not text.isascii()
        return text, (f"says it is {named[0]}, is UTF-8",) if wrong else ()
    for label in known:
        if label != "utf-8":
            try:
                return body.decode(label), ()
            except UnicodeError:
                continue
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken > FEW and broken > sum(1 for sign in text if sign > "\x7f") / 2 and (guess := _guess(body)):
        return body.decode(guess, "replace"), (f"says it is {named[0] if named else 'nothing'}, looks like {guess}",)
    return text, (f"{text.count(chr(0xFFFD))} characters are not valid {named[0] if named else 'UTF-8'}",)


def _guess(body: bytes) -> str | None:
    """The character set that the first words beyond ASCII speak for."""
    first = next((at for at, byte in enumerate(body) if byte > 0x7F), 0)
    best = from_bytes(body[max(0, first - SAMPLE // 8) : first + SAMPLE]).best()
    return best.encoding if best else None


def _web_label(name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
        b"".decode(known)  # some codecs ("hex") are no character sets
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    return WEB_LABELS.get(known, known)


def as_xml(text: str) -> str:
    """``text`` without declaration, document type (and the entities it may define) and characters that XML forbids;
    HTML's named characters are written out; names that nobody knows, and stray ampersands, are text."""
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", text).lstrip("\ufeff \t\r\n"), count=1)
    text = _without_doctype(text)
    if "&" in text:
        text = _NUMERIC.sub(_possible, text)
        text = _NAMED.sub(lambda found: html5.get(found[1], f"&amp;{found[1]}"), text)
        if "<![CDATA[" not in text:  # inside one a bare ampersand is right
            text = _BARE.sub("&amp;", text)
    return text


def _possible(reference: re.Match[str]) -> str:
    """``&#…;`` unless it stands for what XML forbids ("&#0;", half of a surrogate pair)."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    fine = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return reference[0] if fine else "\ufffd"


def _without_doctype(text: str) -> str:
    start = text[:4096].upper().find("<!DOCTYPE")
    if start < 0:
        return text
    bracket, end = text.find("[", start), text.find(">", start)
    if 0 <= bracket < end:
        closing = re.compile(r"\]\s*>").search(text, bracket)
        return text[:start] + (text[closing.end() :] if closing else "")
    return text[:start] + text[end + 1 :] if end >= 0 else text[:start]
