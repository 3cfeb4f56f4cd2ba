"""Ids come from content; evidence proves itself; a rule is a closed tree."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from service.contracts import Article, Evidence, Rule, content_id

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.lists(st.none() | st.text(), max_size=4), st.lists(st.none() | st.text(), max_size=4))
def test_ids_are_equal_exactly_when_the_parts_are(left: list[str | None], right: list[str | None]) -> None:
    assert (content_id("x", *left) == content_id("x", *right)) == (left == right)


def test_kinds_keep_equal_parts_apart() -> None:
    assert content_id("article", "a") != content_id("entry", "a")


@given(st.text(min_size=1), st.data())
def test_evidence_is_the_words_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    evidence = Evidence.of(text, start, end)
    assert evidence.exact == text[start:end]
    assert evidence.holds(text)
    assert text[: evidence.start].endswith(evidence.prefix)
    assert text[evidence.end :].startswith(evidence.suffix)


def test_evidence_over_a_span_of_another_length_is_refused() -> None:
    with pytest.raises(ValidationError):
        Evidence(start=0, end=3, exact="ab")


def test_a_newer_message_with_unknown_fields_is_read() -> None:
    article = Article(id="a", first_seen_at=NOW, text="x", language="de")
    newer = article.model_dump(by_alias=True) | {"colour": "blue", "schema": 2}
    read = Article.model_validate(newer)
    assert read.text == "x"
    assert read.schema_ == 2


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"any": []},
        {"actor": "Q1", "phrase": "x"},
        {"any": [{"actor": "Q1"}], "actor": "Q2"},
        {"role": "speaker", "phrase": "x"},
        {"pair": ["Q1", "Q1"]},
        {"pair": ["Q1"]},
        {"actr": "Q1"},
        {"actor": "Q1", "role": "hero"},
    ],
)
def test_a_rule_that_says_nothing_clear_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(rule)


@pytest.mark.parametrize(
    ("rule", "positive"),
    [
        ({"actor": "Q1"}, True),
        ({"none": [{"actor": "Q1"}]}, False),
        ({"language": "de"}, True),
        ({"all": [{"language": "de"}, {"phrase": "x"}]}, True),
        ({"any": [{"none": [{"language": "de"}]}, {"phrase": "x"}]}, False),
        ({"any": [{"phrase": "x"}], "none": [{"source": "example.org"}]}, True),
    ],
)
def test_a_rule_is_positive_when_no_text_matches_by_absence_alone(rule: dict[str, object], positive: bool) -> None:
    assert Rule.model_validate(rule).has_positive() is positive
