"""The file of people in office holds only what can be true: ids, dates, one holder at a time, one person to a name."""

import re
import unicodedata
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

PEOPLE_FILE = Path(__file__).parents[3] / "service" / "actors" / "data" / "people.yaml"
PEOPLE: list[dict[str, Any]] = yaml.safe_load(PEOPLE_FILE.read_text(encoding="utf-8"))

WIKIDATA_ITEM = re.compile(r"Q[1-9]\d*")
OWN_SLUG = re.compile(r"ww:[a-z0-9]+(-[a-z0-9]+)*")
ROMAN_NUMERAL = re.compile(r"[IVX]+")
SOURCES = re.compile(r"[a-z0-9.-]+(, [a-z0-9.-]+)*")
ROLES = {"head_of_state", "head_of_government", "foreign_minister", "head_of_organisation", "supreme_leader"}
LANGUAGES = {"de", "en", "ru", "fr", "vi", "kk", "uk", "zh", "ar", "es"}
EVERY_PERSON_HAS = {"de", "en", "ru", "fr", "vi", "kk", "uk"}
CYRILLIC = {"ru", "kk", "uk"}
LATIN = {"de", "en", "fr", "vi", "es"}
PERSON_KEYS = {"id", "kind", "gender", "source", "names", "surname", "surname_in_full", "surname_stands", "offices"}
OFFICE_KEYS = {"role", "of", "from", "to", "title", "source", "verified"}
EARLIEST = date(1970, 1, 1)

BY_ID = [pytest.param(person, id=person["id"]) for person in PEOPLE]


def scripts(text: str) -> set[str]:
    """Scripts of the letters; Roman numerals (Карл III) belong to every script."""
    words = [word for word in text.split() if not ROMAN_NUMERAL.fullmatch(word)]
    return {unicodedata.name(char).split()[0] for char in "".join(words) if char.isalpha()}


def forms(person: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (language, form)
        for part in ("names", "surname")
        for language, listed in person.get(part, {}).items()
        for form in listed
    ]


def last_day(office: dict[str, Any]) -> date:
    return office.get("to") or date.max


def test_ids_are_unique() -> None:
    ids = [person["id"] for person in PEOPLE]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("person", BY_ID)
def test_a_person_has_a_looked_up_id_and_only_known_keys(person: dict[str, Any]) -> None:
    assert WIKIDATA_ITEM.fullmatch(person["id"]) or OWN_SLUG.fullmatch(person["id"])
    assert person["kind"] == "person"
    assert person["gender"] in {"m", "f"}
    assert SOURCES.fullmatch(person["source"])
    assert set(person) <= PERSON_KEYS


@pytest.mark.parametrize("person", BY_ID)
def test_names_are_composed_trimmed_and_in_the_script_of_their_language(person: dict[str, Any]) -> None:
    assert set(person["names"]) >= EVERY_PERSON_HAS
    for language, form in forms(person):
        assert language in LANGUAGES
        assert form
        assert form == unicodedata.normalize("NFC", form) == " ".join(form.split())
        if language in CYRILLIC:
            assert scripts(form) == {"CYRILLIC"}, form
        if language in LATIN:
            assert scripts(form) <= {"LATIN", "MODIFIER"}, form
        if language == "ar":
            assert scripts(form) == {"ARABIC"}, form
        if language == "zh":
            assert scripts(form) == {"CJK"}, form


@pytest.mark.parametrize("person", BY_ID)
def test_no_form_stands_twice_in_one_list(person: dict[str, Any]) -> None:
    for part in ("names", "surname", "surname_in_full"):
        for language, listed in person.get(part, {}).items():
            assert len(listed) == len(set(listed)) > 0, (part, language)


@pytest.mark.parametrize("person", BY_ID)
def test_a_surname_is_a_part_of_some_full_name_of_its_language(person: dict[str, Any]) -> None:
    assert person.get("surname_stands", "last") in {"first", "last", "nowhere"}
    for language, listed in person.get("surname", {}).items():
        full = " | ".join(person["names"][language])
        for short in listed:
            assert short in full, (language, short)


