"""The shipped models, in texts they were not trained on."""

from datetime import UTC, datetime

import pytest

from consumers.extracting.ner.recogniser import MODELS, SHIPPED, recogniser
from consumers.extracting.pipeline import Reader
from service.actors import load_catalogue
from service.contracts import Article, Extraction

READER = Reader(load_catalogue())


def extraction(text: str, language: str = "de") -> Extraction:
    return READER.extract(
        Article(id="a", first_seen_at=datetime(2026, 11, 1, tzinfo=UTC), text=text, language=language)
    )


def named(text: str, language: str = "de") -> list[tuple[str, str, str | None]]:
    return [(m.evidence.exact, m.kind, m.actor) for m in extraction(text, language).mentions]


@pytest.mark.parametrize("language", sorted(SHIPPED))
def test_every_model_has_its_lexicon_and_a_note_of_its_sources(language: str) -> None:
    recogniser(language)
    note = (MODELS / f"{language}.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in note
    assert "| all |" in note


def test_german_names_nobody_has_listed_are_found_whole() -> None:
    text = "Sabine Krüger und Thomas Berger wohnen in Heidelberg. Der Vorstand der Siemens AG tagt in Hannover."
    assert named(text) == [
        ("Sabine Krüger", "person", None),
        ("Thomas Berger", "person", None),
        ("Heidelberg", "place", None),
        ("Siemens AG", "organisation", None),
        ("Hannover", "place", None),
    ]


def test_kazakh_names_nobody_has_listed_are_found_in_their_cases() -> None:
    found = named("Айгүл Сәрсенова Қостанайда тұрады. Бұл туралы Білім және ғылым министрлігі хабарлады.", "kk")
    assert ("Айгүл Сәрсенова", "person", None) in found
    assert ("Қостанайда", "place", None) in found
    assert ("Білім және ғылым министрлігі", "organisation", None) in found


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("„Wir kommen wieder“, sagte Mali Hansen in Kiel.", "Mali Hansen"),
        ("Mali Hansen sagte: „Wir kommen wieder.“", "Mali Hansen"),
        ("„Das war ein gutes Spiel“, sagte Trainer Chad Miller am Abend.", "Chad Miller"),
    ],
)
def test_a_country_in_a_persons_name_neither_is_mentioned_nor_speaks(text: str, person: str) -> None:
    result = extraction(text)
    assert (person, "person", None) in named(text)
    assert all(mention.actor is None for mention in result.mentions)
    (statement,) = result.statements
    assert statement.speaker is not None
    assert (statement.speaker.kind, statement.speaker.actor) == ("person", None)


@pytest.mark.parametrize("text", ["Für Mali Hansen zu holen, war schwer.", "Gegen Norwegen Hansen zu holen, war klug."])
def test_a_country_behind_a_preposition_is_no_given_name(text: str) -> None:
    assert [kind for _, kind, actor in named(text) if actor] == ["place"]


def test_the_country_itself_and_known_people_stay_who_they_are() -> None:
    found = named("Mali verhandelt mit Wladimir Putin und der Shanghaier Organisation für Zusammenarbeit.")
    assert [(exact, kind) for exact, kind, actor in found if actor] == [
        ("Mali", "place"),
        ("Wladimir Putin", "person"),
        ("Shanghaier Organisation für Zusammenarbeit", "organisation"),
    ]
    assert len(found) == 3


def test_a_text_reads_the_same_whatever_was_read_before() -> None:
    text = "Sabine Krüger traf Thomas Berger in Heidelberg."
    before = named(text)
    for number in range(30):
        named(f"Ort{number} und Name{number} Wort{number} sind fremd. " * 40)
    assert named(text) == before
