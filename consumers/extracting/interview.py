"""Interviews whose paragraphs begin with a dash and name nobody: questions and answers in turn.

A dash alone says little (lists have dashes too), so it takes two questions with answers. Questions are put by nobody
the text names; answers are given by whom the text before the first question is about, or by nobody.
"""

from bisect import bisect_right
from collections.abc import Sequence

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span

DASHES = frozenset("—–-―")
QUESTIONS = frozenset("?？؟")
MIN_QUESTIONS = 2
MIN_NAME = 2
"""Capitalised words in a row that are a name."""
MAX_MARK = 2
"""Characters of a turn's dash and its space."""
MAX_LEAD = 8
"""Tokens at the head of a sentence in which the one who is asked is named."""


def with_interview(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with the turns of interviews; a turn is one statement."""
    turns = [number for number in range(len(prose.paragraphs)) if _is_turn(prose, number)]
    asked = {number for number in turns if _asks(prose, number)}
    answers = set(turns) - asked
    if sum(number + 1 in answers for number in asked) < MIN_QUESTIONS:
        return list(found)
    inside = {number: _turn(prose, number) for number in turns}
    starts = [start for start, _ in prose.paragraphs]
    kept: list[Found] = []
    for statement in found:
        number = bisect_right(starts, statement.start) - 1
        if number not in inside:
            kept.append(statement)
        elif statement.type == "direct" and statement.cue and statement.start - starts[number] <= MAX_MARK:
            # "— …, — сказал он": a turn that says itself who speaks makes it a scene and no interview.
            return list(found)
    who = _interviewed(prose, turns[0])
    for number, span in inside.items():
        speaker = who if number in answers else None
        kept.append(Found((span,), "direct", (), speaker, "here" if speaker else "nobody"))
    return sorted(kept, key=lambda statement: (statement.start, -statement.end))


def _turn(prose: Prose, number: int) -> Span:
    """The words behind the dash."""
    start, end = prose.paragraphs[number]
    return prose.tokens[prose.token_from(start) + 1].start, prose.tokens[prose.token_from(end) - 1].end


def _is_turn(prose: Prose, number: int) -> bool:
    start, end = prose.paragraphs[number]
    first, last = prose.token_from(start), prose.token_from(end)
    if last - first < 2 or prose.tokens[first].text not in DASHES:
        return False
    apart = prose.tokens[first + 1].start > prose.tokens[first].end or prose.tokens[first].text == "—"
    return apart and not prose.tokens[first + 1].is_small


def _asks(prose: Prose, number: int) -> bool:
    return prose.tokens[prose.token_from(prose.paragraphs[number][1]) - 1].text in QUESTIONS


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
