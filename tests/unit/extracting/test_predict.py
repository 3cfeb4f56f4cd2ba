import gzip
import json
from pathlib import Path

import pytest

from consumers.extracting.predict import predict_file, predictions

TEXT = "„Wir gehen jetzt nach Hause“, sagte der Bürgermeister. Nach Angaben der Polizei kam niemand zu Schaden."


def texts(spans: list[list[int]]) -> list[str]:
    return [TEXT[a:b] for a, b in spans]


def test_spans_are_as_the_german_corpus_marks_them() -> None:
    direct, indirect = predictions("d", TEXT, "de")
    assert texts(direct["quote"]) == ["„Wir gehen jetzt nach Hause“"]
    assert texts(direct["frame"]) == [", sagte der Bürgermeister."]
    assert texts(indirect["cue"]) == ["Nach"]
    assert texts(indirect["speaker"]) == ["Angaben der Polizei"]
    assert (direct["type"], indirect["type"]) == ("Direct", "Indirect")


def test_a_compressed_file_is_read_line_by_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl"
    rows = [{"documentName": "one", "originalText": TEXT}, {"doc": "two", "text": TEXT}]
    source.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    assert predict_file(source, target, "de") == 4
    assert [json.loads(line)["doc"] for line in target.read_text().splitlines()] == ["one", "one", "two", "two"]


def test_a_line_without_text_is_named(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"doc": "one"}\n')
    with pytest.raises(ValueError, match="line 1"):
        predict_file(source, tmp_path / "out.jsonl", "de")


def test_a_report_carried_on_over_sentences_is_one_line_as_the_german_corpus_has_it() -> None:
    text = "Der Zug stand, sagte Tim Rau. Niemand sei „ernsthaft verletzt“ worden. Man prüfe alles.\nEs gebe Kaffee."
    rows = [(row["type"], [text[a:b] for a, b in row["quote"]]) for row in predictions("d", text, "de")]
    assert rows[1:] == [
        ("IndirectFreeIndirect", ["Niemand sei „ernsthaft verletzt“ worden. Man prüfe alles."]),
        ("Direct", ["„ernsthaft verletzt“"]),
        ("IndirectFreeIndirect", ["Es gebe Kaffee."]),
    ]
