"""Lines that are not prose, told by their form: pure, language-independent rules over words from ``markers.yaml``.

A line is only called something else when its form leaves no doubt; a wrong region hides a statement, a missed one
merely offers the extractor a line in which it finds nothing.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from service.contracts.article import Region

RegionKind = Literal["caption", "credit", "source", "counter", "address"]

MAX_CAPTION = 600
MAX_CREDIT = 160
MAX_NAME = 4
"""Words of an agency's name."""
_SLASHED = re.compile(r"[(\[]?[^\W\d_]{2,12}(?:/[^\W\d_]{2,12}){1,4}[)\]]?")
"""Signs of agencies at the end: "ats/afp"."""
_IN_NAMES = frozenset(["xã", "tin", "và", "and", "et", "и", "та", "und", "de", "of"])
_LINE = re.compile(r"[^\n]+")
_ADDRESS = re.compile(
    r"(?:(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+)(?:\s*[|,;]?\s*(?:(?:https?://|www\.)\S+|\S+@\S+\.\S+))*"
)
_STOPS = ".!?…。！？؟۔।"
_JOINERS = frozenset(["und", "and", "et", "и", "та", "і", "y", "e", "von", "van", "de", "der", "мен", "және"])


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words = yaml.safe_load((files("consumers.prose") / "markers.yaml").read_text(encoding="utf-8"))
    either = {kind: "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) for kind, terms in words.items()}
    amount = r"[(\[]?\s*\d[\d.,\s]*[)\]]?"
    forms = {
        # The credit closes the line and is short; "Foto:" in the middle of a sentence is followed by more than a name.
        "caption": rf"(?:^|[\s(\[/|])(?:{either['caption']})\s*[:：©/]\s*\S.{{0,60}}$",
        "source": rf"[\s(\[]*(?:{either['source']})\s*[:：]\s*\S.{{0,300}}$",
        "credit": rf"[^.!?:;]{{0,60}}\((?:{either['credit']})\s+[^()]{{2,100}}\)\s*[.]?$",
        "after": rf"[\s(\[]*(?:{either['credit']})\s+(?P<who>\S[^()\[\]]{{1,100}})[)\]]?$",
        "byline": rf"(?:{either['byline']})\s*[:：]?\s+(?P<who>\S.{{1,80}})$",
        "counter": rf"(?:(?:{either['counter']})\s*[:：]?\s*{amount}|{amount}\s+(?:{either['counter']}))$",
    }
    return {kind: re.compile(form, re.IGNORECASE) for kind, form in forms.items()}


def _kind(line: str) -> RegionKind | None:
    if len(line) > MAX_CAPTION:
        return None
    patterns = _patterns()
    if patterns["counter"].fullmatch(line):
        return "counter"
    if _ADDRESS.fullmatch(line):
        return "address"
    if patterns["source"].match(line):
        return "source"
    if patterns["caption"].search(line):
        return "caption"
    if len(line) <= MAX_CREDIT and patterns["credit"].match(line):
        return "credit"
    if len(line) <= MAX_CREDIT and (_SLASHED.fullmatch(line) or _lists_sources(line, patterns["after"])):
        return "credit"
    byline = patterns["byline"].match(line) if len(line) <= MAX_CREDIT else None
    # "Von Anna Berg" is a byline; "Von Anna Berg war nichts zu hören." is prose: it stops and has small words.
    if (
        byline
        and line[-1] not in _STOPS
        and all(not word[0].islower() or word in _JOINERS for word in byline["who"].split())
    ):
        return "credit"
    return None


def _lists_sources(line: str, form: re.Pattern[str]) -> bool:
    """ "Theo AFP, Tân Hoa xã": a whole line of names after the word of a credit. A headline has small words."""
    credit = form.match(line)
    if credit is None or line[-1] in _STOPS:
        return False
    names = [name.split() for name in re.split(r"[,;/]\s*", credit["who"])]
    return all(
        0 < len(name) <= MAX_NAME and name[0][0].isupper() and all(w[0].isupper() or w in _IN_NAMES for w in name[1:])
        for name in names
    )


def find_regions(text: str, language: str = "und") -> tuple[Region, ...]:
    """The lines of ``text`` that are not prose, in order; offsets exclude the line's surrounding white space.

    ``language`` is taken for symmetry with other readers: the words of all languages are looked for at once, because a
    German rendering of a Vietnamese page keeps "Ảnh: TTXVN".
    """
    found: list[Region] = []
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        kind = _kind(line)
        if kind is not None:
            start = match.start() + match.group().index(line)
            found.append(Region(start=start, end=start + len(line), kind=kind))
    return tuple(found)
