"""Marked sayings and read ones as pairs: no other choice of pairs agrees in more."""

from collections.abc import Mapping

Gains = Mapping[tuple[int, int], float]
"""(marked, read) → how much the two agree, more than 0; pairs that share nothing are left out."""
EPSILON = 1e-9


def best_pairs(gains: Gains) -> list[tuple[int, int]]:
    """Pairs, each side used once, whose gains sum up to the most, by marked number.

    Grows the best matching one augmenting path at a time, the path of greatest gain first (Bellman and Ford on the
    residual graph); it stops where no path gains. Meant for the few dozen sayings of one text.
    """
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    while path := _best_path(gains, partner, taken):
        for left, right in path:
            partner[left], taken[right] = right, left
    return sorted(partner.items())


def _best_path(gains: Gains, partner: Mapping[int, int], taken: Mapping[int, int]) -> list[tuple[int, int]]:
    """The new pairs along the path of greatest gain between two sayings that are free; [] when none gains."""
    lefts = dict.fromkeys(left for left, _ in gains)
    best_left = {left: 0.0 for left in lefts if left not in partner}
    best_right: dict[int, float] = {}
    came: dict[int, int] = {}
    changed = True
    while changed:
        changed = False
        for (left, right), gain in gains.items():
            if left in best_left and partner.get(left) != right:
                reached = best_left[left] + gain
                if reached > best_right.get(right, float("-inf")) + EPSILON:
                    best_right[right], came[right] = reached, left
                    changed = True
        for right, left in taken.items():
            if right in best_right:
                back = best_right[right] - gains[left, right]
                if back > best_left.get(left, float("-inf")) + EPSILON:
                    best_left[left] = back
                    changed = True
    ends = [(gain, right) for right, gain in best_right.items() if right not in taken and gain > EPSILON]
    if not ends:
        return []
    right = min(ends, key=lambda end: (-end[0], end[1]))[1]
    path = []
    while True:
        left = came[right]
        path.append((left, right))
        if left not in partner:
            return path
        right = partner[left]
