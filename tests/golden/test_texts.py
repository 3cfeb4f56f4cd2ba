"""Short news texts of our own writing in each language: what is read stays near what a careful reader finds.

Half of each language's texts are for judging only: no rule was written from them. Both halves have to pass.
"""

from functools import cache
from pathlib import Path

import pytest

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from consumers.marked.gold import HALVES, count, languages_in
from consumers.marked.marks import load, names_in
from consumers.marked.measure import Counts
from service.actors import load_catalogue

TEXTS = Path(__file__).parent / "texts"
PARTS = [(language, half) for language in languages_in(TEXTS) for half in HALVES]
MIN_TEXTS = 30
MIN_NAMES = 98.0
MIN_PRECISION = 80.0
MIN_F1 = 75.0
MIN_WHO = 85.0


@cache
def counts(language: str, half: str) -> Counts:
    reader = Reader(load_catalogue())
    return count(TEXTS, language, half, article_from_text, reader.extract)


@pytest.mark.parametrize("language", languages_in(TEXTS))
def test_every_language_has_thirty_texts_or_more(language: str) -> None:
    assert sum(len(names_in(TEXTS / language / half)) for half in HALVES) >= MIN_TEXTS


@pytest.mark.parametrize(("language", "half"), PARTS)
def test_every_mark_stands_in_its_text(language: str, half: str) -> None:
    place = TEXTS / language / half
    assert {load(place, name).language for name in names_in(place)} == {language}


@pytest.mark.parametrize(("language", "half"), PARTS)
def test_names_are_found_and_nothing_else_is_taken_for_one(language: str, half: str) -> None:
    total = counts(language, half)
    assert total.names_recall >= MIN_NAMES, total
    assert total.names_precision >= MIN_NAMES, total


@pytest.mark.parametrize(("language", "half"), PARTS)
def test_statements_are_found_and_few_others(language: str, half: str) -> None:
    total = counts(language, half)
    assert total.precision >= MIN_PRECISION, total
    assert total.f1 >= MIN_F1, total


@pytest.mark.parametrize(("language", "half"), PARTS)
def test_statements_are_put_into_the_mouths_they_came_from(language: str, half: str) -> None:
    total = counts(language, half)
    assert total.who >= MIN_WHO, total


def test_the_languages_with_texts_are_known() -> None:
    assert set(languages_in(TEXTS)) == {"ar", "de", "en", "es", "fr", "kk", "ru", "uk", "vi", "zh"}
