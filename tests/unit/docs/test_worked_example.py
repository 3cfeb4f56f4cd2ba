"""The worked example of adding a language is whole: its file and its module read the sentences of its table."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from consumers.extracting.language import language_from
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements

PAGE = Path("docs/languages.md").read_text(encoding="utf-8")
EXAMPLE = PAGE[PAGE.index("### Worked example") : PAGE.index("## Scores")]
ROWS = re.findall(r"^\| (.+?) \| (?:(\w+): (.+?) — (.+?) )?\|$", EXAMPLE, re.M)


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.+?)```", EXAMPLE, re.S)
    assert found, kind
    return found[1]


def module() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(block("python"), "docs/languages.md", "exec"), names)
    return names


def test_the_table_has_sentences_that_say_something_and_some_that_do_not() -> None:
    assert len(ROWS) >= 10
    assert {bool(type_) for _, type_, _, _ in ROWS} == {True, False}


@pytest.mark.parametrize(("sentence", "type_", "quote", "speaker"), ROWS)
def test_the_example_reads_each_sentence_as_the_table_says(sentence: str, type_: str, quote: str, speaker: str) -> None:
    names = module()
    prose = read_prose(sentence, language_from("es", yaml.safe_load(block("yaml")), names["expand"]))
    found = [
        (f.type, prose.text[f.start : f.end].strip("«»"), prose.text[slice(*f.speaker)] if f.speaker else "")
        for f in find_statements(prose, names["GRAMMAR"])
    ]
    assert found == ([(type_, quote, speaker)] if type_ else [])


def test_a_word_that_yaml_reads_as_no_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="quotation marks"):
        language_from("es", yaml.safe_load("words: {negations: no}"), lambda lemma, forms: [(lemma, forms)])
