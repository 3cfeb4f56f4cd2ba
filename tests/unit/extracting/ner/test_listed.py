"""Names listed beside texts: whole words at all their places, the longer name first, single places by number."""

import json
from pathlib import Path

import pytest

from consumers.extracting.ner.training.listed import listed_sentences, read_forms

TEXT = "Karl Ulm fuhr nach Ulm. In Ulm traf die Union die Ulmer Union. Die UN-Sitzung der UN fiel aus."


def tagged(tmp_path: Path, names: str) -> list[str]:
    (tmp_path / "names.txt").write_text(names, encoding="utf-8")
    lines = [{"doc": "7 - Eine Reise (2026)", "text": TEXT}, {"doc": "8 - Ohne", "text": "Karl Ulm kam."}]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    sentences = listed_sentences(tmp_path / "names.txt", tmp_path / "texts.jsonl", "de")
    return [f"{word}/{tag}" for s in sentences for word, tag in zip(s.words, s.tags, strict=True) if tag != "O"]


def test_the_longer_name_holds_and_the_shorter_counts_elsewhere(tmp_path: Path) -> None:
    assert tagged(tmp_path, "= 7\nPER: Karl Ulm\nLOC: Ulm\n") == ["Karl/B-PER", "Ulm/I-PER", "Ulm/B-LOC", "Ulm/B-LOC"]


def test_a_name_in_a_longer_word_teaches_nothing(tmp_path: Path) -> None:
    assert tagged(tmp_path, "= 7\nORG: UN\n") == ["UN/B-ORG"]


@pytest.mark.parametrize("names", ["= 7\nORG: Union@1\n", "= 7\nORG: Union\nO: Union@2\n"])
def test_single_places_are_meant_by_number(tmp_path: Path, names: str) -> None:
    assert tagged(tmp_path, names) == ["Union/B-ORG"]


def test_a_form_that_is_not_in_the_text_is_told_with_its_document(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="7: not in the text: 'Bonn'"):
        tagged(tmp_path, "= 7\nLOC: Bonn\n")


def test_a_line_of_no_kind_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("= 7\nPLACE: Ulm\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"names\.txt:2: expected"):
        read_forms(tmp_path / "names.txt")
