"""Folding keeps length and loses only what may be lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.actors.fold import fold, fold_case


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(fold_case(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_case(fold_case(text)) == fold_case(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("İran", "iran"),
        ("法國總統馬克龍", "法国总统马克龙"),
        ("Đức", "duc"),
        ("Россия и Орёл", "россия и орел"),
        ("Йорданія, Київ", "йорданія, київ"),
        ("Қазақстан Ұйымы", "қазақстан ұйымы"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Guinea\u2011Bissau\u00a0", "guinea-bissau "),
        ("Ｋａｚａｋｈ", "kazakh"),
        ("إيران", "ايران"),
        ("Groß", "groß"),
    ],
)
def test_accents_case_and_typography_are_levelled(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_case_folding_keeps_accents() -> None:
    assert fold_case("Đức Ý") == "đức ý"
