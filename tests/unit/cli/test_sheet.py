"""What people are shown of one thing."""

from service.cli.sheet import sheet


def test_a_field_is_a_line_and_what_is_empty_is_left_out() -> None:
    assert sheet({"id": "x", "added_at": "2026-05-21T10:00:00.123Z", "title": None, "names": {}, "ok": True}) == (
        "id: x\nadded at: 2026-05-21 10:00:00 UTC\nok: yes"
    )


def test_what_belongs_together_is_indented() -> None:
    shown = sheet({"rule": {"any": [{"actor": "Q1"}, {"pair": ["Q2", "Q3"]}]}, "text": "one\ntwo"})
    assert shown == "rule:\n  any:\n    - actor: Q1\n    - pair: Q2, Q3\ntext:\n  one\n  two"


def test_evidence_is_shown_in_its_words() -> None:
    evidence = {"start": 4, "end": 7, "exact": "SCO", "prefix": "the ", "suffix": " said"}
    assert sheet({"evidence": evidence}) == "evidence: …the [SCO] said… (4–7)"


def test_nothing_that_is_shown_steers_the_terminal() -> None:
    shown = sheet({"title": "\x1b]0;owned\x07\u202egnp.exe", "lines": "a\nb\x1b[2J", "list": ["\x9b1m"]})
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    assert "\\u001b" in shown
