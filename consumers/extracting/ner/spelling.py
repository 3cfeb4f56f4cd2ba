"""Features of a word's letters alone.

A feature is its text and how far it is seen: 0 by the word alone, 1 by its neighbours too, 2 by the words two off.
"""

import re
from collections.abc import Mapping

Feature = tuple[str, int]
REPEATED, TRIPLED = re.compile(r"(.)\1+"), re.compile(r"(.)\1{2,}")


def shape(word: str) -> str:
    """ "Xxx-9": letters by case, digits; from the third on, like ones are left out."""
    rest = word[1:]
    if rest.isalpha() and rest.islower() and word[0].isalpha():
        return ("X" if word[0].isupper() else "x") + ("xx" if len(rest) > 1 else "x")[: 2 - word[0].islower()]
    return TRIPLED.sub(r"\1\1", "".join(map(_mark, word)))


def _mark(char: str) -> str:
    if char.isalpha():
        return "X" if char.isupper() else "x"
    return "9" if char.isdecimal() else char


def short_shape(word: str) -> str:
    """ "Xx-9": of like ones in a row the first."""
    return REPEATED.sub(r"\1", shape(word))


def spelling(word: str, starts: Mapping[int, int], ends: Mapping[int, int]) -> list[Feature]:
    """The word, its shapes, first and last letters. ``starts``, ``ends``: how many letters → how far they are seen."""
    lower, marked = word.lower(), shape(word)
    found = [("w" + lower, 2), ("s" + marked, 1), ("t" + REPEATED.sub(r"\1", marked), 2)]
    found += [(f"<{lower[:n]}", reach) for n, reach in starts.items() if len(word) > n]
    found += [(f">{lower[-n:]}", reach) for n, reach in ends.items() if len(word) > n]
    return found
