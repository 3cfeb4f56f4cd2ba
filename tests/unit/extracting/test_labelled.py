"""Labels with a colon: printed interviews and headlines."""

from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements


def told(text: str, code: str = "de") -> list[tuple[str, str | None]]:
    """Words and speaker of each statement."""
    found = find_statements(read_prose(text, load_language(code), ()))
    return [(" … ".join(text[s:e] for s, e in f.quote), text[slice(*f.speaker)] if f.speaker else None) for f in found]


def test_answers_of_an_interview_are_statements_and_questions_are_none() -> None:
    text = (
        "Frage: Wie geht es dem Fluss?\nMoll: Er ist müde. Er sagt, er wolle schlafen.\n"
        "Frage: Und den Hirten?\nMoll: Sie warten auf Regen."
    )
    assert told(text) == [("Er ist müde. Er sagt, er wolle schlafen.", "Moll"), ("Sie warten auf Regen.", "Moll")]


def test_one_label_alone_makes_no_interview() -> None:
    assert told("Foto: Anna Moll am Ufer.\nFoto: Die Halle von Norden.\nDer Fluss ist tief.") == []


def test_a_headline_is_said_by_its_label_when_the_text_lets_that_one_speak() -> None:
    text = "Moll: Fluss braucht mehr Platz\nDer Damm sei zu hoch, sagte Anna Moll."
    assert told(text)[0] == ("Fluss braucht mehr Platz", "Moll")


def test_words_in_marks_are_said_by_a_label_that_the_text_names_in_full() -> None:
    text = "Moll, zur Flut: „Der Fluss braucht Platz“\nDie Forscherin Anna Moll war am Ufer."
    assert told(text) == [("„Der Fluss braucht Platz“", "Moll")]


def test_a_line_of_a_live_blog_is_said_by_its_label() -> None:
    text = "Aus dem Tal\nMoll: Fluss braucht mehr Platz\nDer Damm sei zu hoch, sagte Anna Moll."
    assert told(text)[0] == ("Fluss braucht mehr Platz", "Moll")


def test_who_says_it_may_stand_behind_a_headline() -> None:
    text = "«El río necesita sitio»: Moll\nLa alcaldesa Ana Moll visitó la presa."
    assert told(text, "es") == [("«El río necesita sitio»", "Moll")]


def test_a_headline_with_a_label_that_never_speaks_is_no_statement() -> None:
    text = "Analyse: Fluss braucht mehr Platz\nDer Damm sei zu hoch, sagte Anna Moll."
    assert told(text) == [("Der Damm sei zu hoch", "Anna Moll")]


def test_a_headline_may_be_signed_behind_it() -> None:
    body = "\nThe hall is safe, the mayor Karl Moll told guests."
    assert told("Old hall is safe: Moll" + body, "en")[0] == ("Old hall is safe", "Moll")
    assert told("Old hall is safe — mayor" + body, "en")[0] == ("Old hall is safe", "mayor")
    assert len(told("Old hall is safe — photos" + body, "en")) == 1


def test_words_in_marks_after_a_label_are_direct_speech() -> None:
    text = "Moll: ‘The hall is safe’\nThe hall is open, Karl Moll told guests."
    assert told(text, "en")[0] == ("‘The hall is safe’", "Moll")


def test_words_at_the_head_that_nobody_signs_are_no_title() -> None:
    assert told("‘I lost my house’: Families speak\nIt rained.", "en") == [("‘I lost my house’", None)]
    assert told("‘The Lost House’: A play opens\nIt rained.", "en") == []


def test_a_label_and_its_speaker_may_stand_in_different_cases() -> None:
    text = "Коваль: Міст закриють до весни\n\nЗа словами Коваля, бетон не витримає зими."
    assert told(text, "uk")[0] == ("Міст закриють до весни", "Коваль")
