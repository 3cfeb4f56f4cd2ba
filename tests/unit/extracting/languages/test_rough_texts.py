"""Texts that are no news: every language's rules come through them, in time that does not grow with their square."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements
from tests.unit.extracting.languages.said import said

LANGUAGES = ("en", "fr", "es", "ru", "uk", "kk", "vi", "zh", "ar")
SAYS = {
    "en": "he said that ",
    "fr": "il a dit que ",
    "es": "él dijo que ",
    "ru": "он сказал, что ",
    "uk": "він сказав, що ",
    "kk": "ол келгенін айтты ",
    "vi": "ông nói rằng ",
    "zh": "他说，",
    "ar": "قال الوزير إن ",
}
PIECES = [
    "“",
    "”",
    "«",
    "»",
    '"',
    "’",
    ",",
    ".",
    "—",
    "- ",
    ":",
    ";",
    "?",
    " ",
    "\n",
    "said",
    "сказал",
    "a-t-il",
    "dit",
    "деп",
    "cho",
    "biết",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["", "“" * 10_000, "“a” " * 10_000, "« " * 5_000 + "»" * 5_000, "— a, b. " * 20_000, "😀" * 1_000, "a" * 100_000],
    ids=["empty", "openers", "quotations", "unbalanced", "dashes", "emoji", "one word"],
)
def test_a_rough_text_is_read_to_its_end(language: str, text: str) -> None:
    assert isinstance(said(language, text), list)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_endless_sentence_of_cues_is_read_to_its_end(language: str) -> None:
    text = SAYS[language] * 20_000
    assert all(
        end <= len(text)
        for found in find_statements(read_prose(text, load_language(language)))
        for _, end in found.quote
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_spans_lie_in_the_text_and_pieces_in_order(language: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in find_statements(read_prose(text, load_language(language))):
        spans = [*found.quote, *found.cue, *([found.speaker] if found.speaker else [])]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in zip(found.quote, found.quote[1:], strict=False))
