"""Who wrote a text and where it was first, as its own small lines say."""

import re
from collections.abc import Iterable
from functools import cache

from consumers.fetching.words import either
from service.contracts import Region

_URL = re.compile(r"https?://[^\s<>\"'“”«»]+")
_DATE = re.compile(r"\s*[|,–—-]?\s*\d{1,2}[./]\d{1,2}[./]\d{2,4}.*$")
LONGEST = 80


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(rf"^(?:{either('byline')})\s*[:：]?\s+", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    """The word of a credit at the head of its line: agencies follow, no author."""
    return re.compile(rf"(?:{either('credited')})\s", re.IGNORECASE)


def author_of(text: str, regions: Iterable[Region]) -> str | None:
    """The name in a credit line: "Von Anna Berg", "Minh Duc (Laut TASS, Kazinform)". None for agencies alone."""
    for region in regions:
        if region.kind != "credit":
            continue
        line = text[region.start : region.end]
        if _after().match(line) or ("/" in line and " " not in line):
            continue
        name = _DATE.sub("", _byline().sub("", re.sub(r"[(\[（][^)\]）]*[)\]）]?", "", line).strip())).strip(
            " .,;:|–—-"
        )
        if (
            2 < len(name) <= LONGEST
            and not name.isupper()
            and any(part[:1].isupper() or not part.isascii() for part in name.split())
        ):
            return name
    return None


def clean_author(author: str | None, site: str | None) -> str | None:
    """What a feed or page says of its author, without mail addresses; None for the site itself."""
    if not author:
        return None
    # RSS 2.0 wants an address with the name in brackets.
    named = re.fullmatch(r"\s*\S+@\S+\s*\((.+)\)\s*", author)
    name = " ".join((named[1] if named else re.sub(r"\S+@\S+", "", author)).split()).strip(" ,;()<>")
    name = _byline().sub("", name)
    return name[:200] if name and name.casefold() != (site or "").casefold() else None


def original_address(text: str, regions: Iterable[Region]) -> str | None:
    """The first address in a line that says where the text comes from ("Quelle: https://…")."""
    for region in regions:
        if region.kind == "source" and (found := _URL.search(text, region.start, region.end)):
            return found[0].rstrip(".,;)")
    return None
