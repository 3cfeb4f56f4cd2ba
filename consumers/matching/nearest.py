"""Of all places that name two actors, the two that show best that they belong together."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from service.contracts.rule import Within


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: offsets, the sentence, paragraph and statements it stands in, how weakly it names its actor."""

    start: int
    end: int
    sentence: int
    paragraph: int
    statements: frozenset[int]
    weakness: int


def nearest(first: Sequence[Place], second: Sequence[Place], within: Within) -> tuple[int, int] | None:
    """Indices of the two places: in one sentence before in one paragraph before anywhere, names before titles before
    demonyms, then the closest. None when no two are ``within`` the same unit. Both sequences are in text order.

    For each place of ``first`` only its neighbours are looked at, by strength and by side: n log m steps.
    """
    best: tuple[tuple[int, int, int, int], int, int] | None = None
    for candidates in _by(second, within):
        starts = [place.start for _, place in candidates]
        for index, place in enumerate(first):
            at = bisect_left(starts, place.start)
            for other_index, other in candidates[max(0, at - 1) : at + 1]:
                if _together(place, other, within):
                    rank = (*_rank(place, other), place.start)
                    if best is None or rank < best[0]:
                        best = (rank, index, other_index)
    return best and (best[1], best[2])


def _by(places: Sequence[Place], within: Within) -> list[list[tuple[int, Place]]]:
    """``places`` in groups of one strength; for statements also one a statement, since those may be torn apart."""
    groups: dict[tuple[int, int], list[tuple[int, Place]]] = {}
    for index, place in enumerate(places):
        for unit in place.statements if within == "statement" else (0,):
            groups.setdefault((place.weakness, unit), []).append((index, place))
    return list(groups.values())


def _together(one: Place, other: Place, within: Within) -> bool:
    if within == "sentence":
        return one.sentence == other.sentence
    if within == "paragraph":
        return one.paragraph == other.paragraph
    if within == "statement":
        return bool(one.statements & other.statements)
    return True


def _rank(one: Place, other: Place) -> tuple[int, int, int]:
    tier = 0 if one.sentence == other.sentence else 1 if one.paragraph == other.paragraph else 2
    gap = max(0, max(one.start, other.start) - min(one.end, other.end))
    return tier, one.weakness + other.weakness, gap
