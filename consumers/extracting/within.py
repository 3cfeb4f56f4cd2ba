"""Mentions by place: those inside a span, in time that does not grow with the text."""

from bisect import bisect_left
from collections.abc import Sequence

from consumers.extracting.tokens import Span
from service.contracts import Mention


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
