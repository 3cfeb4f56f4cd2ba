"""Speakers come with the reason why they are taken for whom they are, or for nobody."""

from datetime import UTC, datetime

import pytest

from consumers.extracting.pipeline import Reader
from service.actors import load_catalogue
from service.contracts import Article, Mention, Statement

ARRIVED = "Der russische Präsident Wladimir Putin reiste an. "
BOTH = "„Wir haben viel erreicht“, sagte Wladimir Putin. Kassym-Schomart Tokajew reiste am Abend ab. "
SPOKE = "„Wir haben viel erreicht“, sagte Präsident Wladimir Putin. "


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_catalogue())


def statements(reader: Reader, text: str, language: str = "de") -> tuple[Statement, ...]:
    article = Article(id="a", first_seen_at=datetime(2024, 6, 3, tzinfo=UTC), text=text, language=language)
    return reader.extract(article).statements


def last_speaker(reader: Reader, text: str, language: str = "de") -> Mention:
    speaker = statements(reader, text, language)[-1].speaker
    assert speaker is not None
    return speaker


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (ARRIVED + "„Gut“, sagte Putin.", "surname", "surname after “Wladimir Putin” in sentence 1"),
        (ARRIVED + "„So ist es“, sagte er.", "pronoun_only", "the only man named in the sentence before"),
        (SPOKE + "„So ist es“, sagte er.", "pronoun", "“Präsident Wladimir Putin” in sentence 1"),
        (SPOKE + "„So ist es“, sagte der Präsident.", "title_again", "called so before"),
        (SPOKE + "„So ist es“, sagte der 73-Jährige.", "epithet", "named before: “Präsident Wladimir Putin”"),
        (
            "„Gut“, sagte er. Präsident Wladimir Putin reiste an. In einem Interview mit Tass versprach er Hilfe.",
            "pronoun_subject",
            "whom the sentence before begins with, “Wladimir Putin”",
        ),
        (BOTH + "„So ist es“, sagte der Russe.", "epithet", "the one near before: “Wladimir Putin”"),
        (
            "Das gelte ab Mai, erklärte der russische Außenminister.",
            "office",
            "demonym and title: foreign minister of Russia, in office 2004–",
        ),
        ("Das gelte ab Mai, erklärte Russlands Präsident.", "office", "head of state of Russia, in office 2012–"),
        ("Das gelte ab Mai, erklärte Wladimir Putin.", "name", "name of Vladimir Putin"),
        (SPOKE + "Das Abkommen gelte ab Mai.", "carried", "goes on from “Präsident Wladimir Putin” in sentence 1"),
        (
            "Laut der Shanghaier Organisation für Zusammenarbeit gilt das Abkommen ab Mai.",
            "name",
            "Shanghai Cooperation Organisation",
        ),
    ],
)
def test_a_speaker_says_why_it_is_whom(reader: Reader, text: str, code: str, words: str) -> None:
    speaker = last_speaker(reader, text)
    assert speaker.actor is not None
    assert speaker.reason is not None
    assert (speaker.reason.code, words in speaker.reason.words) == (code, True), speaker.reason


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            BOTH + "„Das gilt“, sagte er.",
            "two_candidates",
            "“Wladimir Putin” in sentence 1 and “Kassym-Schomart Tokajew”",
        ),
        (SPOKE + "Sein Gegenüber Giorgi Lomidse hörte zu. „Das gilt“, sagte er.", "stranger", "outside the catalogue"),
        (SPOKE + "„Das gilt“, sagte sie.", "nobody_near", "woman"),
        ("„Das gilt“, sagte ein Sprecher von Präsident Wladimir Putin.", "beside", "somebody else speaks"),
        ("„Das gilt“, sagten Wladimir Putin und Olaf Scholz.", "several_speakers", "several speak"),
        ("„Das gilt“, sagte die Bäuerin Anna Wolf.", "unknown", "no name, title or office"),
    ],
)
def test_nobody_has_a_reason_too(reader: Reader, text: str, code: str, words: str) -> None:
    speaker = last_speaker(reader, text)
    assert speaker.actor is None
    assert speaker.reason is not None
    assert (speaker.reason.code, words in speaker.reason.words) == (code, True), speaker.reason


