"""A user's own file adds actors and lays over the shipped ones."""

from pathlib import Path

import pytest

from service.actors import load_catalogue
from service.errors import ConfigError


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_actor_is_added(tmp_path: Path) -> None:
    path = own(tmp_path, "- {id: 'ww:my-firm', kind: organisation, names: {en: [My Firm], de: Meine Firma}}")
    catalogue = load_catalogue(path)
    assert catalogue.resolve("Meine Firma").id == "ww:my-firm"
    assert catalogue.check() == []


def test_names_are_laid_over_language_by_language(tmp_path: Path) -> None:
    path = own(tmp_path, "- {id: Q485207, names: {de: [Schanghai-Klub]}}")
    actor = load_catalogue(path).get("Q485207")
    assert actor.names["de"] == ("Schanghai-Klub",)
    assert actor.label("en") == "Shanghai Cooperation Organisation"


def test_own_data_changes_the_version(tmp_path: Path) -> None:
    path = own(tmp_path, "- {id: Q485207, names: {de: [Schanghai-Klub]}}")
    assert load_catalogue(path).version != load_catalogue().version


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {names: {en: [X]}}", "needs an id"),
        ("- just words", "needs an id"),
        ("- {id: 'ww:x', names: {en: [X]}}", "kind is country, organisation or person"),
        ("- {id: 'ww:x', kind: person, names: {en: [X Y]}, offices: [{role: head_of_state}]}", "ww:x"),
        ("- {id: 'ww:x', kind: person, names: {en: [X Y]}, offices: [{role: r, of: Q1, from: soon}]}", "ww:x"),
        ("id: Q1", "a list of actors is expected"),
        ("- {id: [", "not readable as YAML"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_file_or_entry(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_catalogue(own(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml"):
        load_catalogue(tmp_path / "none.yaml")


def test_invalid_utf8_is_an_error_for_people(tmp_path: Path) -> None:
    path = tmp_path / "actors.yaml"
    path.write_bytes(b"- {id: '\xff\xfe'}")
    with pytest.raises(ConfigError, match=r"actors\.yaml"):
        load_catalogue(path)
