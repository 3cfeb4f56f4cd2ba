"""Interviews whose paragraphs begin with a dash and name nobody: questions and answers in turn.

A dash alone says little (lists have dashes too), so it takes two questions with answers. Questions are put by nobody
the text names; answers are given by whom the text before the first question is about, or by nobody.
"""

from collections.abc import Sequence

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span

DASHES = frozenset("—–-―")
MIN_QUESTIONS = 2
MIN_NAME = 2
"""Capitalised words in a row that are a name."""
MAX_LEAD = 8
"""Tokens at the head of a sentence in which the one who is asked is named."""


def with_interview(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with the turns of interviews; a turn is one statement."""
    turns = [number for number in range(len(prose.paragraphs)) if _is_turn(prose, number)]
    asked = [number for number in turns if _asks(prose, number)]
    told = [number for number in asked if number + 1 in turns and number + 1 not in asked]
    if len(told) < MIN_QUESTIONS or any(_has_teller(prose, number, found) for number in turns):
        return list(found)
    who = _interviewed(prose, turns[0])
    kept = [f for f in found if not any(_in(prose, number, f) for number in turns)]
    for number in turns:
        start, end = prose.paragraphs[number]
        first, last = prose.token_from(start) + 1, prose.token_from(end)
        if first >= last:
            continue
        speaker = None if number in asked else who
        span: Span = (prose.tokens[first].start, prose.tokens[last - 1].end)
        kept.append(Found((span,), "direct", (), speaker, "here" if speaker else "nobody"))
    return sorted(kept, key=lambda statement: (statement.start, -statement.end))


def _is_turn(prose: Prose, number: int) -> bool:
    start, end = prose.paragraphs[number]
    first, last = prose.token_from(start), prose.token_from(end)
    if last - first < 2 or prose.tokens[first].text not in DASHES:
        return False
    return prose.tokens[first + 1].start > prose.tokens[first].end and not prose.tokens[first + 1].is_small


def _asks(prose: Prose, number: int) -> bool:
    return prose.tokens[prose.token_from(prose.paragraphs[number][1]) - 1].text == "?"


def _in(prose: Prose, number: int, statement: Found) -> bool:
    start, end = prose.paragraphs[number]
    return start <= statement.start < end


def _has_teller(prose: Prose, number: int, found: Sequence[Found]) -> bool:
    """Whether the turn says itself who speaks ("— …, — сказал он"): then it is a scene and no interview."""
    start, _ = prose.paragraphs[number]
    return any(_in(prose, number, f) and f.type == "direct" and f.start - start <= MIN_NAME and f.cue for f in found)


def _interviewed(prose: Prose, turn: int) -> Span | None:
    """The name, with what stands before it, that begins a sentence above the first turn; None if there are two."""
    names: list[Span] = []
    for sentence in prose.sentences:
        if sentence.paragraph >= turn:
            break
        run, stop = 0, min(sentence.last, sentence.first + MAX_LEAD)
        for index in range(sentence.first, stop + 1):
            token = prose.tokens[index] if index < stop else None
            if token is not None and token.is_word and token.is_capital and not prose.is_quoted(index):
                run += 1
                continue
            if run >= MIN_NAME:
                names.append(prose.span(sentence.first, index))
            if run >= MIN_NAME or token is None or not token.is_word or prose.is_quoted(index):
                break
            run = 0
    return names[0] if len({prose.text[start:end] for start, end in names}) == 1 else None
