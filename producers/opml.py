"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds, in and out."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree  # type: ignore[import-untyped]

from producers.feeds.decode import as_xml
from producers.feeds.markup import plain
from service.contracts import Source
from service.errors import Invalid

MOST = 100_000
"""Feeds read from one file."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list. ``url`` is as written: whether it is an address is for the reader to see."""

    url: str
    title: str | None = None
    language: str | None = None


def read_opml(text: str) -> list[Outline]:
    """Every feed in ``text`` once, whatever folders it is in. ``Invalid`` when it is no OPML."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(as_xml(text).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Invalid(f"not an OPML file: {str(error).splitlines()[0][:200]}") from None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise Invalid("not an OPML file: its root is " + ("missing" if root is None else f"<{str(root.tag)[:40]}>"))
    found: dict[str, Outline] = {}
    for element in root.iter("{*}outline"):
        fields = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
        url = fields.get("xmlurl")
        if url and len(found) < MOST:
            title = plain(fields.get("title") or fields.get("text"), literal=True)
            found.setdefault(url, Outline(url, title, fields.get("language") or None))
    return list(found.values())


def write_opml(sources: list[Source]) -> str:
    """``sources`` as an OPML 2.0 document."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>wirewatch</title></head>",
    ]
    lines.append("  <body>")
    for source in sources:
        fields = {"type": "rss", "text": source.title or source.url, "title": source.title, "xmlUrl": source.url}
        fields["language"] = source.language
        shown = " ".join(f"{name}={quoteattr(value)}" for name, value in fields.items() if value)
        lines.append(f"    <outline {shown}/>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])
