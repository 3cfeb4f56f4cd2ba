"""Evidence is marked in escaped text, whatever the text and however the marks overlap."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from service.web.marking import Mark, paragraphs


@st.composite
def marked_text(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(alphabet=st.sampled_from("ab<>&\"' \nдğ"), min_size=1, max_size=80))
    marks = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        marks.append(Mark(start, end, draw(st.sampled_from(["why", "quote"])), "<t>", draw(st.none() | st.just("e1"))))
    return text, marks


@given(marked_text())
def test_taking_the_marks_away_gives_the_lines_back(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    made = [html.unescape(re.sub(r"</?mark[^>]*>", "", line)) for line in paragraphs(text, marks)]
    assert made == [line for line in text.split("\n") if line.strip()]


@given(marked_text())
def test_no_tag_but_mark_and_no_anchor_twice(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    whole = "".join(paragraphs(text, marks))
    assert not re.search(r"<(?!/?mark\b)", whole)
    assert whole.count('id="e1"') <= 1


def test_overlapping_marks_share_the_piece_they_both_cover() -> None:
    made = paragraphs("one two three", [Mark(0, 7, "quote", "said"), Mark(4, 13, "why", "why", "e0")])
    assert made == [
        '<mark class="quote" title="said">one </mark>'
        '<mark class="quote why" title="said · why" id="e0">two</mark>'
        '<mark class="why" title="why"> three</mark>'
    ]


def test_markup_in_the_text_stays_text() -> None:
    assert paragraphs("<script>alert(1)</script>", []) == ["&lt;script&gt;alert(1)&lt;/script&gt;"]


def test_two_anchors_at_one_place_both_lead_there() -> None:
    (made,) = paragraphs("Putin", [Mark(0, 5, "why", "why", "e0"), Mark(0, 5, "name", "says who", "r0")])
    assert made == '<mark class="why name" title="why · says who" id="e0"><mark id="r0">Putin</mark></mark>'
