"""Speakers in small German texts of our own, with the shipped catalogue."""

from datetime import UTC, datetime

import pytest

from consumers.extracting.pipeline import Reader
from service.actors import load_catalogue
from service.contracts import Article, Statement

PUTIN, TOKAYEV, KAZAKHSTAN, MERZ = "Q7747", "Q200881", "Q232", "Q1124"
WANG = "Q701801"


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


def test_a_name_is_not_cut_where_it_has_a_word_that_means_and(reader: Reader) -> None:
    article = Article(
        id="a",
        first_seen_at=datetime(2026, 6, 3, tzinfo=UTC),
        text="Министр иностранных дел КНР Ван И подчеркнул, что переговоры будут продолжены.",
        language="ru",
    )
    (one,) = reader.extract(article).statements
    assert one.speaker is not None
    assert one.speaker.evidence.exact.endswith("Ван И")
    assert one.speaker.actor == WANG


def test_a_country_speaks_but_its_ministry_is_not_the_country(reader: Reader) -> None:
    assert speakers(reader, "Kasachstan erklärte, dass die Grenze offen bleibe.") == [KAZAKHSTAN]
    assert speakers(reader, "Das Außenministerium Kasachstans erklärte, dass die Grenze offen bleibe.") == [None]


def test_a_pronoun_is_whom_its_own_sentence_begins_with(reader: Reader) -> None:
    text = "«Уже поздно», — сказал Касым-Жомарт Токаев. Владимир Путин возразил всем: мост, по его словам, открыт."
    article = Article(id="a", first_seen_at=datetime(2024, 6, 3, tzinfo=UTC), text=text, language="ru")
    assert [s.speaker and s.speaker.actor for s in reader.extract(article).statements] == [TOKAYEV, PUTIN]


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


@pytest.mark.parametrize(
    "between",
    [
        "Der Berater Pjotr Samoilow war skeptisch.",
        "Neben ihm stand der Ingenieur Bachrom Tosch.",
        "Sein Gegenüber Giorgi Lomidse hörte zu.",
    ],
)
def test_a_pronoun_after_a_named_stranger_is_no_actor(reader: Reader, between: str) -> None:
    text = f"„Wir haben viel erreicht“, sagte Wladimir Putin. {between} „Das Abkommen gilt“, sagte er."
    assert speakers(reader, text) == [PUTIN, None]


def test_a_woman_in_between_leaves_him_his_pronoun(reader: Reader) -> None:
    text = "„Wir sind fertig“, sagte Wladimir Putin. Die Beraterin Anna Moll nickte. „Das gilt“, sagte er."
    assert speakers(reader, text) == [PUTIN, PUTIN]


def test_a_pronoun_is_whom_the_sentence_before_begins_with(reader: Reader) -> None:
    text = (
        "„Wir haben viel erreicht“, sagte Wladimir Putin.\n"
        "Kassym-Schomart Tokajew dankte den Gastgebern. Er sagte, das Abkommen gelte ab Mai."
    )
    assert speakers(reader, text) == [PUTIN, TOKAYEV]


def test_a_ministry_in_between_leaves_him_his_pronoun(reader: Reader) -> None:
    text = "„Wir sind fertig“, sagte Wladimir Putin. Das Bauamt teilte mit, es sei offen. „Das gilt“, sagte er."
    assert speakers(reader, text) == [PUTIN, None, PUTIN]


def test_the_tail_of_a_title_takes_it_up_again(reader: Reader) -> None:
    text = (
        "Man sei bereit, sagte der kasachische Präsident Kassym-Schomart Tokajew. Das gelte ab Mai, erklärte der "
        "russische Außenminister Sergej Lawrow. „Wir sind fertig“, sagte der russische Minister."
    )
    assert speakers(reader, text) == [TOKAYEV, "Q58217", "Q58217"]


def test_a_paper_speaks_for_the_organisation_it_is_from(reader: Reader) -> None:
    text = "Laut einer Mitteilung der Vereinten Nationen leben dort nur noch zehn Familien."
    assert speakers(reader, text) == ["Q1065"]


def test_his_account_is_his_and_what_is_withheld_is_nobodys(reader: Reader) -> None:
    text = "Die Halle öffnet bald. Wladimir Putin sagte nicht, wer sie bezahlt. Ihm zufolge kostet sie zehn Millionen."
    assert [(s.quote[0].exact, s.speaker.actor if s.speaker else None) for s in statements(reader, text)] == [
        ("kostet sie zehn Millionen", PUTIN)
    ]


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("de", "UN-Chef António Guterres kam. „Es eilt“, sagte der Portugiese.", "Q311440"),
        ("es", 'António Guterres llegó. "Es urgente", dijo el portugués.', "Q311440"),
        ("fr", "António Guterres est arrivé. « C'est urgent », a dit le Portugais.", "Q311440"),
        ("de", "Das meldet die dpa. Die Staatsanwaltschaft sagte: „Es eilt.“", None),
        ("de", "Wladimir Putin kam. „Es eilt“, sagte der Portugiese.", None),
        ("de", "UN-Chef António Guterres kam. „Es eilt“, sagte die Portugiesin.", None),
        ("de", "UN-Chef António Guterres kam. „Es eilt“, sagten die Portugiesen.", None),
    ],
)
def test_a_word_for_a_people_is_whoever_was_named_and_may_be_one(
    reader: Reader, language: str, text: str, actor: str | None
) -> None:
    article = Article(id="a", first_seen_at=datetime(2026, 3, 1, tzinfo=UTC), text=text, language=language)
    speaker = reader.extract(article).statements[-1].speaker
    assert speaker is not None
    assert speaker.actor == actor