@pytest.mark.parametrize("person", BY_ID)
def test_an_office_names_its_role_place_source_and_sane_dates(person: dict[str, Any]) -> None:
    for office in person["offices"]:
        assert set(office) <= OFFICE_KEYS
        assert office["role"] in ROLES
        assert WIKIDATA_ITEM.fullmatch(office["of"]) or OWN_SLUG.fullmatch(office["of"])
        assert office["of"] != person["id"]
        assert SOURCES.fullmatch(office["source"])
        assert type(office["from"]) is date
        assert office["from"] > EARLIEST
        assert office["from"] < last_day(office)
        if "verified" in office:
            assert office["from"] <= office["verified"] <= last_day(office)
        if "to" not in office:
            assert "verified" in office, "an open term says until when it was seen to run"


def test_sources_are_explained_at_the_head_of_the_file() -> None:
    head = PEOPLE_FILE.read_text(encoding="utf-8").split("\n- id:", 1)[0]
    explained = set(re.findall(r"^#   ([a-z0-9-]+) +\S", head, flags=re.MULTILINE))
    named = {person["source"] for person in PEOPLE} | {o["source"] for p in PEOPLE for o in p["offices"]}
    keys = {key for listed in named for key in listed.split(", ")}
    assert {key for key in keys if "." not in key and not key.startswith("ep-")} <= explained


def test_an_office_has_one_holder_at_a_time() -> None:
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for person in PEOPLE:
        for office in person["offices"]:
            terms[office["role"], office["of"]].append((office["from"], last_day(office), person["id"]))
    for post, held in terms.items():
        held.sort()
        for (_, until, holder), (since, _, successor) in pairwise(held):
            assert until <= since, f"{post}: {holder} leaves {until}, {successor} comes {since}"


def test_a_full_name_names_one_person_in_a_language() -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in PEOPLE:
        for language, listed in person["names"].items():
            for form in listed:
                bearers[language, form.casefold()].add(person["id"])
    assert {form: ids for form, ids in bearers.items() if len(ids) > 1} == {}


def holder(role: str, of: str, on: date) -> list[str]:
    return [
        person["id"]
        for person in PEOPLE
        for office in person["offices"]
        if office["role"] == role and office["of"] == of and office["from"] <= on < last_day(office)
    ]


@pytest.mark.parametrize(
    ("role", "of", "on", "expected"),
    [
        ("head_of_state", "Q232", date(2019, 3, 19), "Q57394"),
        ("head_of_state", "Q232", date(2019, 3, 20), "Q200881"),
        ("foreign_minister", "Q232", date(2024, 7, 4), "Q66648657"),
        ("foreign_minister", "Q232", date(2026, 1, 1), "ww:ermek-kosherbayev"),
        ("head_of_state", "Q159", date(2024, 7, 4), "Q7747"),
        ("foreign_minister", "Q159", date(2024, 7, 4), "Q58217"),
        ("foreign_minister", "Q148", date(2023, 5, 1), "Q7216297"),
        ("foreign_minister", "Q148", date(2024, 7, 4), "Q701801"),
        ("head_of_state", "Q794", date(2024, 7, 1), None),
        ("head_of_state", "Q794", date(2025, 1, 1), "Q5933752"),
        ("head_of_government", "Q212", date(2026, 9, 1), None),
        ("head_of_organisation", "Q485207", date(2024, 12, 31), "ww:zhang-ming"),
        ("head_of_organisation", "Q485207", date(2025, 1, 1), "Q1775487"),
    ],
)
def test_a_title_at_a_date_has_the_holder_of_that_day(role: str, of: str, on: date, expected: str | None) -> None:
    """None: nobody held it, or nobody could be confirmed."""
    assert holder(role, of, on) == ([expected] if expected else [])
