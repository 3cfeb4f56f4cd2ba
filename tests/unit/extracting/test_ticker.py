"""Lines of a ticker: who stands before the colon says what follows it."""

import pytest

from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("language", "text", "type_", "quote", "speaker"),
    [
        ("en", "10:05 Reuters: talks go on in Geneva", "indirect", "talks go on in Geneva", "Reuters"),
        ("en", "12:05 GMT – Reuters: ‘Talks go on’", "direct", "‘Talks go on’", "Reuters"),
        ("ru", "09:12 МЧС: без света остаются посёлки", "indirect", "без света остаются посёлки", "МЧС"),
        ("ru", "10:31 Министр: «Мы готовы»", "direct", "Мы готовы", "Министр"),
        ("kk", "10:12. Энергетика министрі: жөндеу аяқталды.", "indirect", "жөндеу аяқталды", "Энергетика министрі"),
    ],
)
def test_says_who_said_what(language: str, text: str, type_: str, quote: str, speaker: str) -> None:
    assert said(language, text) == [(type_, quote, speaker)]


@pytest.mark.parametrize("text", ["Astana: a city of bridges", "10:05 At the border, two lorries: red and green"])
def test_a_colon_without_a_clock_or_a_plain_source_says_nothing(text: str) -> None:
    assert said("en", text) == []
