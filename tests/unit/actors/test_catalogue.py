"""The shipped catalogue: look-up, resolution, every form with its reason."""

from dataclasses import replace
from datetime import date

import pytest

from service.actors import Actor, Catalogue, load_catalogue
from service.errors import ConfigError, NotFound


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_the_shipped_data_has_no_problems(catalogue: Catalogue) -> None:
    assert catalogue.check() == []


def test_an_actor_is_had_by_id(catalogue: Catalogue) -> None:
    assert catalogue.get("Q232").label("de") == "Kasachstan"
    assert "Q232" in catalogue


def test_an_unknown_id_is_an_error_that_says_how_to_search(catalogue: Catalogue) -> None:
    with pytest.raises(NotFound, match="actors find"):
        catalogue.get("Q999999999")


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Kazakhstan", "Q232"),
        ("kasachstan", "Q232"),
        ("Казахстан", "Q232"),
        ("Қазақстан", "Q232"),
        ("哈萨克斯坦", "Q232"),
        ("Kazakhstán", "Q232"),
        ("Nga", "Q159"),
        ("Шанхайская организация сотрудничества", "Q485207"),
        ("SCO", "Q485207"),
        ("tokayev", "Q200881"),
        ("Q232", "Q232"),
    ],
)
def test_a_name_in_any_language_resolves(catalogue: Catalogue, name: str, actor: str) -> None:
    assert catalogue.resolve(name).id == actor


def test_a_misspelt_name_is_an_error_with_suggestions(catalogue: Catalogue) -> None:
    with pytest.raises(ConfigError, match=r"did you mean .*Q232"):
        catalogue.resolve("Kasachstn")


def test_an_ambiguous_name_is_an_error_that_lists_the_candidates() -> None:
    shipped = load_catalogue()
    both = Catalogue([shipped.get("Q232"), namesake(shipped)])
    with pytest.raises(ConfigError, match=r"Q232.*ww:other|ww:other.*Q232"):
        both.resolve("Kasachstan")


def namesake(catalogue: Catalogue) -> Actor:
    return replace(catalogue.get("Q159"), id="ww:other", names={"de": ("Kasachstan",)})


def test_finding_suggests_similar_names_best_first(catalogue: Catalogue) -> None:
    assert catalogue.find("Tokayew")[0].id == "Q200881"
    assert catalogue.find("Shanghai Cooperation")[0].id == "Q485207"
    assert len(catalogue.find("an", 3)) <= 3


@pytest.mark.parametrize("nothing", ["", "   ", "§§§", "qqqqqqqq"])
def test_finding_nothing_is_no_error(catalogue: Catalogue, nothing: str) -> None:
    assert catalogue.find(nothing) == []


def test_expanding_gives_each_form_with_language_kind_and_reason(catalogue: Catalogue) -> None:
    forms = catalogue.expand(catalogue.get("Q200881"))
    by_text = {form.text: form for form in forms}
    assert by_text["Токаева"].how == "inflected"
    assert by_text["Токаева"].rule == "ru: genitive"
    assert by_text["Kassym-Jomart Tokayev"].how in ("name", "alias")
    assert any(form.how == "title" and "2019-03-20" in form.why for form in forms)
    assert all(form.text and form.language and form.why and form.rule for form in forms)


def test_expanding_a_country_gives_its_demonyms(catalogue: Catalogue) -> None:
    forms = {form.text for form in catalogue.expand(catalogue.get("Q232")) if form.how == "demonym"}
    assert {"kasachischen", "Kazakh", "казахстанского", "kazakhs"} <= forms


def test_expanding_gives_what_the_matcher_looks_for(catalogue: Catalogue) -> None:
    actor = catalogue.get("Q485207")
    listed = {(form.text, form.language) for form in catalogue.expand(actor)}
    for language in ("de", "ru", "kk"):
        own = {(f.text, f.language) for f in catalogue.forms(actor, language) if f.language == language}
        assert own <= listed


def test_office_holders_change_on_the_day_of_handing_over(catalogue: Catalogue) -> None:
    def president(day: date) -> set[str]:
        found = catalogue.holders("Q30", day)
        return {person.label() for person, index in found if person.offices[index].role == "head_of_state"}

    assert president(date(2025, 1, 19)) == {"Joe Biden"}
    assert president(date(2025, 1, 20)) == {"Donald Trump"}


def test_the_version_tells_data_apart(catalogue: Catalogue) -> None:
    assert catalogue.version == load_catalogue().version
    assert len(catalogue.version) == 16


def test_a_warmed_catalogue_answers_as_a_cold_one(catalogue: Catalogue) -> None:
    assert [actor.id for actor in load_catalogue().warm().find("Tokayew")] == [
        actor.id for actor in catalogue.find("Tokayew")
    ]
