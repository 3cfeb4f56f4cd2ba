"""Which offices a bare title may name, and who holds them."""

from datetime import date
from functools import cache

import pytest

from consumers.extracting.offices import Offices
from service.actors import Catalogue, load_catalogue

TOKAYEV, LAVROV = "Q200881", "Q58217"


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(
    ("language", "words", "role"),
    [
        ("en", "Head of State", "head_of_state"),
        ("de", "Staatschef", "head_of_state"),
        ("fr", "chef de l’État", "head_of_state"),
        ("ru", "главы государства", "head_of_state"),
        ("ru", "Министр", "foreign_minister"),
        ("vi", "Tổng thống", "head_of_state"),
    ],
)
def test_a_title_names_an_office_in_any_case(language: str, words: str, role: str) -> None:
    assert role in Offices(catalogue(), language, date(2026, 3, 1)).named_by(words)


def test_other_words_name_none() -> None:
    assert Offices(catalogue(), "en", date(2026, 3, 1)).named_by("puppeteer") == frozenset()


def test_only_a_term_of_that_day_counts() -> None:
    roles = frozenset({"head_of_state"})
    assert Offices(catalogue(), "en", date(2026, 3, 1)).holds(TOKAYEV, roles)
    assert not Offices(catalogue(), "en", date(2010, 3, 1)).holds(TOKAYEV, roles)
    assert not Offices(catalogue(), "en", date(2026, 3, 1)).holds(LAVROV, roles)
