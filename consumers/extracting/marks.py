"""The quotation-mark automaton: where quoted words begin and end, in any convention, in one pass over the text.

Many marks mean both things: “ opens in English and closes in German, » opens in German style and closes in French
style, ASCII " is always both. What decides is what is open at this moment and what stands beside the mark. A mark that
finds no partner ends with its paragraph and harms nothing after it, unless the next paragraph carries the quotation on.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consumers.extracting.tokens import Span

CLOSERS = {
    "„": '“”"',
    "“": "”“",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‚": "‘’",
    "‘": "’",
    "「": "」",
    "『": "』",
    '"': '"”“',
    "'": "'",
}
"""Opening mark → the marks that may end it."""

ALWAYS_OPEN = frozenset("„‚「『")
ALWAYS_CLOSE = frozenset("」』")
APOSTROPHES = frozenset("'’‘")
MAX_DEPTH = 8
_MARKS = re.compile("[" + re.escape("".join(sorted({*CLOSERS, *"".join(CLOSERS.values())}))) + "]")
_BEFORE_OPENING = frozenset("([{-–—/:=¿¡…")
_AFTER_CLOSING = frozenset(",.;:!?)]}")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff1f]")
"""Scripts without spaces: a mark may open right after a word or a sign."""
_INCH = re.compile(r"\d(?:[.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. ``start``/``end`` with the marks; one that goes on over paragraphs is one, from first to last."""

    start: int
    end: int
    depth: int
    opener: str
    closed: bool = True
    parts: tuple[Span, ...] = ()
    """The words without marks, one span a paragraph."""

    @property
    def inner(self) -> Span:
        return self.parts[0][0], self.parts[-1][1]


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    """Of the first mark."""
    words: int
    """Where the words begin in this paragraph."""
    parts: tuple[Span, ...] = ()
    """Of paragraphs before this one."""

    def close(self, at: int) -> Quotation:
        return Quotation(self.start, at + 1, 0, self.mark, True, (*self.parts, (self.words, at)))

    def give_up(self, end: int) -> Quotation:
        parts = (*self.parts, (self.words, end)) if end > self.words else self.parts
        return Quotation(
            self.start, max(end, self.start + 1), 0, self.mark, False, parts or ((self.words, self.words),)
        )


