"""Exact scores of entities: the same words and the same label, or it does not count."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from consumers.extracting.ner.entity import Entity
from consumers.extracting.ner.gold import LABELS

ALL = "all"


class Scores:
    """Counts over sentences; ``rows`` gives precision, recall and F1 in percent, a class a row and then all of them."""

    def __init__(self) -> None:
        self._wanted: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._right: Counter[str] = Counter()

    def add(self, wanted: Iterable[Entity], found: Iterable[Entity]) -> None:
        """One sentence: what a careful reader finds in it, and what was found."""
        gold, made = set(wanted), set(found)
        for counter, entities in ((self._wanted, gold), (self._found, made), (self._right, gold & made)):
            counter.update(entity.label for entity in entities)
            counter[ALL] += len(entities)

    def rows(self) -> list[dict[str, Any]]:
        return [self._row(label) for label in (*LABELS, ALL)]

    def _row(self, label: str) -> dict[str, Any]:
        right, found, wanted = self._right[label], self._found[label], self._wanted[label]
        return {
            "class": label,
            "precision": percent(right, found),
            "recall": percent(right, wanted),
            "f1": percent(2 * right, found + wanted),
            "right": right,
            "found": found,
            "gold": wanted,
        }


def percent(part: int, whole: int) -> float:
    """Rounded to a tenth; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0
