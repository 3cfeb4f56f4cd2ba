"""Articles of our own writing with what a careful reader finds in them; ``consumers.marked.marks`` tells the format."""

from pathlib import Path

from consumers.marked.marks import Marked, Saying, Span, names_in, nearest, pieces, places, read_mark
from consumers.marked.marks import load as load_in

ARTICLES = Path(__file__).parent / "articles"

__all__ = ["ARTICLES", "Marked", "Saying", "Span", "load", "names", "nearest", "pieces", "places", "read_mark"]


def names() -> list[str]:
    """The articles there are, in order."""
    return names_in(ARTICLES)


def load(name: str) -> Marked:
    """The article ``name`` with its marks resolved to offsets; ValueError names the line that does not fit."""
    return load_in(ARTICLES, name)
