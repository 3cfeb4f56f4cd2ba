import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extracting.marks import CLOSERS, find_quotations
from consumers.extracting.sentences import split_paragraphs


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, split_paragraphs(text)) if q.closed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Wir „kennen“ das“, sagte er.", ["„Wir „kennen“ das“", "„kennen“"]),
        ("“I don’t ‘know’ it,” she said of the players’ “bus”.", ["“I don’t ‘know’ it,”", "‘know’", "“bus”"]),
        ("« Oui », dit-il.", ["« Oui »"]),
        ("«Да, „нет“», — сказал он.", ["«Да, „нет“»", "„нет“"]),
        ("»Ja«, sagte »er«.", ["»Ja«", "»er«"]),
        ("”Ja”, sa han.", ["”Ja”"]),
        ('"Yes," he said, "no."', ['"Yes,"', '"no."']),
        ("'Yes,' he said, 'we can.' It's fine.", ["'Yes,'", "'we can.'"]),
        ("他说：「好『的』」。", ["「好『的』」", "『的』"]),
        ('Das „Blatt" und die „Zeitung“', ['„Blatt"', "„Zeitung“"]),
        ("‹Ja›, sagte ›er‹", ["‹Ja›", "›er‹"]),
    ],
)
def test_every_convention_is_read(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_inches_and_apostrophes_are_no_quotation_marks() -> None:
    assert quoted("Hans' 17\" Rohr und Peters' 5\" Rohr, don't, l'eau, rock 'n roll") == []


def test_an_unbalanced_mark_harms_nothing_after_it() -> None:
    assert quoted("„Offen bleibt das.\nNächster Absatz mit „Titel“ und mehr.") == ["„Titel“"]
    assert quoted("„A fehlt. „B ist da“, sagte er.") == ["„B ist da“"]


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    text = "“First.\n\n“Second.\n\n“Third,” he said. “Next.”"
    first, second = (q for q in find_quotations(text, split_paragraphs(text)) if q.closed)
    assert [text[a:b] for a, b in first.parts] == ["First.", "Second.", "Third,"]
    assert text[second.start : second.end] == "“Next.”"


def test_a_quotation_may_close_in_the_next_paragraph() -> None:
    assert quoted("„Erster Absatz.\nZweiter Absatz.“ Ende") == ["„Erster Absatz.\nZweiter Absatz.“"]


@pytest.mark.parametrize("mark", sorted({*CLOSERS, *"”’"}))
def test_ten_thousand_marks_are_read_to_the_end(mark: str) -> None:
    text = f"{mark}a " * 10_000 + "\nEr sagte „Ja“."
    assert quoted(text)[-1] == "„Ja“"


@given(st.text(alphabet="„“”«»‹›‚‘’「」『』\"'a. \n5", max_size=80))
def test_quotations_nest_and_hold_their_words(text: str) -> None:
    quotations = find_quotations(text, split_paragraphs(text))
    closed = [q for q in quotations if q.closed]
    for q in quotations:
        assert 0 <= q.start < q.end <= len(text)
        assert all(q.start <= a <= b <= q.end for a, b in q.parts)
    for one in closed:
        for other in closed:
            if one is not other and one.start < other.end and other.start < one.end:
                assert (one.start < other.start) == (other.end < one.end)
