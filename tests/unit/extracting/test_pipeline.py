from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.extracting.pipeline import Reader, make_pipeline
from service.actors import load_catalogue
from service.contracts import Article, Extraction
from service.contracts.article import Region

READER = Reader(load_catalogue())


def extraction(text: str, language: str = "de", **more: object) -> Extraction:
    article = Article(id="a", first_seen_at=datetime(2024, 6, 3, tzinfo=UTC), text=text, language=language, **more)
    return READER.extract(article)


def evidences(result: Extraction) -> list[object]:
    found = [mention.evidence for mention in result.mentions]
    for statement in result.statements:
        found += [*statement.quote, *statement.cue_parts]
        found += [who.evidence for who in (statement.speaker, statement.addressee) if who]
    return found


def test_the_components_have_what_they_require() -> None:
    nlp = make_pipeline("de")
    assert nlp.pipe_names == ["names", "entities", "statements", "speakers"]
    assert make_pipeline("und").pipe_names == ["names", "statements", "speakers"]
    # The catalogue, the day and the layout come with the document, everything else from a component before.
    problems = {p for found in nlp.analyze_pipes()["problems"].values() for p in found}
    assert problems <= {"doc._.prose", "doc._.catalogue"}


@pytest.mark.parametrize("language", ["de", "en", "vi", "ja", "zh", "th", "ar", "kk", "xx", "und", "zz", "../x", ""])
def test_every_language_gives_direct_statements(language: str) -> None:
    result = extraction("Anna Berg sade: “Vi går nu hem igen tillsammans”.", language)
    assert result.language == language
    if language == "und":
        assert [s.quote[0].exact for s in result.statements] == ["Vi går nu hem igen tillsammans"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "👩‍👩‍👧🎉" * 50,
        "قال الرئيس: «نعم نحن هنا معكم اليوم».",
        "他说：“我们走了，再见。”",
        "„" * 2000,
        "a" * 5000,
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    assert all(place.holds(text) for place in evidences(extraction(text)))


def test_a_megabyte_is_read_to_its_end() -> None:
    text = "„Der Deich hält bis morgen früh“, sagte Ole Hansen aus Kasachstan. " * 15_000
    result = extraction(text)
    assert len(result.statements) == 15_000
    assert result.statements[-1].quote[0].exact == "Der Deich hält bis morgen früh"


def test_ten_thousand_marks_end() -> None:
    assert len(extraction("„a“ " * 10_000 + "\n„Wir gehen jetzt nach Hause“, sagte er.").statements) == 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("„Wir“, so der Präsident, „werden das nicht hinnehmen.“", ["Wir", "werden das nicht hinnehmen."]),
        ("„Wir bleiben hier“, sagte sie, „und wir wehren uns.“", ["Wir bleiben hier", "und wir wehren uns."]),
        ("„Wir bleiben hier.\n„Wir gehen nicht“, sagte sie.", ["Wir bleiben hier.", "Wir gehen nicht"]),
    ],
)
def test_a_broken_quote_is_one_statement(text: str, pieces: list[str]) -> None:
    (statement,) = extraction(text).statements
    assert [piece.exact for piece in statement.quote] == pieces


def test_regions_of_the_article_are_not_prose() -> None:
    text = "„Wir gehen jetzt nach Hause“, sagte Putin.\n„Wir gehen jetzt nach Hause“, sagte Tokajew."
    region = Region(start=text.index("\n") + 1, end=len(text), kind="caption")
    assert len(extraction(text, regions=(region,)).statements) == 1
    assert len(extraction(text).statements) == 2


def test_nothing_is_read_in_a_counter() -> None:
    result = extraction("Kommentar (0)\nhttps://example.org/putin-kasachstan")
    assert result.mentions == ()
    assert result.statements == ()


def test_the_same_article_gives_the_same_extraction() -> None:
    text = "„Wir gehen jetzt nach Hause“, sagte Wladimir Putin in Astana."
    assert extraction(text) == extraction(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="„“»«\"' .,:\nabDsagteerklärteerPutin lautNachAngabendass", max_size=120))
def test_evidence_is_in_the_text(text: str) -> None:
    assert all(place.holds(text) for place in evidences(extraction(text)))
