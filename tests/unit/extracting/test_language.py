import pytest

from consumers.extracting.cues import find_cues
from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose


def cues(text: str, language: str = "de") -> list[str]:
    prose = read_prose(text, load_language(language))
    found = [cue for sentence in prose.sentences for cue in find_cues(prose, sentence)]
    return [" ".join(text[a:b] for a, b in cue.spans(prose)) for cue in found]


@pytest.mark.parametrize("code", ["xx", "zz", "und", "../de", "de.yaml", "", "languages"])
def test_a_language_without_a_file_gets_the_general_one(code: str) -> None:
    language = load_language(code)
    assert language.code == code
    assert language.cues == load_language("general").cues


def test_a_separable_cue_ends_its_clause() -> None:
    assert cues("Er gab am Montag bekannt, dass er geht.") == ["gab bekannt"]
    assert cues("Er fügte hinzu genommene Zeit an.") == []


def test_the_second_part_of_a_cue_is_not_looked_for_in_marks() -> None:
    assert cues("Er fügte „das hinzu“ nur an.") == []


def test_words_in_marks_are_no_cues() -> None:
    assert cues("Der Film „Sie sagte“ läuft.") == []


def test_a_verb_may_be_in_several_groups() -> None:
    forms = load_language("de").cues["forderte"]
    (form,) = (form for form in forms if form.kind == "finite" and form.lemma == "fordern")
    assert {"direct", "infinitive", "report"} <= form.takes


def test_a_sentence_of_cues_is_cut_off() -> None:
    assert 0 < len(cues("sagte " * 300)) <= 24
