"""Statements as the English attribution corpus has them."""

from consumers.extracting.attributions import attributions
from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements


def told(text: str) -> list[str]:
    prose = read_prose(text, load_language("en"))
    found = attributions(prose, find_statements(prose))
    return [" // ".join(text[begin:end] for begin, end in attribution.quote) for attribution in found]


def test_what_a_speaker_goes_on_to_say_is_one_attribution() -> None:
    text = "“It is late,” Ann Lee said. “We must all go home now.”"
    assert told(text) == ["“It is late,” // “We must all go home now.”"]


def test_whom_it_is_said_to_opens_an_infinitive() -> None:
    assert told("He urged the city to build a bridge.") == ["the city to build a bridge"]


def test_quoted_words_in_a_clause_are_no_attribution_of_their_own() -> None:
    assert told("She said the plan was “a bridge” for all.") == ["the plan was “a bridge” for all"]
