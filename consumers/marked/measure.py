"""How near the program's reading comes to a careful reader's: counts of an article, summed up for a language.

Statements are paired one to one by the F1 of the words of their quotes, best first; a pair at ``NEAR`` or above is
found. Of a found statement, *who* is right when its speaker's phrase touches the marked one and is the same actor, or
neither names anybody; where the marks have an actor without a phrase, the actor. A name is found where the same actor
is read, and one of the two spans holds the other ("EFE", "agence EFE"). A quoted part of a marked statement, read
beside it as one of its own, is no error.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from consumers.marked.marks import SOLID, Marked, Saying, Span
from service.contracts import Extraction, Statement

NAMED = frozenset({"name", "alias", "inflected"})
NEAR = 0.5
WORD = re.compile(rf"[{SOLID}]|[^\W{SOLID}]+")


@dataclass(frozen=True)
class Counts:
    """What was marked, what was read, what of it agrees; adds up."""

    texts: int = 0
    names_marked: int = 0
    names_read: int = 0
    names_both: int = 0
    statements_marked: int = 0
    statements_read: int = 0
    statements_both: int = 0
    speakers_right: int = 0
    silent_broken: int = 0
    """Stretches in which nobody says anything, and the reader found somebody saying it."""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def names_recall(self) -> float:
        return percent(self.names_both, self.names_marked)

    @property
    def names_precision(self) -> float:
        return percent(self.names_both, self.names_read)

    @property
    def precision(self) -> float:
        return percent(self.statements_both, self.statements_read)

    @property
    def recall(self) -> float:
        return percent(self.statements_both, self.statements_marked)

    @property
    def f1(self) -> float:
        return percent(2 * self.statements_both, self.statements_read + self.statements_marked)

    @property
    def who(self) -> float:
        return percent(self.speakers_right, self.statements_both)


def percent(part: int, whole: int) -> float:
    """Of nothing, all is right."""
    return round(100 * part / whole, 1) if whole else 100.0


def measure(marked: Marked, extraction: Extraction) -> Counts:
    """The counts of one article. Pure."""
    wanted = set(marked.mentions)
    named = {(m.evidence.start, m.evidence.end, m.actor) for m in extraction.mentions if m.how in NAMED and m.actor}
    pairs = list(paired(marked, extraction.statements))
    return Counts(
        texts=1,
        names_marked=len(wanted),
        names_read=len(named),
        names_both=sum(any(_same(a, b) for b in named) for a in wanted),
        statements_marked=len(marked.statements),
        statements_read=len(extraction.statements) - _parts(marked, extraction.statements, pairs),
        statements_both=len(pairs),
        speakers_right=sum(is_who(saying, statement) for saying, statement in pairs),
        silent_broken=sum(any(within(s, span) for s in extraction.statements) for span in marked.silent),
    )


def _same(one: tuple[int, int, str], other: tuple[int, int, str | None]) -> bool:
    """Whether two names are of the same actor, one within the other."""
    inside = (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])
    return one[2] == other[2] and inside


def _parts(marked: Marked, statements: Iterable[Statement], pairs: Iterable[tuple[Saying, Statement]]) -> int:
    """How many unpaired direct statements are words of a marked one that was found."""
    both = list(pairs)
    found = [words(marked.text, saying.quote) for saying, _ in both]
    taken = {id(statement) for _, statement in both}
    spare = [s for s in statements if id(s) not in taken and s.type == "direct"]
    quoted = [words(marked.text, ((p.start, p.end) for p in s.quote)) for s in spare]
    return sum(any(part <= whole for whole in found) for part in quoted)


def paired(marked: Marked, statements: Iterable[Statement]) -> Iterator[tuple[Saying, Statement]]:
    """Marked and read statements that are the same one, best first."""
    made = list(statements)
    gains = [
        (near, i, j)
        for i, saying in enumerate(marked.statements)
        for j, statement in enumerate(made)
        if (near := overlap(marked.text, saying, statement)) >= NEAR
    ]
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(gains, key=lambda gain: (-gain[0], gain[1], gain[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield marked.statements[i], made[j]


def overlap(text: str, saying: Saying, statement: Statement) -> float:
    """F1 of the words of two quotes."""
    gold = words(text, saying.quote)
    read = words(text, ((piece.start, piece.end) for piece in statement.quote))
    return 2 * len(gold & read) / (len(gold) + len(read)) if gold and read else 0.0


def words(text: str, spans: Iterable[Span]) -> set[int]:
    """Where the words of some spans begin."""
    return {match.start() for start, end in spans for match in WORD.finditer(text, start, end)}


def is_who(saying: Saying, statement: Statement) -> bool:
    """Whether the statement is put into the mouth it came from."""
    speaker = statement.speaker
    if saying.speaker is None and saying.actor is not None:
        return speaker is not None and speaker.actor == saying.actor
    if saying.speaker is None or speaker is None:
        return saying.speaker is None and speaker is None
    start, end = saying.speaker
    return speaker.actor == saying.actor and speaker.evidence.start < end and speaker.evidence.end > start


def within(statement: Statement, span: Span) -> bool:
    """Whether all words of a statement stand in a stretch."""
    return all(span[0] <= piece.start and piece.end <= span[1] for piece in statement.quote)
