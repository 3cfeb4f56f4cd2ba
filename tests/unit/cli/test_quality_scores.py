"""``wirewatch quality``: every corpus and every marked text that is there, with progress beside the figures."""

import gzip
import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

TEXT = "„Es regnet bald wieder“, sagte Wladimir Putin."


def write(place: str, *lines: object) -> None:
    path = Path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def corpora() -> None:
    quote, speaker = [[0, len("„Es regnet bald wieder“")]], [[31, 45]]
    said = {"type": "direct", "quote": quote, "speaker": speaker, "cue": [[25, 30]], "addressee": []}
    write(
        "all/attributions-en/dev.jsonl.gz",
        {"doc": "a", "text": "“It rains again,” said Anna Wolf.", "attributions": []},
    )
    write("all/statements-own/de.jsonl", {"doc": "a", "text": TEXT, "statements": [said]})
    write("all/statements-de-own/1.jsonl", {"doc": "a", "text": TEXT, "statements": [said]})
    write("all/ner/de-x-dev.jsonl.gz", [["Kasachstan", "grüßt"], ["B-LOC", "O"]])
    write("all/ner/de-x-train.jsonl.gz", ["never read"])
    tokens = [(0, 1), (1, 3), (4, 10), (11, 15), (16, 22), (22, 23), (23, 24), (25, 30), (31, 39), (40, 45), (45, 46)]
    annotation = {
        "type": "Direct",
        "quote": {"tokenIds": list(range(6))},
        "speaker": {"tokenIds": [8, 9]},
        "cue": {"tokenIds": [7]},
        "frame": {"tokenIds": [6, 7, 8, 9, 10]},
        "addressee": None,
    }
    document = {
        "documentName": "a",
        "originalText": TEXT,
        "tokens": [{"charBegin": begin, "charEnd": end} for begin, end in tokens],
        "annotations": [annotation],
    }
    write("all/quotes-de/dev.jsonl.gz", document)


def golden() -> None:
    folder = Path("ours/texts/de/read")
    folder.mkdir(parents=True)
    Path("ours/actors.txt").write_text("putin Q7747\n")
    (folder / "01.txt").write_text(TEXT)
    said = "direct | Es regnet bald wieder | Wladimir Putin | putin | sagte"
    marks = f"language | de\nmention | putin | Wladimir Putin\n{said}\n"
    (folder / "01.marks").write_text(marks)
    articles = Path("ours/articles")
    articles.mkdir()
    (articles / "de-1.txt").write_text(TEXT)
    (articles / "de-1.marks").write_text(marks)


def test_every_corpus_and_every_marked_text_is_scored(run: Run) -> None:
    corpora()
    golden()
    ended = run("quality", "--folder", "all", "--golden", "ours", json_lines=True)
    assert ended.code == 0
    found = {(row["table"], row["corpus"]) for row in ended.objects}
    assert found == {
        ("quotations", "quotes-de/dev.jsonl.gz"),
        ("attributions", "attributions-en/dev.jsonl.gz"),
        ("statements", "statements-own/de.jsonl"),
        ("statements", "statements-de-own"),
        ("names", "ner/de-x-dev.jsonl.gz"),
        ("texts", "ours/texts"),
        ("texts", "ours/articles"),
    }
    best = {(row["table"], row.get("measure") or row.get("half") or row["class"]): row["f1"] for row in ended.objects}
    for place in (("quotations", "Messages"), ("quotations", "Joint"), ("names", "LOC"), ("texts", "read")):
        assert best[place] == 100.0, place
    assert "1/5 quotes-de/dev.jsonl.gz: reading" in ended.err


def test_people_get_a_table_for_each(run: Run) -> None:
    corpora()
    golden()
    shown = run("quality", "--folder", "all", "--golden", "ours").out
    assert "Quotations: quotes-de/dev.jsonl.gz, 1 documents, 1 marked, speaker hit 100.0 %" in shown
    assert "Marked texts of our own: ours/texts" in shown
    assert "TOKEN PRECISION" in shown
    assert "Messages" in shown


def test_marked_texts_alone_are_enough(run: Run) -> None:
    golden()
    rows = run("quality", "--golden", "ours", json_lines=True).objects
    assert [(row["language"], row["half"]) for row in rows] == [("de", "read"), ("de", "articles")]


def test_nothing_at_hand_is_said_with_what_is_expected(run: Run) -> None:
    ended = run("quality")
    assert (ended.code, ended.out) == (1, "")
    assert "data: no corpus in it" in ended.err
    assert "quotes-de/dev.jsonl.gz" in ended.err


@pytest.mark.parametrize(
    ("line", "part"),
    [({"text": "x"}, "dev.jsonl.gz:1: no document of a corpus: without 'statements'"), ([], "dev.jsonl.gz:1: ")],
)
def test_a_bad_document_is_told_with_its_line(run: Run, line: object, part: str) -> None:
    write("all/quotes-de/dev.jsonl.gz", line)
    ended = run("quality", "--folder", "all", json_lines=True)
    assert ended.code == 2
    assert part in ended.err.splitlines()[-1]
