"""``extract`` reads files, pages and standard input in the order in which they are named."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

TEXT = "„Kasachstan wächst“, sagte Präsident Tokajew.\nRussland und Kasachstan arbeiten zusammen.\n"
PAGE = f"<!doctype html><html lang='de'><title>Titel</title><body><article><p>{TEXT * 3}</p></article></body></html>"


def spans(found: Any) -> list[dict[str, Any]]:
    """Every evidence anywhere in an extraction."""
    if isinstance(found, dict):
        own = [found] if "exact" in found else []
        return own + [span for value in found.values() for span in spans(value)]
    return [span for value in found for span in spans(value)] if isinstance(found, list) else []


@pytest.mark.parametrize(
    "written",
    [
        TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", f"\n  {TEXT}\t\n\n").encode(),
        f"a\x00b\x0cKasachstan\u2028x\u200b {TEXT}\x85".encode(),
        b"",
        b" \n ",
        TEXT.encode() * 200,
    ],
    ids=["plain", "crlf", "nfd", "controls", "empty", "blank", "long"],
)
def test_offsets_are_into_the_files_own_text(run: Run, written: bytes) -> None:
    Path("a.txt").write_bytes(written)
    (found,) = run("extract", "a.txt", json_lines=True).objects
    text = found["article"]["text"]
    assert text == unicodedata.normalize("NFC", written.decode())
    for span in spans(found):
        assert text[span["start"] : span["end"]] == span["exact"]
    assert found["article"]["provenance"]["text_from"] == "file"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_text(run: Run, encoding: str) -> None:
    Path("a.txt").write_bytes(TEXT.encode(encoding))
    assert run("extract", "a.txt", json_lines=True).objects[0]["article"]["text"] == TEXT


def test_texts_come_in_order_and_a_bad_one_stops_no_other(run: Run) -> None:
    Path("a.txt").write_text(TEXT)
    Path("page.html").write_text(PAGE)
    Path("latin.txt").write_bytes("Präsident".encode("latin-1"))
    bad = ["missing.txt", "latin.txt", ".", "", "ftp://example.org/"]
    places = ["a.txt", *bad[:3], "page.html", *bad[3:], "-", "http://127.0.0.1:9/", "a.txt"]
    ended = run("extract", *places, stdin=b"Usbekistan", json_lines=True)
    assert ended.code == 1
    first, page, typed, again = ended.objects
    assert (page["article"]["title"], typed["article"]["text"]) == ("Titel", "Usbekistan")
    assert first["id"] == again["id"]
    assert first["article"]["id"] == again["article"]["id"]
    complaints = ended.err.splitlines()
    assert len(complaints) == 6
    assert all(line.startswith("wirewatch: ") for line in complaints)
    assert "http.allow" in complaints[-1]


def test_the_shape_is_the_published_one(run: Run) -> None:
    (found,) = run("extract", "-", stdin=f"{TEXT}\n(Laut TASS)\n".encode(), json_lines=True).objects
    assert found["schema"] == 1
    assert {"id", "language", "language_confidence", "article", "mentions", "statements"} <= set(found)
    article = found["article"]
    assert {"id", "url", "title", "text", "author", "published_at", "provenance"} <= set(article)
    assert {"name": "TASS", "actor": "Q223799"} in article["provenance"]["agencies"]
    assert set(found["mentions"][0]) == {"evidence", "kind", "actor", "how", "confidence"}
    (said,) = found["statements"]
    assert {"quote", "type", "speaker", "cue", "addressee", "about", "via"} <= set(said)
    assert said["type"] == "direct"
    assert said["quote"][0]["exact"] == "Kasachstan wächst", "quotation marks are no part of a quote"
    assert set(said["speaker"]) == {"evidence", "kind", "actor", "how", "confidence", "reason"}
    assert {"code", "words"} <= set(said["speaker"]["reason"])


def test_a_language_that_is_said_is_taken(run: Run) -> None:
    for written, taken in (("ru", "ru"), ("DE-at", "de")):
        (found,) = run("extract", "-", "--language", written, stdin=TEXT.encode(), json_lines=True).objects
        assert (found["language"], found["article"]["language"]) == (taken, taken)


def test_people_see_the_text_and_the_findings(run: Run) -> None:
    Path("we[bold]ird.txt").write_text(TEXT)
    ended = run("extract", "we[bold]ird.txt")
    assert ended.out.startswith("we[bold]ird.txt · de")
    assert "Präsident Tokajew = Q200881" in ended.out
    assert "4 mentions of actors, 1 statements" in ended.err
