"""Paragraphs and sentences. A sentence is what stands outside quotation marks: „A. B“, sagte C. is one."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from consumers.extracting.marks import Quotation
from consumers.extracting.tokens import Span, Token
from service.contracts.article import Region

ENDS = frozenset(".!?…。！？؟۔।") | {"..", "..."}
_CLOSERS = frozenset(")]}")
_OPENERS = frozenset("([{")
_INNER_MARKS = frozenset("’‘'“”»«›‹")
MAX_SENTENCE = 400
"""Tokens outside quotations; a quotation counts for one."""
MAX_BRACKET = 400
"""Characters: a bracket longer than this is one that nobody closed."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first:last`` (end exclusive), characters ``start:end`` with the final stop."""

    index: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int


def split_paragraphs(text: str, regions: Sequence[Region] = ()) -> tuple[Span, ...]:
    """Lines with text on them, without surrounding white space; lines that hold a region are left out."""
    starts = sorted(region.start for region in regions)
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        begin, at = at, at + len(line) + 1
        words = line.strip()
        if words:
            start = begin + line.index(words[0])
            spans.append((start, start + len(words)))
    return tuple(span for span in spans if bisect_left(starts, span[0]) == bisect_left(starts, span[1]))


def split_sentences(
    text: str,
    tokens: Sequence[Token],
    paragraphs: Sequence[Span],
    quotations: Sequence[Quotation],
    *,
    abbreviations: frozenset[str],
    ordinal_dot: bool,
    letters: frozenset[str] = frozenset(),
) -> tuple[Sentence, ...]:
    """Sentences of all paragraphs. ``abbreviations``: lower case with their dot; ``ordinal_dot``: "20. Mai";
    ``letters``: what is called by one letter, which is no initial after a small word ("wrote on X. He").
    """
    starts = [token.start for token in tokens]
    quoted_until = _outer_ends(quotations)
    sentences: list[Sentence] = []

    def add(first: int, last: int, paragraph: int) -> None:
        if first < last:
            sentences.append(
                Sentence(len(sentences), first, last, tokens[first].start, tokens[last - 1].end, paragraph)
            )

    for number, (begin, end) in enumerate(paragraphs):
        index, stop = bisect_left(starts, begin), bisect_left(starts, end)
        first, bracket_end, outside = index, -1, 0
        while index < stop:
            token = tokens[index]
            if outside > MAX_SENTENCE:
                # A text without stops: rules that look round in a sentence must not look round in a book.
                add(first, index, number)
                first, outside = index, 0
            if token.text in _OPENERS and token.start >= bracket_end:
                close = text.find(
                    {"(": ")", "[": "]", "{": "}"}[token.text], token.end, min(end, token.end + MAX_BRACKET)
                )
                bracket_end = max(bracket_end, close)
            quotation_end = quoted_until.get(token.start)
            if quotation_end is not None and quotation_end <= end:
                index = bisect_left(starts, quotation_end)
                outside += 1
                if _stops_inside(tokens, index, token.start) and _may_start(tokens, index, stop):
                    add(first, index, number)
                    first, outside = index, 0
                continue
            outside += 1
            if (
                token.text in ENDS
                and token.start >= bracket_end
                and _ends(tokens, index, stop, abbreviations, ordinal_dot, letters)
            ):
                index += 1
                while index < stop and (tokens[index].text in ENDS or tokens[index].text in _CLOSERS):
                    index += 1
                add(first, index, number)
                first, outside = index, 0
                continue
            index += 1
        add(first, stop, number)
    return tuple(sentences)


def _outer_ends(quotations: Sequence[Quotation]) -> dict[int, int]:
    return {quotation.start: quotation.end for quotation in quotations if quotation.closed and quotation.depth == 0}


def _stops_inside(tokens: Sequence[Token], end: int, start: int) -> bool:
    """Whether a quotation from character ``start`` to token ``end`` ends with a stop, within inner marks too (.’”)."""
    last = end - 2
    while last > 0 and tokens[last].text in _INNER_MARKS:
        last -= 1
    return last >= 0 and tokens[last].text in ENDS and tokens[last].start >= start


def is_named_by_letter(tokens: Sequence[Token], index: int, letters: frozenset[str]) -> bool:
    """Whether the letter is a name and no initial: "wrote on X.", "Đông Nam Á."."""
    letter, before = tokens[index].lower, tokens[index - 1] if index else None
    if before is None:
        return False
    return (letter in letters and before.is_small) or f"{before.lower} {letter}" in letters


def _may_start(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether a new sentence may begin with this token: not with a small letter, a comma or a dash."""
    if index >= stop:
        return True
    token = tokens[index]
    return not (token.is_small or token.text in ",;:)]-–—،、，")


def _ends(
    tokens: Sequence[Token],
    index: int,
    stop: int,
    abbreviations: frozenset[str],
    ordinal_dot: bool,
    letters: frozenset[str],
) -> bool:
    token = tokens[index]
    following = index + 1
    while following < stop and (tokens[following].text in ENDS or tokens[following].text in _CLOSERS):
        following += 1
    if not _may_start(tokens, following, stop):
        return False
    if token.text != "." or index == 0 or tokens[index - 1].end != token.start:
        return True
    before = tokens[index - 1]
    if following < stop and before.lower + "." in abbreviations:
        return False
    if len(before.text) == 1 and before.text.isupper() and following < stop:
        return is_named_by_letter(tokens, index - 1, letters)
    # "am 20. Mai", "der 3. Kongress"; a year or an amount may well end a sentence.
    return not (ordinal_dot and following < stop and before.text.isdigit() and len(before.text) <= 2)
