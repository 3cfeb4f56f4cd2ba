"""``wirewatch quality names``: what extraction finds on marked sentences."""

import gzip
import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

LINES = [
    (["Kasachstan", "grüßt", "Anna", "Wolf", "."], ["B-LOC", "O", "B-PER", "I-PER", "O"]),
    (
        ["Der", "kasachische", "Präsident", "und", "die", "Vereinten", "Nationen"],
        ["O", "O", "O", "O", "O", "B-ORG", "I-ORG"],
    ),
    ([], []),
]


def write(lines: list[tuple[list[str], list[str]]]) -> None:
    Path("in.jsonl.gz").write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode()))


def test_each_class_and_all_are_scored(run: Run) -> None:
    write(LINES)
    rows = run("quality", "names", "in.jsonl.gz", "--language", "de-AT", json_lines=True).objects
    assert [row["class"] for row in rows] == ["PER", "LOC", "ORG", "all"]
    assert {row["class"]: row["recall"] for row in rows} == {"PER": 100.0, "LOC": 100.0, "ORG": 100.0, "all": 100.0}
    assert {row["language"] for row in rows} == {"de"}
    assert [row["gold"] for row in rows] == [1, 1, 1, 3]


def test_the_watch_list_reads_where_nothing_recognises(run: Run) -> None:
    write([(["Kazakistan", "e", "Anna", "Wolf"], ["B-LOC", "O", "B-PER", "I-PER"])])
    rows = run("quality", "names", "in.jsonl.gz", "--language", "it", json_lines=True).objects
    assert {row["class"]: row["found"] for row in rows} == {"PER": 0, "LOC": 1, "ORG": 0, "all": 1}


def test_people_get_a_table(run: Run) -> None:
    write(LINES)
    shown = run("quality", "names", "in.jsonl.gz", "--language", "de")
    assert shown.out.splitlines()[0].split()[:5] == ["LANGUAGE", "CLASS", "PRECISION", "RECALL", "F1"]
    assert len(shown.out.splitlines()) == 5


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"no gzip", "in.jsonl.gz:1: "),
        (gzip.compress(b'[["a"], ["O"]]\n[["a"], ["X"]]\n'), "in.jsonl.gz:2: tag 'X'; expected O"),
        (gzip.compress(b'[["a"], ["O"]]\n\n{"tokens": 1}\n'), "in.jsonl.gz:3: expected [tokens, tags]"),
        (gzip.compress(b'[["a"], ["O"]]\n' * 99)[:-9], "in.jsonl.gz:"),
    ],
    ids=["no gzip", "no tag", "no pair", "cut off"],
)
def test_a_bad_line_is_told_with_its_place(run: Run, content: bytes, part: str) -> None:
    Path("in.jsonl.gz").write_bytes(content)
    assert part in run("quality", "names", "in.jsonl.gz", "--language", "de").complaint


def test_a_file_that_is_not_there_is_one_line(run: Run) -> None:
    assert "nowhere.jsonl.gz: No such file" in run("quality", "names", "nowhere.jsonl.gz", "--language", "de").complaint
    assert "Missing option '--language'" in run("quality", "names", "nowhere.jsonl.gz").complaint
