"""Precision, recall and F1, summed over words (micro) or averaged over spans (macro)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consumers.corpora.documents import Spans

Words = frozenset[int]
"""Numbers of words of a text."""
NO_WORDS: Words = frozenset()


@dataclass(frozen=True, slots=True)
class Figures:
    """Percent, to a tenth."""

    precision: float
    recall: float
    f1: float

    def as_dict(self, prefix: str = "") -> dict[str, float]:
        return {f"{prefix}precision": self.precision, f"{prefix}recall": self.recall, f"{prefix}f1": self.f1}


def figures(precision: float, recall: float) -> Figures:
    """From shares between 0 and 1."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figures(*(round(100 * share, 1) for share in (precision, recall, f1)))


def share(part: float, whole: float) -> float:
    """0 of nothing."""
    return part / whole if whole else 0.0


@dataclass(slots=True)
class Micro:
    """Counts summed over all spans."""

    both: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, wanted: Words, found: Words) -> None:
        self.count(len(wanted & found), len(wanted), len(found))

    def count(self, both: int, wanted: int, found: int) -> None:
        self.both += both
        self.wanted += wanted
        self.found += found

    def figures(self) -> Figures:
        return figures(share(self.both, self.found), share(self.both, self.wanted))


@dataclass(slots=True)
class Macro:
    """Shares averaged over the spans that have words."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)

    def add(self, wanted: Words, found: Words) -> None:
        both = len(wanted & found)
        if found:
            self.precisions.append(both / len(found))
        if wanted:
            self.recalls.append(both / len(wanted))

    def precision(self) -> float:
        return share(sum(self.precisions), len(self.precisions))

    def recall(self) -> float:
        return share(sum(self.recalls), len(self.recalls))

    def figures(self) -> Figures:
        return figures(self.precision(), self.recall())


def words_in(tokens: Sequence[tuple[int, int]], spans: Spans | Iterable[tuple[int, int]]) -> Words:
    """Numbers of the tokens that share a character with one of the spans."""
    covered = tuple(spans)
    return frozenset(
        number for number, (start, end) in enumerate(tokens) if any(start < b and a < end for a, b in covered)
    )


def agreement(one: Words, other: Words) -> float:
    """F1 of two sets of words, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
