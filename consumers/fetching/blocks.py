"""HTML to lines: one line a block, captions known as such. Own reading, for what is no boilerplate problem: a feed's
content, and the small lines (captions, credits) that boilerplate removal throws out of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from service.composed import nfc

LONGEST_CAPTION = 600
_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr"),
        "ul",
    ]
)
_SILENT = frozenset(
    [
        *("head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select"),
        "textarea",
    ]
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no tree can hold (XML 1.0, 2.2)."""
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|captions|bildunterschrift|wp-caption-text|legende|imgdesc)(?:$|[\s_-])", re.I
)


@dataclass(frozen=True, slots=True)
class Line:
    """A block's text, NFC, white space collapsed."""

    text: str
    is_caption: bool = False


def collapse(text: str) -> str:
    """NFC, one space between words, no invisible characters that hide words from a reader's search."""
    return " ".join(nfc(text.replace("\u00ad", "").replace("\u200b", "")).split())


def parse_html(text: str) -> Any:
    """A tree of ``text``, None when there is nothing in it."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _FORBIDDEN.sub("", text))
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(encoding=None, recover=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def lines_of(tree: Any) -> list[Line]:
    """Every block's line, in the order of the document."""
    found: list[Line] = []
    pending: list[str] = []
    captions = [0]

    def flush() -> None:
        text = collapse("".join(pending))
        pending.clear()
        if text:
            found.append(Line(text, captions[0] > 0 and len(text) <= LONGEST_CAPTION))

    for event, element in _walk(tree):
        if event == "text":
            pending.append(element)
        elif event == "break":
            flush()
        else:
            flush()
            captions[0] += _is_caption(element) * (1 if event == "open" else -1)
    flush()
    return found


def html_lines(markup: str) -> list[Line]:
    """Lines of an HTML fragment."""
    tree = parse_html(f"<div>{markup}</div>")
    return [] if tree is None else lines_of(tree)


def _is_caption(element: Any) -> bool:
    return element.tag in ("figcaption", "caption") or bool(_CAPTION.search(element.get("class") or ""))


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Blocks as they open and close, text between; without recursion, since pages can be nested deeper than Python."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end" and element.tail and not _silenced(element.getparent()):
                yield "text", element.tail
            continue
        if event == "start":
            if tag in _BLOCKS:
                yield "open", element
            if tag == "br":
                yield "break", element
            if element.text and not _silenced(element):
                yield "text", element.text
        else:
            if tag in _BLOCKS:
                yield "close", element
            if element.tail and not _silenced(element.getparent()):
                yield "text", element.tail


def _silenced(element: Any) -> bool:
    while element is not None:
        if element.tag in _SILENT:
            return True
        element = element.getparent()
    return False
