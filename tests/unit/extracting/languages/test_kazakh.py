"""Kazakh: the verb comes last, who says it first or at the very end."""

import pytest

from consumers.extracting.languages.kk import expand
from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("«Кеш болды», – деді Нұрлан Есенбаев.", "direct", "Кеш болды", "Нұрлан Есенбаев"),
        ("«Кеш болды», – деп қосты әкім.", "direct", "Кеш болды", "әкім"),
        ("— Кеш болды ма? — деп сұрады тілші.", "direct", "Кеш болды ма", "тілші"),
        ("«Кеш болды», — деп жазды ол әлеуметтік желіде.", "direct", "Кеш болды", "ол"),
        ("Сауда өсіп келеді, деп хабарлайды ТАСС.", "indirect", "Сауда өсіп келеді", "ТАСС"),
        ("Тоқаев көрмеге қонақ келгенін айтты.", "indirect", "көрмеге қонақ келгенін", "Тоқаев"),
        ("Министр: «Біз көршіміз».", "direct", "Біз көршіміз", "Министр"),
        ("Роза Мамытова: «Қалдым», – деді.", "direct", "Қалдым", "Роза Мамытова"),
        ("Министр сауда өсіп келе жатқанын айтты.", "indirect", "сауда өсіп келе жатқанын", "Министр"),
        ("Бас бапкер Ержан Сәт ойын ауыр болғанын айтты.", "indirect", "ойын ауыр болғанын", "Бас бапкер Ержан Сәт"),
        ("Ол сауда өседі деп мәлімдеді.", "indirect", "сауда өседі", "Ол"),
        ("Төрағалық етуші регламентті сақтауды сұрады.", "indirect", "регламентті сақтауды", "Төрағалық етуші"),
        ("Министрдің айтуынша, сауда өсіп келеді.", "indirect", "сауда өсіп келеді", "Министрдің"),
        ("Сараптама, оның сөзінше, асығыс жасалған.", "indirect", "Сараптама // асығыс жасалған", "оның"),
    ],
)  # fmt: skip
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    assert said("kk", text) == [(type_, quote, speaker)]


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    text = "Министр сауда өскенін айтып, жол салуды ұсынды."
    assert [speaker for _, _, speaker in said("kk", text)] == ["Министр", "Министр"]


@pytest.mark.parametrize(
    "text", ["Фестиваль «Достық» деп аталады.", "Ол үйге келді.", "«Қыз Жібек» фильмі көрсетілді."]
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("kk", text) == []


def test_forms_follow_vowel_harmony() -> None:
    assert [form for form, _ in expand("айтты", "")] == ["айтты", "айтады", "айтқан", "айтып"]
    assert [form for form, _ in expand("мәлімдеді", "")] == ["мәлімдеді", "мәлімдейді", "мәлімдеген", "мәлімдеп"]
    assert [form for form, _ in expand("атап_өтті", "")] == ["атап өтті", "атап өтеді", "атап өткен", "атап өтіп"]
