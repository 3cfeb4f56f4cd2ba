"""A page to its article's lines: trafilatura finds the text, this adds the small lines it leaves out.

Runs in a process that is killed at a deadline (``page_process``): pages are hostile input and some take seconds of CPU.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from consumers.fetching.blocks import Line, collapse, html_lines, lines_of, parse_html
from consumers.fetching.charset import decode_page, is_binary
from consumers.fetching.metadata import read_metadata
from consumers.prose import find_regions
from service.errors import Invalid

NEAR = 12
"""Lines after the last (before the first) line of the text in which its credits are looked for."""
LEAST = 40
"""Characters below which a page is said to have no text."""


@dataclass(frozen=True, slots=True)
class Page:
    """``lines``: the article in order, without its title."""

    lines: tuple[Line, ...]
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    canonical: str | None = None
    language: str | None = None
    site: str | None = None


PAGE = TypeAdapter(Page)


def read_page(body: bytes, content_type: str | None, url: str | None) -> Page:
    """The article of an HTML page. ``Invalid`` when there is none to be read."""
    # Imported here: the service itself only reads what its process found, and saves half a second.
    import trafilatura

    text = decode_page(body, content_type)
    if is_binary(text):
        raise Invalid("the page is data of some kind, not text")
    tree = parse_html(text)
    if tree is None:
        raise Invalid("the page is empty")
    about = read_metadata(tree, urlsplit(url or "").hostname)
    everything = lines_of(tree)
    # No date guessing: what trafilatura finds in "© 2024" is no date of publication.
    document = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, with_metadata=False
    )
    main = getattr(document, "text", None) or ""
    found = [line for raw in main.split("\n") if (one := collapse(raw)) for line in _apart(one, everything)]
    lines = _with_small_lines(found, everything)
    if about.body and len(found) <= 1 and len(about.body) >= sum(map(len, found)):
        lines = [line for raw in about.body.split("\n") for line in html_lines(raw)]
    while lines and about.title and _same(lines[0].text, about.title):
        lines = lines[1:]
    if sum(len(line.text) for line in lines) < LEAST:
        raise Invalid("the page has no readable text")
    return Page(
        tuple(lines), about.title, about.author, about.published_at, about.canonical, about.language, about.site
    )


def _apart(line: str, everything: list[Line]) -> list[str]:
    """A table that only lays out the page comes as one line of cells ("| … | … |"); its own lines come back here."""
    if not line.startswith("|") and not line.endswith("|"):
        return [line]
    pieces: list[str] = []
    at = 0
    for own in everything:
        start = line.find(own.text, at, at + len(own.text) + 6)
        if start >= 0:
            pieces.append(own.text)
            at = start + len(own.text)
    if sum(map(len, pieces)) * 10 >= 9 * len(line.replace("|", "").strip()):
        return pieces
    return [cells] if (cells := line.strip("| ")) else []


def _with_small_lines(found: list[str], everything: list[Line]) -> list[Line]:
    """``found`` with the captions inside of it and the credits and source lines round it, each in its place."""
    captions = {line.text for line in everything if line.is_caption}
    lines = [Line(text, text in captions) for text in found]
    kept = set(found)
    places = [position for position, line in enumerate(everything) if line.text in kept]
    if not places:
        return lines
    first, last = places[0], places[-1]
    anchor: str | None = None
    for position, line in enumerate(everything):
        if line.text in kept:
            anchor = line.text
            continue
        inside = first <= position <= last
        near = first - NEAR <= position <= last + NEAR
        if (line.is_caption and inside) or (near and _is_credit(line.text)):
            at = next((place + 1 for place, one in enumerate(lines) if one.text == anchor), 0)
            lines.insert(at, line)
            kept.add(line.text)
            anchor = line.text
    return lines


def _is_credit(text: str) -> bool:
    return any(region.kind in ("credit", "source") for region in find_regions(text))


def _same(line: str, title: str) -> bool:
    return line.casefold().rstrip(".") == title.casefold().rstrip(".")
