import gzip
from pathlib import Path

import pytest

from consumers.extracting.ner import Entity
from consumers.extracting.ner.gold import Sentence, sentences
from consumers.extracting.ner.scoring import Scores


def test_tags_are_entities() -> None:
    tags = ("B-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-ORG", "I-ORG")
    assert Sentence(tuple("abcdefg"), tags).entities() == [
        Entity(0, 2, "PER"),
        Entity(3, 4, "LOC"),
        Entity(4, 5, "LOC"),
        Entity(5, 7, "ORG"),
    ]


def test_a_file_is_read_gzipped_or_not(tmp_path: Path) -> None:
    line = '[["Anna", "ruht"], ["B-PER", "O"]]\n\n'
    (tmp_path / "a.jsonl").write_text(line)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    assert list(sentences(tmp_path / "a.jsonl")) == list(sentences(tmp_path / "a.jsonl.gz"))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("{}", "expected .tokens, tags."),
        ('[["a"], ["O"], []]', "expected .tokens, tags."),
        ('["a", "O"]', "expected .tokens, tags."),
        ('[["a"], [1]]', "expected .tokens, tags."),
        ('[["a", "b"], ["O"]]', "2 tokens and 1 tags"),
        ('[["a", " "], ["O", "O"]]', "an empty token"),
        ('[["a"], ["B-GPE"]]', "tag 'B-GPE'; expected O"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(f'[["a"], ["O"]]\n{line}\n'.encode()))
    with pytest.raises(ValueError, match=rf"in\.jsonl\.gz:2: .*{says}"):
        list(sentences(path))


@pytest.mark.parametrize("data", [b"[]\n", gzip.compress(b'[["a"], ["O"]]\n' * 999)[:-9], b""])
def test_what_is_not_gzip_or_cut_off_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(data)
    if not data:
        assert list(sentences(path)) == []
        return
    with pytest.raises(ValueError, match=r"in\.jsonl\.gz:\d+: "):
        list(sentences(path))


def test_scores_are_of_exact_spans() -> None:
    scores = Scores()
    scores.add([Entity(0, 2, "PER"), Entity(3, 4, "LOC")], [Entity(0, 2, "PER"), Entity(3, 5, "LOC")])
    scores.add([Entity(0, 1, "ORG")], [])
    rows = {row["class"]: row for row in scores.rows()}
    assert [(name, row["precision"], row["recall"], row["f1"]) for name, row in rows.items()] == [
        ("PER", 100.0, 100.0, 100.0),
        ("LOC", 0.0, 0.0, 0.0),
        ("ORG", 0.0, 0.0, 0.0),
        ("all", 50.0, 33.3, 40.0),
    ]
    assert (rows["all"]["right"], rows["all"]["found"], rows["all"]["gold"]) == (1, 2, 3)
