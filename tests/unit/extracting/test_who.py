"""Speakers in small German texts of our own, with the shipped catalogue."""

from datetime import UTC, datetime

import pytest

from consumers.extracting.pipeline import Reader
from service.actors import load_catalogue
from service.contracts import Article, Statement

PUTIN, TOKAYEV, KAZAKHSTAN, MERZ = "Q7747", "Q200881", "Q232", "Q1124"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_catalogue())


def statements(reader: Reader, text: str) -> tuple[Statement, ...]:
    article = Article(id="a", first_seen_at=datetime(2024, 6, 3, tzinfo=UTC), text=text, language="de")
    return reader.extract(article).statements


def speakers(reader: Reader, text: str) -> list[str | None]:
    return [s.speaker.actor if s.speaker else None for s in statements(reader, text)]


def test_a_name_a_title_and_a_pronoun_are_one_speaker(reader: Reader) -> None:
    text = (
        "Kasachstans Präsident Kassym-Schomart Tokajew reiste ab. „Wir haben viel erreicht“, sagte Tokajew. "
        "„Das Abkommen gilt ab Mai“, erklärte der kasachische Staatschef. „Es wird nun umgesetzt“, betonte er."
    )
    assert speakers(reader, text) == [TOKAYEV, TOKAYEV, TOKAYEV]


def test_a_spokesman_is_not_whom_he_speaks_for(reader: Reader) -> None:
    assert speakers(reader, "„Das trifft nicht zu“, sagte ein Sprecher von Präsident Wladimir Putin.") == [None]
    assert speakers(reader, "„Das trifft nicht zu“, sagte der Sprecher Wladimir Putins.") == [None]


def test_two_together_are_no_one_actor(reader: Reader) -> None:
    assert speakers(reader, "Man sei einig, sagten Wladimir Putin und Kassym-Schomart Tokajew.") == [None]


def test_a_country_speaks_but_its_ministry_is_not_the_country(reader: Reader) -> None:
    assert speakers(reader, "Kasachstan erklärte, dass die Grenze offen bleibe.") == [KAZAKHSTAN]
    assert speakers(reader, "Das Außenministerium Kasachstans erklärte, dass die Grenze offen bleibe.") == [None]


def test_a_pronoun_after_another_person_is_nobody_rather_than_the_wrong_one(reader: Reader) -> None:
    text = (
        "„Wir haben viel erreicht“, sagte Wladimir Putin. Kassym-Schomart Tokajew reiste am Abend ab. "
        "„Das Abkommen gilt ab Mai“, sagte er."
    )
    assert speakers(reader, text)[1] is None


def test_a_pronoun_of_another_gender_is_not_him(reader: Reader) -> None:
    text = "„Wir haben viel erreicht“, sagte Wladimir Putin. „Das Abkommen gilt ab Mai“, sagte sie."
    assert speakers(reader, text)[1] is None


def test_whom_it_is_said_to_and_what_it_is_about(reader: Reader) -> None:
    (statement,) = statements(reader, "Russland bleibe ein Partner, sagte Tokajew der Nachrichtenagentur TASS.")
    assert statement.addressee is not None
    assert statement.addressee.actor == "Q223799"
    assert statement.about == ("Q159",)
    assert statement.via == ("Q223799",)


@pytest.mark.parametrize(
    "text",
    [
        "„Wir kommen bald wieder“, sagte Wladimir Putin laut TASS.",
        "„Wir kommen bald wieder“, sagte Wladimir Putin, wie die Agentur TASS meldete.",
        "Wie die Agentur TASS meldete, sagte Wladimir Putin, die Grenze bleibe offen.",
        "Wladimir Putin erklärte laut TASS, dass die Grenze offen bleibe.",
    ],
)
def test_a_source_that_passes_a_statement_on_is_not_its_speaker(reader: Reader, text: str) -> None:
    (statement,) = statements(reader, text)
    assert statement.speaker is not None
    assert statement.speaker.actor == PUTIN
    assert statement.via == ("Q223799",)