def test_what_decided_is_shown_where_it_stands(reader: Reader) -> None:
    text = ARRIVED + "„Gut“, sagte Putin."
    reason = last_speaker(reader, text).reason
    assert reason is not None
    assert reason.evidence is not None
    assert reason.evidence.holds(text)
    assert reason.evidence.exact == "Wladimir Putin"


@pytest.mark.parametrize(
    ("language", "text", "speaker", "actor", "teller"),
    [
        (
            "de",
            "Wie TASS unter Berufung auf das Außenministerium meldet, bleibt die Grenze offen.",
            "das Außenministerium",
            None,
            "Q223799",
        ),
        (
            "de",
            "Wie die Agentur Interfax unter Berufung auf Außenminister Sergej Lawrow meldet, sei die Lage ernst.",
            "Außenminister Sergej Lawrow",
            "Q58217",
            "Q379271",
        ),
        (
            "en",
            "The border will stay open, Reuters reported on Monday, citing the Kazakh president.",
            "the Kazakh president",
            "Q200881",
            "Q130879",
        ),
        ("ru", "Граница останется открытой, сообщает ТАСС со ссылкой на МИД России.", "МИД России", None, "Q223799"),
        (
            "uk",
            "Кордон залишиться відкритим, повідомляє Укрінформ з посиланням на міністерство.",
            "міністерство",
            None,
            "Q987030",
        ),
        (
            "fr",
            "La frontière restera ouverte, rapporte l'AFP, citant le ministère des Transports.",
            "le ministère des Transports",
            None,
            "Q40464",
        ),
        (
            "en",
            "According to TASS, citing Foreign Minister Sergei Lavrov, the border will stay open.",
            "Foreign Minister Sergei Lavrov",
            "Q58217",
            "Q223799",
        ),
        ("en", "TASS quoted the minister as saying that the border would stay open.", "the minister", None, "Q223799"),
        (
            "de",
            "Reuters zitiert Wladimir Putin mit den Worten: „Sie bleibt offen.“",
            "Wladimir Putin",
            "Q7747",
            "Q130879",
        ),
        (
            "es",
            "La frontera seguirá abierta, según publicó Bloomberg citando a dos directivos.",
            "dos directivos",
            None,
            "ww:bloomberg",
        ),
        (
            "kk",
            "Шекара ашық қалады, деп хабарлады Kazinform агенттігі министрлікке сілтеме жасап.",
            "министрлікке",
            None,
            "ww:kazinform",
        ),
        ("vi", "Theo TASS dẫn lời Bộ Ngoại giao Nga, biên giới vẫn mở.", "Bộ Ngoại giao Nga", None, "Q223799"),
    ],
)
def test_who_is_cited_speaks_and_the_chain_has_who_cites(
    reader: Reader, language: str, text: str, speaker: str, actor: str | None, teller: str
) -> None:
    (statement,) = statements(reader, text, language)
    assert statement.speaker is not None
    assert (statement.speaker.evidence.exact, statement.speaker.actor) == (speaker, actor)
    assert [link.actor for link in statement.chain] == [teller]
    assert statement.via == (teller,)


def test_the_chain_begins_with_who_heard_it_from_the_speaker(reader: Reader) -> None:
    text = "Wie Reuters unter Berufung auf TASS meldet, sagte Wladimir Putin, die Grenze bleibe offen."
    (statement,) = statements(reader, text)
    assert statement.speaker is not None
    assert statement.speaker.actor == "Q7747"
    assert [link.evidence.exact for link in statement.chain] == ["TASS", "Reuters"]
    assert statement.via == ("Q223799", "Q130879")


def test_a_minister_who_refers_to_a_law_is_its_speaker_himself(reader: Reader) -> None:
    text = "Außenminister Sergej Lawrow erklärte unter Berufung auf das Seerecht, die Durchfahrt sei frei."
    (statement,) = statements(reader, text)
    assert statement.speaker is not None
    assert statement.speaker.actor == "Q58217"
    assert statement.chain == ()


def test_the_agency_it_was_told_to_is_in_the_chain(reader: Reader) -> None:
    (statement,) = statements(reader, "Russland bleibe ein Partner, sagte Tokajew der Nachrichtenagentur TASS.")
    assert [link.evidence.exact for link in statement.chain] == ["der Nachrichtenagentur TASS"]
