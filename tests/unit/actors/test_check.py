"""The check refuses what cannot be true."""

from datetime import date

import pytest

from service.actors import Actor, Catalogue, Office

LAND = Actor("Q1000", "country", {"en": ("Landia",)})


def messages(*actors: Actor) -> list[str]:
    return [problem.message for problem in Catalogue(actors).check()]


@pytest.mark.parametrize(
    ("actor", "message"),
    [
        (Actor("landia", "country", {"en": ("Landia",)}), "doubtful id"),
        (Actor("Q0", "country", {"en": ("Landia",)}), "doubtful id"),
        (Actor("Q1", "country", {}), "has no name"),
        (Actor("Q1", "country", {"en": ("",)}), "empty form"),
        (Actor("Q1", "country", {"en": (" Landia",)}), "stray spaces"),
        (Actor("Q1", "country", {"en": ("La\u0301ndia",)}), "not NFC"),
        (Actor("Q1", "country", {"en": (False,)}), "in quotes"),  # type: ignore[arg-type]
        (Actor("Q1", "organisation", {"en": ("Club",)}, members=("Q2",)), "Q2 is not in the catalogue"),
        (Actor("Q1", "person", {"en": ("Ann Lee",)}), "gender is m or f"),
    ],
)
def test_a_wrong_entry_is_named(actor: Actor, message: str) -> None:
    assert any(message in found for found in messages(actor))


def test_a_right_entry_has_no_problem() -> None:
    assert messages(LAND) == []


def test_one_name_for_two_actors_is_a_clash() -> None:
    assert messages(LAND, Actor("Q2000", "country", {"en": ("landia",)})) == ["en: 'landia' also names Q2000"]


def test_the_same_name_in_two_languages_is_none() -> None:
    assert messages(LAND, Actor("Q2000", "country", {"de": ("Landia",)})) == []


def person(qid: str, since: date, until: date | None) -> Actor:
    office = Office("head_of_state", "Q1000", since, until)
    return Actor(qid, "person", {"en": (f"Person {qid}",)}, gender="f", offices=(office,))


def test_dates_that_run_backwards_are_bad() -> None:
    assert any("bad dates" in found for found in messages(LAND, person("Q1", date(2020, 1, 1), date(2019, 1, 1))))


def test_two_holders_at_a_time_are_bad_and_one_after_the_other_is_not() -> None:
    first, second = person("Q1", date(2019, 1, 1), date(2021, 1, 1)), person("Q2", date(2020, 1, 1), None)
    assert any("while Q1 holds it" in found for found in messages(LAND, first, second))
    assert messages(LAND, first, person("Q2", date(2021, 1, 1), None)) == []
