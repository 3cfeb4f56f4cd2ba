"""Mentions by place: those inside a span, in time that does not grow with the text."""

from bisect import bisect_left
from collections.abc import Sequence

from consumers.extracting.tokens import Span
from service.contracts import Kind, Mention

REACH = 100
"""Characters of a mention that may begin before a place and still cover it."""


class Mentions:
    """Mentions of known actors in text order."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        known = (mention for mention in mentions if mention.actor is not None)
        self._all = sorted(known, key=lambda mention: (mention.evidence.start, -mention.evidence.end))
        self._starts = [mention.evidence.start for mention in self._all]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Those that begin at or after ``start`` and before ``end``."""
        return self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def inside(self, span: Span) -> list[Mention]:
        """Those that lie wholly in ``span``."""
        return [mention for mention in self.between(*span) if mention.evidence.end <= span[1]]

    def whole(self, span: Span) -> Span:
        """``span`` with the rest of a person's name that it cuts: "И" of "Ван И" looks like a conjunction."""
        cut = [m for m in self.between(span[0] - REACH, span[1]) if m.kind == "person" and m.how != "title"]
        begin = min((m.evidence.start for m in cut if m.evidence.end > span[0]), default=span[0])
        return min(begin, span[0]), max([m.evidence.end for m in cut if m.evidence.end > span[1]], default=span[1])

    def touching(self, start: int, end: int) -> Kind | None:
        """Kind of what is named at these characters, a person before others; demonyms name nothing."""
        near = [m for m in self.between(start - REACH, end) if m.evidence.end > start and m.how != "demonym"]
        kinds = {mention.kind for mention in near}
        return "person" if "person" in kinds else next(iter(kinds), None)
