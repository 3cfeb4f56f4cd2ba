"""The marks themselves: every article loads, and the loader refuses what does not stand in the text."""

import pytest

from tests.golden import marked
from tests.golden.marked import Marked


@pytest.mark.parametrize("name", marked.names())
def test_every_mark_stands_in_its_text(name: str) -> None:
    article = marked.load(name)
    assert article.language == name[:2]
    assert len(article.statements) >= 6
    assert article.mentions == sorted(article.mentions)
    assert all(a[1] <= b[0] for a, b in zip(article.mentions, article.mentions[1:], strict=False))
    for saying in article.statements:
        assert all(start < end <= len(article.text) for start, end in saying.quote)
        assert all(not (start < e and end > b) for start, end in saying.quote for b, e in article.silent)


def test_there_are_articles_in_seven_languages() -> None:
    counts = [name[:2] for name in marked.names()]
    assert {code: counts.count(code) for code in counts} == {
        "de": 10,
        "en": 9,
        "fr": 4,
        "kk": 2,
        "ru": 4,
        "uk": 2,
        "vi": 4,
    }


def test_a_longer_name_keeps_its_place_from_a_shorter_one() -> None:
    assert marked.places("Jana Wolf, Wolf", [("Wolf", "Q2"), ("Jana Wolf", "Q1")]) == [(0, 9, "Q1"), (11, 15, "Q2")]


def test_the_nearest_speaker_in_the_same_sentence_is_meant() -> None:
    text = "He left. “It is late,” he said. He slept."
    assert marked.nearest(text, "he", ((10, 20),)) == ((23, 25),)


def test_a_piece_that_is_not_in_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the text: 'spoke'"):
        marked.read_mark(Marked("x", "He said so."), [], "direct", ["so", "He", "-", "spoke"])


def test_an_ambiguous_quote_is_refused() -> None:
    with pytest.raises(ValueError, match="2 places"):
        marked.pieces("so and so", "so")
