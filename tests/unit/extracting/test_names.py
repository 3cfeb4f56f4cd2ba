"""What holds for every mention, in every text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.extracting.names import find_names
from service.actors import Catalogue, load_catalogue
from service.contracts import Mention

DAY = date(2024, 5, 22)
LANGUAGES = ["de", "en", "ru", "fr", "vi", "kk", "uk", "zh", "ar", "es", "pl", "und"]
PIECES = [
    "Kasachstan", "kasachische", "Präsident", "Präsidenten", "Tokajew", "Kassym-Jomart Tokajew", "SCO",
    "Russland", "der", "Russischen Föderation", "Shanghaier Organisation für Zusammenarbeit", "Georgia",
    "Michael", "of", "Nga", "Tổng thống", "Касым-Жомарта Токаева", "президент", "России", "哈萨克斯坦", "总统",
    "US-Dollar", "dpa", "(", ")", ",", ".", "\n", "\n\n", "https://kasachstan.example/Russland", "-", "’s",
    "„", "“", "«", "\u0301", "🙂", "\u200f", "الرئيس", "İ", "ß", "UN",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map(" ".join)
glued = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def check(text: str, mentions: tuple[Mention, ...], catalogue: Catalogue) -> None:
    order = [(m.evidence.start, -m.evidence.end) for m in mentions]
    assert order == sorted(order)
    for mention in mentions:
        assert mention.evidence.holds(text)
        assert mention.evidence.exact.strip() == mention.evidence.exact != ""
        assert mention.actor in catalogue
    for kind in (True, False):
        end = 0
        for mention in mentions:
            if (mention.how == "title") is kind:
                assert mention.evidence.start >= end
                end = mention.evidence.end


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(texts, glued, st.text(max_size=200)), language=st.sampled_from(LANGUAGES))
def test_spans_are_exact_ordered_and_do_not_overlap(catalogue: Catalogue, text: str, language: str) -> None:
    check(text, find_names(text, language, catalogue, at=DAY), catalogue)


@settings(max_examples=100, deadline=None)
@given(text=texts, start=st.integers(0, 200), length=st.integers(1, 100))
def test_nothing_is_read_where_the_caller_says_so(catalogue: Catalogue, text: str, start: int, length: int) -> None:
    names = find_names(text, "de", catalogue, at=DAY, skip=[(start, start + length)])
    assert all(m.evidence.end <= start or m.evidence.start >= start + length for m in names if m.how != "title")


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_the_same_text_gives_the_same_mentions(catalogue: Catalogue, text: str) -> None:
    assert find_names(text, "de", catalogue, at=DAY) == find_names(text, "de", catalogue, at=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", " ", "\n", "🙂🙂", "\u0301", "'", "-", "\u202e"])
def test_texts_without_words_have_no_names(catalogue: Catalogue, language: str, text: str) -> None:
    assert find_names(text, language, catalogue, at=DAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Mehr unter https://example.org/Kasachstan/russland und www.russland.example/China.",
        "Fragen an info@kasachstan.kz oder putin.wladimir@russland.ru.",
        "Das schrieb @Kasachstan auf kasachstan.kz und in russland.example.com/Kasachstan.",
    ],
)
def test_addresses_and_handles_name_nobody(catalogue: Catalogue, text: str) -> None:
    assert find_names(text, "de", catalogue, at=DAY) == ()


def test_an_address_that_is_a_name_as_a_whole_counts(catalogue: Catalogue) -> None:
    (mention,) = find_names("Это пишет Tengrinews.kz, а не https://tengrinews.kz/a.", "ru", catalogue, at=DAY)
    assert (mention.evidence.exact, mention.actor) == ("Tengrinews.kz", "ww:tengrinews")


def test_the_council_of_a_country_is_not_that_of_the_united_nations(catalogue: Catalogue) -> None:
    text = "Посол при ООН молчал. Заседание Совбеза шло час. Секретарь Совбеза и Совбез РФ молчали."
    found = find_names(text, "ru", catalogue, at=DAY)
    assert [m.evidence.start for m in found if m.actor == "Q37470"] == [text.index("Совбеза")]


def test_a_name_after_an_address_counts(catalogue: Catalogue) -> None:
    (mention,) = find_names("Siehe https://example.org/China. Kasachstan schweigt.", "de", catalogue, at=DAY)
    assert mention.evidence.exact == "Kasachstan"


def test_a_name_may_run_over_the_end_of_a_line_but_not_of_a_paragraph(catalogue: Catalogue) -> None:
    (mention,) = find_names("Die Shanghaier Organisation\nfür Zusammenarbeit tagt.", "de", catalogue, at=DAY)
    assert mention.actor == "Q485207"
    assert find_names("Die Shanghaier Organisation\n\nfür Zusammenarbeit tagt.", "de", catalogue, at=DAY) == ()


@pytest.mark.parametrize(
    "piece", ["SCO ", "Georgia ", "Putin ", "a.", "@", "http://", "(dpa ", "Präsident ", "„“", "x"]
)
def test_a_long_text_of_one_piece_is_read_to_its_end(catalogue: Catalogue, piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "\nKasachstan."
    mentions = find_names(text, "en" if piece.startswith("G") else "de", catalogue, at=DAY)
    assert piece.startswith("G") or mentions[-1].actor == "Q232"
    check(text, mentions, catalogue)
