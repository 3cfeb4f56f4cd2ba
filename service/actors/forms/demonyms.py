"""Demonyms and adjectives of a country: a stem and one ending of each group its language allows, closed lists."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endings:
    """What may follow a stem in one language. ``capital``: only words written with a capital letter count."""

    groups: tuple[tuple[str, ...], ...] = (("",),)
    capital: bool = False


def demonym_forms(stem: str, endings: Endings) -> Iterator[str]:
    """All words of ``stem``, in lower case, or capitalised where only capitals count."""
    base = stem[:1].upper() + stem[1:] if endings.capital else stem
    for row in itertools.product(*endings.groups):
        yield base + "".join(row)
