"""A sentence cut at its signs: segments between commas, colons and dashes, as clauses begin and end there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consumers.extracting.german.mood import is_finite
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence

CUTS = frozenset(",;:–—")
MAX_DATELINE = 12
"""Tokens: "Astana (Kasachstan), 20. Mai 2024 – "."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens ``first:last`` and the sign before them ("" at the sentence's head)."""

    first: int
    last: int
    sign: str


@lru_cache(maxsize=8)
def body_of(prose: Prose, sentence: Sentence) -> tuple[int, int]:
    """Token range of a sentence without its dateline and its final stop."""
    first, last = sentence.first, sentence.last
    while last > first and (prose.tokens[last - 1].text in ENDS) and not prose.is_quoted(last - 1):
        last -= 1
    for index in range(first, min(last, first + MAX_DATELINE)):
        token = prose.tokens[index]
        if token.text in "–—-" and index + 1 < last and token.start > prose.tokens[index - 1].end:
            head = prose.tokens[first:index]
            if (
                head
                and all(not t.is_small for t in head)
                and head[0].is_capital
                and (len(head) > 2 or _starts(prose, sentence))
            ):
                return index + 1, last
        if token.is_small:
            break
    return first, last


def _starts(prose: Prose, sentence: Sentence) -> bool:
    return prose.paragraphs[sentence.paragraph][0] == sentence.start


@lru_cache(maxsize=8)
def segments_of(prose: Prose, first: int, last: int) -> tuple[Segment, ...]:
    """Cuts tokens ``first:last`` at signs outside marks and brackets."""
    found: list[Segment] = []
    begin, sign, depth = first, "", 0
    for index in range(first, last):
        token = prose.tokens[index]
        if prose.is_quoted(index):
            continue
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and token.text in CUTS:
            if index > begin:
                found.append(Segment(begin, index, sign))
            begin, sign = index + 1, token.text
    if begin < last:
        found.append(Segment(begin, last, sign))
    return tuple(found)


def segment_at(segments: Sequence[Segment], index: int) -> int:
    """Number of the segment that holds the token, -1 when it is a sign between two."""
    return next((n for n, segment in enumerate(segments) if segment.first <= index < segment.last), -1)


def finite_in(phrases: Phrases, first: int, last: int) -> int | None:
    """The first finite verb among tokens ``first:last``."""
    return next((index for index in range(first, last) if is_finite(phrases, index)), None)
