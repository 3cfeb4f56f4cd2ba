"""Mark evidence in a text: escape first, mark after. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Mark:
    """Characters ``start:end`` (end exclusive) that belong together; ``title`` says in words what ``css`` shows."""

    start: int
    end: int
    css: str
    title: str
    anchor: str | None = None


def paragraphs(text: str, marks: Iterable[Mark]) -> list[Markup]:
    """The text's non-empty lines as HTML, each mark a ``<mark>``; marks may overlap and cross lines.

    A mark's anchor becomes the id of its first piece. Nothing of ``text`` reaches the HTML unescaped.
    """
    kept = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=lambda mark: mark.start)
    anchored: set[str] = set()
    made: list[Markup] = []
    position, first = 0, 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            while first < len(kept) and kept[first].end <= position and kept[first].start < position:
                first += 1
            touching = [mark for mark in kept[first:] if mark.start < end and mark.end > position]
            made.append(_line(text, position, end, touching, anchored))
        position = end + 1
    return made


def _line(text: str, begin: int, end: int, marks: Sequence[Mark], anchored: set[str]) -> Markup:
    edges = {begin, end}
    for mark in marks:
        edges |= {max(begin, mark.start), min(end, mark.end)}
    return Markup("").join(
        _piece(text[start:stop], [mark for mark in marks if mark.start <= start and mark.end >= stop], anchored)
        for start, stop in pairwise(sorted(edges))
    )


def _piece(words: str, marks: Sequence[Mark], anchored: set[str]) -> Markup:
    if not marks:
        return escape(words)
    anchors = list(dict.fromkeys(mark.anchor for mark in marks if mark.anchor and mark.anchor not in anchored))
    anchored.update(anchors)
    css = " ".join(dict.fromkeys(mark.css for mark in marks))
    title = " · ".join(dict.fromkeys(mark.title for mark in marks))
    named = Markup(' id="{}"').format(anchors[0]) if anchors else Markup("")
    inner = escape(words)
    for anchor in anchors[1:]:
        inner = Markup('<mark id="{}">{}</mark>').format(anchor, inner)
    return Markup('<mark class="{}" title="{}"{}>{}</mark>').format(css, title, named, inner)
