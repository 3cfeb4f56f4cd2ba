"""The catalogue's files hold only what their heads promise: ids, forms, members, stems that mean one country."""

import itertools
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[3] / "service" / "actors" / "data"


def parsed(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


COUNTRIES: list[dict[str, Any]] = parsed("countries")
ORGANISATIONS: list[dict[str, Any]] = parsed("organisations")
AGENCIES: list[dict[str, Any]] = parsed("agencies")
ROLES: dict[str, dict[str, list[str]]] = parsed("roles")
ENDINGS: dict[str, dict[str, Any]] = parsed("demonym_endings")
NOT_MEANT: dict[str, list[str]] = parsed("not_meant")

ACTORS = COUNTRIES + ORGANISATIONS + AGENCIES
ID = re.compile(r"Q[1-9]\d*|ww:[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGES = {"de", "en", "ru", "fr", "vi", "kk", "uk", "zh", "ar", "es"}
MAIN_LANGUAGES = {"de", "en", "ru", "fr", "vi", "kk", "uk"}
COUNTRY_KEYS = {"id", "iso", "names", "short", "stems", "source"}
ORGANISATION_KEYS = {"id", "kind", "type", "names", "short", "members", "parent", "source"}
SCRIPTS = {"ru": "CYRILLIC", "kk": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC"}
NOT_OF_LANGUAGE = {"ru": "әғқңөұүһіїєґ", "kk": "їєґ", "uk": "ыэъё"}


def forms(actor: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(field, language, form) of everything an actor is called by."""
    for field in ("names", "short", "stems"):
        for language, listed in actor.get(field, {}).items():
            for form in listed:
                yield field, language, form


def demonyms(language: str, stem: str) -> Iterator[str]:
    for row in itertools.product(*ENDINGS[language]["groups"]):
        yield stem + "".join(row)


def countries_called(language: str, word: str) -> set[str]:
    """ISO codes of the countries one of whose stems makes ``word``."""
    return {
        country["iso"]
        for country in COUNTRIES
        for stem in country.get("stems", {}).get(language, ())
        if word in demonyms(language, stem)
    }


def test_ids_are_well_formed_and_unique() -> None:
    ids = [actor["id"] for actor in ACTORS]
    assert [actor_id for actor_id in ids if not ID.fullmatch(actor_id)] == []
    assert len(ids) == len(set(ids))
    codes = [country["iso"] for country in COUNTRIES]
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert len(codes) == len(set(codes))


def test_only_known_keys_and_languages() -> None:
    for country in COUNTRIES:
        assert set(country) <= COUNTRY_KEYS, country["id"]
    for organisation in ORGANISATIONS + AGENCIES:
        assert set(organisation) <= ORGANISATION_KEYS, organisation["id"]
        assert organisation["kind"] == "organisation"
    assert {organisation["type"] for organisation in ORGANISATIONS} == {"igo"}
    assert {agency["type"] for agency in AGENCIES} == {"agency"}
    for actor in ACTORS:
        assert actor["source"], actor["id"]
        assert {language for _, language, _ in forms(actor)} <= LANGUAGES, actor["id"]


def test_a_wikidata_id_names_where_it_was_looked_up() -> None:
    unsourced = [actor["id"] for actor in ACTORS if actor["source"] == "no id found"]
    assert all(actor_id.startswith("ww:") for actor_id in unsourced)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor["id"])
def test_forms_are_clean_text_of_their_script(actor: dict[str, Any]) -> None:
    for _, language, form in forms(actor):
        assert isinstance(form, str)
        assert any(char.isalpha() for char in form)
        assert form == unicodedata.normalize("NFC", " ".join(form.split()))
        assert not set(form.lower()) & set(NOT_OF_LANGUAGE.get(language, "")), (language, form)
        letters = {unicodedata.name(char).split()[0] for char in form if char.isalpha()}
        if language in SCRIPTS and letters != {"LATIN"} and not {"LATIN", "CYRILLIC"} <= letters:
            assert letters == {SCRIPTS[language]}, (language, form)
    for field in ("names", "short", "stems"):
        for language, listed in actor.get(field, {}).items():
            assert listed, f"{field} {language} is empty"
            assert len(listed) == len(set(listed)), (language, listed)


def test_no_full_name_means_two_actors_in_one_language() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for actor in ACTORS:
        for field, language, form in forms(actor):
            if field == "names":
                owners[language, form.casefold()].add(actor["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_a_short_form_is_no_full_name_of_the_same_country() -> None:
    cldr = json.loads((FOLDER / "cldr.json").read_text(encoding="utf-8"))
    for country in COUNTRIES:
        for language, listed in country.get("short", {}).items():
            full = cldr[country["iso"]].get(language, [])
            assert set(listed).isdisjoint([full] if isinstance(full, str) else full), (country["iso"], language)
            assert set(listed).isdisjoint(country.get("names", {}).get(language, [])), (country["iso"], language)


def test_members_are_countries_of_the_catalogue_and_parents_its_organisations() -> None:
    countries = {country["id"] for country in COUNTRIES}
    organisations = {organisation["id"] for organisation in ORGANISATIONS}
    for organisation in ORGANISATIONS + AGENCIES:
        members = organisation.get("members", [])
        assert set(members) <= countries, organisation["id"]
        assert len(members) == len(set(members)), organisation["id"]
        assert organisation.get("parent", "Q1065") in organisations


def test_the_organisations_of_the_region_have_their_members() -> None:
    iso = {country["id"]: country["iso"] for country in COUNTRIES}
    members = {org["id"]: {iso[member] for member in org.get("members", ())} for org in ORGANISATIONS}
    assert members["Q485207"] == {"KZ", "RU", "CN", "IN", "KG", "TJ", "UZ", "PK", "IR", "BY"}
    assert members["Q4173083"] == {"AM", "BY", "KZ", "KG", "RU"}
    assert len(members["Q458"]) == 27
    assert len(members["Q7184"]) == 32


def test_the_files_are_as_full_as_promised() -> None:
    assert len(COUNTRIES) >= 249
    assert len(ORGANISATIONS) >= 60
    assert len(AGENCIES) >= 40
    central = [country for country in COUNTRIES if country["iso"] in {"KZ", "RU", "CN", "US", "DE", "UZ", "KG"}]
    assert all({"de", "en", "ru", "fr", "kk", "uk"} <= set(country["stems"]) for country in central)


def test_stems_are_lower_case_and_their_language_has_endings() -> None:
    for country in COUNTRIES:
        for language, stems in country.get("stems", {}).items():
            assert language in ENDINGS, (country["iso"], language)
            assert stems == [stem.lower() for stem in stems], (country["iso"], stems)


def test_no_demonym_means_two_countries() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for country in COUNTRIES:
        for language, stems in country.get("stems", {}).items():
            for stem in stems:
                for form in demonyms(language, stem):
                    owners[language, form].add(country["iso"])
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("language", "word", "country"),
    [
        ("de", "kasachischen", "KZ"),
        ("de", "russische", "RU"),
        ("de", "kasachinnen", "KZ"),
        ("de", "usbeken", "UZ"),
        ("en", "kazakhs", "KZ"),
        ("en", "russian", "RU"),
        ("fr", "italiennes", "IT"),
        ("fr", "chinoise", "CN"),
        ("ru", "казахстанского", "KZ"),
        ("ru", "казахстанско", "KZ"),
        ("ru", "россиянами", "RU"),
        ("ru", "узбекскими", "UZ"),
        ("uk", "казахстанський", "KZ"),
        ("uk", "росіянами", "RU"),
        ("kk", "ресейліктердің", "RU"),
        ("kk", "қытайлық", "CN"),
        ("es", "rusas", "RU"),
        ("es", "alemanes", "DE"),
        ("ar", "الروسية", "RU"),
    ],
)
def test_inflected_demonyms_are_their_country_s(language: str, word: str, country: str) -> None:
    assert countries_called(language, word) == {country}


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "franz"),
        ("de", "romanisch"),
        ("de", "pole"),
        ("de", "finnen"),
        ("de", "kinder"),
        ("de", "koreanisch"),
        ("en", "roman"),
        ("en", "congolese"),
        ("en", "pole"),
        ("fr", "roman"),
        ("fr", "persan"),
        ("ru", "чехов"),
        ("ru", "перу"),
        ("ru", "романский"),
        ("ru", "русский"),
        ("ru", "черногорск"),
        ("kk", "үнді"),
    ],
)
def test_words_that_only_look_like_a_country_s_are_nobody_s(language: str, word: str) -> None:
    assert countries_called(language, word) == set()


def test_every_role_has_titles_in_the_main_languages_each_once() -> None:
    for role, names in ROLES.items():
        assert set(names) >= MAIN_LANGUAGES, role
        for language, titles in names.items():
            assert titles == [unicodedata.normalize("NFC", title) for title in titles], (role, language)
            assert len(titles) == len({title.lower() for title in titles}), (role, language)


def test_a_title_of_a_state_means_one_office() -> None:
    roles = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister", "supreme_leader")
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for role in roles:
        for language, titles in ROLES[role].items():
            for title in titles:
                owners[language, title.lower()].add(role)
    assert {title: found for title, found in owners.items() if len(found) > 1} == {}


def test_what_is_not_meant_is_clean_and_names_no_actor() -> None:
    names = {(language, form) for actor in ACTORS for field, language, form in forms(actor) if field == "names"}
    for language, phrases in NOT_MEANT.items():
        assert language in LANGUAGES
        assert len(phrases) == len(set(phrases))
        for phrase in phrases:
            assert phrase == unicodedata.normalize("NFC", " ".join(phrase.split()))
            assert (language, phrase) not in names
