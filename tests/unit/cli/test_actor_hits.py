"""``wirewatch actors test``: what stands in a text, whom it is taken for, and why or why not."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

TEXT = (
    "Der kasachische Präsident Kassym-Jomart Tokajew traf Wladimir Putin. Putin reiste ab. "
    "Der frühere russische Präsident sprach auch. Die Bank of China schwieg. Die SCO Group klagt. Iwan Lawrow sang."
)


def rows(run: Run, text: str, *more: str) -> list[dict[str, Any]]:
    return run("actors", "test", "-", "--language", "de", *more, stdin=text.encode(), json_lines=True).objects


def test_what_is_taken_is_told_with_sentence_form_and_reason(run: Run) -> None:
    taken = {row["exact"]: row for row in rows(run, TEXT) if row["taken"]}
    again = taken["Putin"]
    assert TEXT[again["start"] : again["end"]] == "Putin"
    assert again["actor"] == "Q7747"
    assert again["reason"]["code"] == "surname"
    assert again["reason"]["words"] == "surname after “Wladimir Putin” in sentence 1"
    assert again["sentence"]["number"] == 2
    assert again["sentence"]["text"] == "Putin reiste ab."
    assert again["form"] == {"text": "Putin", "language": "de", "rule": "as written", "strength": "surname"}
    title = taken["Der kasachische Präsident"]
    assert (title["how"], title["actor"]) == ("title", "Q200881")
    assert "in office 2019–" in title["reason"]["words"]
    assert taken["kasachische"]["reason"]["code"] == "demonym"


@pytest.mark.parametrize(
    ("exact", "code"),
    [("China", "within"), ("SCO", "firm"), ("Lawrow", "other_person"), ("russische Präsident", "title_former")],
)
def test_what_is_refused_is_told_with_the_reason(run: Run, exact: str, code: str) -> None:
    (row,) = [row for row in rows(run, TEXT) if row["exact"] == exact and not row["taken"]]
    assert row["reason"]["code"] == code
    assert row["reason"]["words"].startswith("refused: ")
    assert (row["how"], row["confidence"]) == (None, None)


@pytest.mark.parametrize(
    ("language", "text", "exact", "code"),
    [
        ("en", "The road from Atlanta leads through Georgia.", "Georgia", "other_thing"),
        ("en", "Putin sings.", "Putin", "surname_known"),
        ("ru", "Встреча с Путиным прошла в Казахстане.", "Казахстане", "name"),
        ("de", "Lawrow fehlte.", "Lawrow", "no_support"),
        ("vi", "Tuấn Anh về nhà.", "Anh", "no_support"),
    ],
)
def test_context_and_ambiguity_are_reasons(run: Run, language: str, text: str, exact: str, code: str) -> None:
    found = run("actors", "test", "-", "--language", language, stdin=text.encode(), json_lines=True).objects
    assert [row["reason"]["code"] for row in found if row["exact"] == exact][:1] == [code]


def test_an_article_an_extraction_and_several_of_them_are_read_as_json(run: Run) -> None:
    (extraction,) = run("extract", "-", stdin=TEXT.encode(), json_lines=True).objects
    plain = [(row["exact"], row["actor"]) for row in rows(run, TEXT)]
    assert len(plain) > 5
    for given, times in ((extraction, 1), (extraction["article"], 1), ({"text": TEXT, "language": "de"}, 2)):
        data = "\n".join([json.dumps(given)] * times).encode()
        found = run("actors", "test", "-", stdin=data, json_lines=True).objects
        assert [(row["exact"], row["actor"]) for row in found] == plain * times


def test_one_actor_alone_may_be_asked_for(run: Run) -> None:
    assert {row["actor"] for row in rows(run, TEXT, "--actor", "Wladimir Putin")} == {"Q7747"}


def test_people_see_a_line_a_name_and_its_reason(run: Run) -> None:
    Path("a.txt").write_text(TEXT)
    ended = run("actors", "test", "a.txt", "--language", "de")
    assert "Putin = Q7747 Vladimir Putin (alias, 0.9)" in ended.out
    assert "surname after “Wladimir Putin” in sentence 1" in ended.out
    assert "SCO ≠ Q485207" in ended.out
    assert "names taken" in ended.err


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b'{"title": "no text"}', 'a.json, object 1: needs a "text"'),
        (b'{"text": ', "a.json: not JSON at line 1"),
        (b"[1]", "a.json: an object with a"),
        (b'{"text": "x", "published_at": "yesterday"}', "a.json, object 1: published_at"),
        (b"\xff\xfe\xff", "a.json: not UTF-8"),
    ],
    ids=["no text", "cut off", "a list", "no date", "no UTF-8"],
)
def test_what_cannot_be_read_is_one_line(run: Run, content: bytes, part: str) -> None:
    Path("a.json").write_bytes(content)
    ended = run("actors", "test", "a.json")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("\n") == 1
    assert part in ended.err


def test_a_file_that_is_not_there_and_an_unknown_actor_are_one_line(run: Run) -> None:
    assert "nowhere.txt: No such file" in run("actors", "test", "nowhere.txt").complaint
    assert "no actor is called" in run("actors", "test", "-", "--actor", "Xqzvtw").complaint
