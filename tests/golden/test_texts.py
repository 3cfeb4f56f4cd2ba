"""Short news texts of our own writing in each language: what is read stays near what a careful reader finds.

Half of each language's texts are for judging only: no rule was written from them. Both halves have to pass. ``texts``
are short and plain; ``wires`` are longer, each in the manner of another outlet; ``late`` were written after all rules.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from consumers.marked.gold import HALVES, count, languages_in
from consumers.marked.marks import load, names_in
from consumers.marked.measure import Counts
from service.actors import load_catalogue

GOLDEN = Path(__file__).parent
LANGUAGES = {"ar", "de", "en", "es", "fr", "kk", "ru", "uk", "vi", "zh"}


@dataclass(frozen=True)
class Floor:
    """Texts a language; percent a half. Of what is read there more is right than of what is to be read, by design."""

    texts: int
    names_recall: float
    names_precision: float
    precision: float
    f1: float
    who: float


FLOORS = {
    "texts": Floor(30, 98, 98, 80, 75, 85),
    "wires": Floor(12, 92, 88, 85, 80, 72),
    "late": Floor(5, 92, 97, 90, 85, 75),
}
PARTS = [
    (kind, language, half)
    for kind in FLOORS
    for language in languages_in(GOLDEN / kind)
    for half in HALVES
    if names_in(GOLDEN / kind / language / half)
]


@cache
def reader() -> Reader:
    return Reader(load_catalogue())


@cache
def counts(kind: str, language: str, half: str) -> Counts:
    return count(GOLDEN / kind, language, half, article_from_text, reader().extract)


@pytest.mark.parametrize("kind", FLOORS)
def test_every_language_has_texts_enough(kind: str) -> None:
    assert set(languages_in(GOLDEN / kind)) == LANGUAGES
    for language in LANGUAGES:
        assert sum(len(names_in(GOLDEN / kind / language / half)) for half in HALVES) >= FLOORS[kind].texts


@pytest.mark.parametrize(("kind", "language", "half"), PARTS)
def test_every_mark_stands_in_its_text(kind: str, language: str, half: str) -> None:
    place = GOLDEN / kind / language / half
    assert {load(place, name).language for name in names_in(place)} == {language}


@pytest.mark.parametrize(("kind", "language", "half"), PARTS)
def test_names_are_found_and_nothing_else_is_taken_for_one(kind: str, language: str, half: str) -> None:
    total = counts(kind, language, half)
    assert total.names_recall >= FLOORS[kind].names_recall, total
    assert total.names_precision >= FLOORS[kind].names_precision, total


@pytest.mark.parametrize(("kind", "language", "half"), PARTS)
def test_statements_are_found_and_few_others(kind: str, language: str, half: str) -> None:
    total = counts(kind, language, half)
    assert total.precision >= FLOORS[kind].precision, total
    assert total.f1 >= FLOORS[kind].f1, total


@pytest.mark.parametrize(("kind", "language", "half"), PARTS)
def test_statements_are_put_into_the_mouths_they_came_from(kind: str, language: str, half: str) -> None:
    total = counts(kind, language, half)
    assert total.who >= FLOORS[kind].who, total
