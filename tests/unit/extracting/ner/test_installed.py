"""Recognisers of other people's, where they are installed (``pip install wirewatch[en,fr,ru]``)."""

import pytest

from consumers.extracting.ner.entity import Entity
from consumers.extracting.ner.official import package_of
from consumers.extracting.ner.recogniser import entities_of, is_read
from consumers.extracting.ner.russian import is_installed, russian_entities

RUSSIAN = ["Касым-Жомарт Токаев встретился в Астане с Сергеем Лавровым .", "Об этом сообщает ТАСС ."]


def test_a_language_nobody_reads_has_no_names() -> None:
    assert not is_read("xx")
    assert entities_of("xx", ["Anna", "kam", "."], [3]) == []


@pytest.mark.skipif(not is_installed(), reason="the extra `ru` is not installed")
def test_russian_names_of_several_sentences_keep_their_places() -> None:
    sentences = [sentence.split() for sentence in RUSSIAN]
    words = [word for sentence in sentences for word in sentence]
    wanted = [Entity(0, 2, "PER"), Entity(4, 5, "LOC"), Entity(6, 8, "PER"), Entity(12, 13, "ORG")]
    assert russian_entities(words, [len(sentence) for sentence in sentences]) == wanted
    assert is_read("ru")


@pytest.mark.parametrize(("language", "sentence"), [("en", "Angela Merkel met him ."), ("fr", "Angela Merkel parle .")])
def test_a_model_of_spacy_reads_names_where_it_is_installed(language: str, sentence: str) -> None:
    if package_of(language) is None:
        pytest.skip(f"the extra `{language}` is not installed")
    words = sentence.split()
    assert entities_of(language, words, [len(words)]) == [Entity(0, 2, "PER")]
