"""Speakers named by a label and a colon: the answers of a printed interview, and headlines (``headlines``).

A colon alone says little ("Analysis: …", "Photo: …"), so in an interview a label counts only as that of several
paragraphs, beside other labels.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from consumers.extracting.found import Found
from consumers.extracting.headlines import COLONS, MAX_LABEL, headlines
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span

MIN_TURNS = 2
"""Paragraphs with the same label, and labels, of an interview."""


def with_labelled(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with the statements that labels tell of; in an interview a paragraph is one statement."""
    labels = list(_labels(prose))
    turns = _turns(prose, labels)
    if turns:
        spans = [prose.paragraphs[number] for number, _ in turns]
        kept = [f for f in found if not any(start <= f.start < end for start, end in spans)]
        told = [said for number, colon in turns if (said := _turn(prose, number, colon)) is not None]
        return sorted([*kept, *told], key=lambda statement: (statement.start, -statement.end))
    lines = headlines(prose, found)
    # What is found there already has no speaker of its own.
    kept = [f for f in found if not any(f.start < line.end and line.start < f.end for line in lines)]
    return sorted([*kept, *lines], key=lambda statement: (statement.start, -statement.end))


def _labels(prose: Prose) -> Iterator[tuple[int, int]]:
    """Number of each paragraph that begins with capitalised words and a colon, and the colon's token."""
    for number, (start, end) in enumerate(prose.paragraphs):
        first, last = prose.token_from(start), prose.token_from(end)
        stop = min(last - 1, first + MAX_LABEL)
        colon = next((i for i in range(first + 1, stop) if prose.tokens[i].text in COLONS), None)
        if colon is None or prose.tokens[colon + 1].start == prose.tokens[colon].end:
            continue
        small = prose.language.words("determiners") | prose.language.words("label_words")
        head = prose.tokens[first:colon]
        if all(t.is_word and (t.is_capital or t.lower in small) for t in head) and not prose.is_quoted(first):
            yield number, colon


def _turns(prose: Prose, labels: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of an interview: two labels or more, each of several paragraphs."""
    count = Counter(_text(prose, number, colon) for number, colon in labels)
    speakers = {label for label, times in count.items() if times >= MIN_TURNS}
    if len(speakers) < MIN_TURNS:
        return []
    return [(number, colon) for number, colon in labels if _text(prose, number, colon) in speakers]


def _text(prose: Prose, number: int, colon: int) -> str:
    return prose.text[prose.paragraphs[number][0] : prose.tokens[colon].start].strip()


def _turn(prose: Prose, number: int, colon: int) -> Found | None:
    """What a paragraph's label says; None for the one who asks."""
    start, end = prose.paragraphs[number]
    first, last = prose.token_from(start), prose.token_from(end)
    if prose.tokens[first].lower in prose.language.words("asking") or last - colon <= 1:
        return None
    quote: Span = (prose.tokens[colon + 1].start, prose.tokens[last - 1].end)
    return Found((quote,), "direct", (prose.span(colon, colon + 1),), prose.span(first, colon))