def _context(text: str, at: int) -> tuple[bool, bool]:
    """Whether the mark at ``at`` could open (free before, words after) and could close (words before, free after)."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    free_before = before.isspace() or before in _BEFORE_OPENING or before in CLOSERS or bool(_UNSPACED.match(before))
    opens = free_before and not after.isspace() and after not in _AFTER_CLOSING
    # French sets spaces inside its guillemets.
    if text[at] in "«‹" and after in "\u00a0\u202f ":
        opens = True
    closes = (not before.isspace() and not after.isalnum()) or (text[at] in "»›" and before in "\u00a0\u202f ")
    return opens, closes


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """All quotations in order of their start; ``paragraphs`` are the spans of ``text`` that are prose, in order."""
    found: list[Quotation] = []
    carried: _Open | None = None
    for begin, end in paragraphs:
        carried = _read_paragraph(text, begin, end, carried, found)
    if carried is not None:
        found.append(carried.give_up(carried.words))
    return _nested(found)


def _read_paragraph(text: str, begin: int, end: int, carried: _Open | None, found: list[Quotation]) -> _Open | None:
    """Reads one paragraph; ``carried`` was open before it; returns what is still open after it."""
    stack: list[_Open] = []
    marks = [at for match in _MARKS.finditer(text, begin, end) if not _in_word(text, at := match.start())]
    singles = [at for at in marks if text[at] in APOSTROPHES and _context(text, at)[1]]
    if carried is not None:
        outcome = _continued(text, begin, marks, carried)
        if isinstance(outcome, _Open):
            stack.append(outcome)
        else:
            found.append(outcome)
        if isinstance(outcome, _Open) or outcome.closed:
            marks = marks[1:]
    for at in marks:
        mark = text[at]
        opens, closes = _context(text, at)
        if _skip(text, at, stack, singles):
            continue
        level = _level(stack, mark, opens, closes)
        if level is not None:
            found.extend(item.give_up(at) for item in stack[level + 1 :])
            del stack[level + 1 :]
            found.append(stack.pop().close(at))
        elif mark in CLOSERS and mark not in ALWAYS_CLOSE and (opens or mark in ALWAYS_OPEN) and len(stack) < MAX_DEPTH:
            stack.append(_Open(mark, at, at + 1))
    outer = stack.pop(0) if stack and stack[0].mark not in APOSTROPHES else None
    found.extend(item.give_up(end) for item in stack)
    # Whether the outermost is a slip or a quotation of several paragraphs is for the next paragraph to say.
    return _Open(outer.mark, outer.start, end, (*outer.parts, (outer.words, end))) if outer else None


def _continued(text: str, begin: int, marks: list[int], carried: _Open) -> _Open | Quotation:
    """What a paragraph's first mark makes of a quotation left open: opened anew, closed, or given up."""
    if marks:
        at, mark = marks[0], text[marks[0]]
        opens, closes = _context(text, at)
        head = text[begin:at]
        if mark == carried.mark and opens and not head.strip():
            return _Open(mark, carried.start, at + 1, carried.parts)
        if mark in CLOSERS[carried.mark] and closes and not (opens and mark == carried.mark):
            words = begin + len(head) - len(head.lstrip())
            return replace(carried.give_up(carried.words), end=at + 1, closed=True, parts=(*carried.parts, (words, at)))
    return carried.give_up(carried.words)


def _in_word(text: str, at: int) -> bool:
    """Whether the sign is an apostrophe between two letters ("l’eau", "з'явився")."""
    return text[at] in "'’" and 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _skip(text: str, at: int, stack: list[_Open], singles: list[int]) -> bool:
    """Marks that are none: apostrophes, inches, a single mark that nothing will close."""
    mark = text[at]
    if mark in APOSTROPHES:
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        waiting = any(item.mark in "‚‘'" for item in stack)
        # "don’t"; "the players’ bus" unless a single quotation waits to be closed.
        if (
            before.isalnum()
            and (after.isalnum() or not waiting)
            and not (mark == "‘" and any(i.mark == "‚" for i in stack))
        ):
            return True
        if not waiting and mark in "'’":
            return mark == "’" or not _context(text, at)[0] or bisect_left(singles, at + 2) >= len(singles)
    waiting_double = any(item.mark == '"' for item in stack)
    return mark == '"' and not waiting_double and bool(_INCH.search(text[max(0, at - 8) : at]))


def _level(stack: list[_Open], mark: str, opens: bool, closes: bool) -> int | None:
    """Which open quotation the mark closes: the innermost that fits, None when the mark opens."""
    if mark in ALWAYS_OPEN:
        return None
    for level in range(len(stack) - 1, -1, -1):
        opener = stack[level].mark
        if mark not in CLOSERS[opener]:
            continue
        # “ after “, » after », " after ": the same sign opens when it stands as an opening one.
        if mark == opener and opens and not closes and mark != '"':
            return None
        if mark == '"' and opener == "„" and opens and not closes:
            return None
        return level
    return None


def _nested(found: list[Quotation]) -> tuple[Quotation, ...]:
    """In text order with their depth; what never closed contains nothing."""
    ordered = sorted(found, key=lambda quotation: (quotation.start, -quotation.end))
    ends: list[int] = []
    result: list[Quotation] = []
    for quotation in ordered:
        if not quotation.closed:
            result.append(quotation)
            continue
        while ends and ends[-1] < quotation.end:
            ends.pop()
        result.append(replace(quotation, depth=len(ends)))
        ends.append(quotation.end)
    return tuple(result)
