"""Texts that are no news: every language's rules come through them, in time that does not grow with their square."""

import random
import re
from pathlib import Path

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


NEWS = Path(__file__).parents[3] / "golden" / "wires"
MARKS = ['"', "«", "»", "“", "”", "„", ",", ".", ":", "—", "(", ")", ";", "?", "\n\n"]
ROUNDS = 12
"""Times each text is spoiled."""


def spoiled(text: str, chance: random.Random) -> str:
    """The text with some words and signs left out, doubled, changed round, and signs put in."""
    pieces = re.findall(r"\s+|\w+|[^\w\s]", text)[: chance.randrange(60, 400)]
    for _ in range(chance.randrange(1, 40)):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0:
                pieces[at] = ""
            case 1:
                pieces.insert(at, chance.choice(MARKS))
            case 2:
                pieces.insert(at, pieces[other])
            case _:
                pieces[at], pieces[other] = pieces[other], pieces[at]
    return "".join(pieces)


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
def test_news_that_came_through_badly_is_read_to_its_end(language: str) -> None:
    read = load_language(language)
    texts = sorted((NEWS / language).glob("*/*.txt"))
    assert texts
    for path in texts:
        chance = random.Random(path.name)
        for _ in range(ROUNDS):
            text = spoiled(path.read_text(encoding="utf-8"), chance)
            for found in find_statements(read_prose(text, read)):
                spans = [*found.quote, *found.cue, *([found.speaker] if found.speaker else [])]
                assert all(0 <= start < end <= len(text) for start, end in spans), text
