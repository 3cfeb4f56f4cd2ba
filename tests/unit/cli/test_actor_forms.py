"""``wirewatch actors expand``: every form, why there is one, and when it counts."""

from typing import Any

import pytest

from tests.unit.cli.conftest import Run


def forms(run: Run, name: str) -> dict[tuple[str, str], dict[str, Any]]:
    found = run("actors", "expand", name, json_lines=True).objects
    return {(row["form"], row["language"]): row for row in reversed(found)}


@pytest.mark.parametrize(
    ("name", "form", "language", "why", "rule"),
    [
        ("Wladimir Putin", "Владимира Путина", "ru", "label Владимир Путин", "ru: genitive"),
        ("Wladimir Putin", "Володимирові Путіну", "uk", "label Володимир Путін", "uk: dative"),
        ("Wladimir Putin", "Путиннің", "kk", "surname Путин", "kk: genitive"),
        ("Wladimir Putin", "Vladimir Poutine", "fr", "label", "as written"),
        ("Kassym-Jomart Tokayev", "Kassym-Schomart Tokajew", "de", "label", "as written"),
        ("Kassym-Jomart Tokayev", "Kasym-Zhomart Tokayev", "en", "full name Касым-Жомарт Токаев", "en: transcription"),
        ("Kassym-Jomart Tokayev", "Kassym Jomart Tokayev", "en", "label", "space for hyphen"),
        ("Kasachstan", "Казахстане", "ru", "label Казахстан", "ru: locative"),
        ("Kasachstan", "казахстанского", "ru", "stem казахстанск", "ru: ending"),
        ("Kasachstan", "kasachische", "de", "stem kasachisch", "de: ending"),
        ("Kasachstan", "Қазақстандағы", "kk", "label Қазақстан", "kk: locative adjective"),
        ("Côte d’Ivoire", "Côte d’Ivoire", "fr", "", "as written"),
        ("Russland", "Nga", "vi", "label", "as written"),
    ],
)
def test_a_form_says_what_it_comes_from(run: Run, name: str, form: str, language: str, why: str, rule: str) -> None:
    row = forms(run, name)[form, language]
    assert row["why"].startswith(why)
    assert row["rule"].startswith(rule)


@pytest.mark.parametrize(
    ("name", "form", "language", "part"),
    [
        ("Q230", "Georgia", "en", "not near “Alabama”"),
        ("SCO", "SCO", "en", "a short form: counts where the text has the full name"),
        ("TASS", "TASS", "en", None),
        ("Olaf Scholz", "Scholz", "de", "a surname"),
        ("China", "China", "en", "not within"),
        ("Kasachstan", "Kasachstan", "de", None),
    ],
)
def test_a_form_says_when_it_counts(run: Run, name: str, form: str, language: str, part: str | None) -> None:
    counts = forms(run, name)[form, language]["counts"]
    assert (counts is None) if part is None else (part in counts)


def test_how_far_a_text_may_differ_is_said(run: Run) -> None:
    assert forms(run, "Russland")["Nga", "vi"]["varies"] == "in any case, with hyphens and apostrophes of any kind"
    assert "without accents" in forms(run, "Kasachstan")["Kasachstan", "de"]["varies"]
    assert forms(run, "SCO")["SCO", "en"]["varies"] == "exactly as written"


def test_one_language_alone_may_be_asked_for(run: Run) -> None:
    rows = run("actors", "expand", "Kasachstan", "--language", "ru", json_lines=True).objects
    assert {row["language"] for row in rows} == {"ru"}
    shown = run("actors", "expand", "Kasachstan", "--language", "ru")
    assert "COUNTS" in shown.out.splitlines()[0]
