"""Normal form of hostile text: the same as Unicode's, without its worst case."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from service.composed import LONG, nfc

MARKS = "\u0301\u0323\u0344\u0f73\u0f71\u0f72\u0345\u05b4\u3099\U0001d165"


@given(st.lists(st.tuples(st.sampled_from("aeσ가ק界"), st.text(MARKS, max_size=3 * LONG)), max_size=4))
def test_it_is_the_normal_form_however_many_marks_there_are(letters: list[tuple[str, str]]) -> None:
    text = "".join(letter + marks for letter, marks in letters)
    assert nfc(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_it_is_the_normal_form_of_any_text(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_a_megabyte_of_marks_on_one_letter_is_ordered() -> None:
    marks = "\u0301\u0323\u0f73" * 300_000  # minutes, and nothing else would run, by insertion
    text = nfc("a" + marks)
    assert unicodedata.is_normalized("NFC", text[-100:])
    assert len(text) > 1_000_000
