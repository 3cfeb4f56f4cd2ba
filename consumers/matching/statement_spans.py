"""In which statements does a word stand: in what is said, or in who says it, or to whom."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from service.contracts import Evidence, Statement


class StatementSpans:
    """The spans of all statements of an article, in text order."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._spans = sorted(
            (piece.start, piece.end, number)
            for number, statement in enumerate(statements)
            for piece in _pieces(statement)
        )
        self._starts = [start for start, _, _ in self._spans]
        self._reach = list(accumulate((end for _, end, _ in self._spans), max))
        """The furthest end of all spans up to here: where looking back may stop."""

    def around(self, evidence: Evidence) -> frozenset[int]:
        """Numbers of the statements with a span that holds all of ``evidence``."""
        found = set()
        for index in range(bisect_right(self._starts, evidence.start) - 1, -1, -1):
            if self._reach[index] < evidence.end:
                break
            _, end, number = self._spans[index]
            if end >= evidence.end:
                found.add(number)
        return frozenset(found)


def _pieces(statement: Statement) -> Iterable[Evidence]:
    yield from statement.quote
    for mention in (statement.speaker, statement.addressee):
        if mention:
            yield mention.evidence
