"""Russian: marks, dashes, source phrases, clauses; verbs before and after who says it."""

import pytest

from consumers.extracting.languages.ru import expand
from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("«Уже поздно», — сказал Иван Петров.", "direct", "Уже поздно", "Иван Петров"),
        ("«Уже поздно», — сказал на брифинге мэр Петров.", "direct", "Уже поздно", "мэр Петров"),
        ("Петров заявил: «Уже поздно».", "direct", "Уже поздно", "Петров"),
        ("— Уже поздно, — вздохнула Анна. — Пора домой.", "direct", "Уже поздно // Пора домой", "Анна"),
        ("— Уже поздно. Пора, — сказал он.", "direct", "Уже поздно. Пора", "он"),
        ("«Уже поздно, — сказала она. — Пора домой».", "direct", "Уже поздно // Пора домой", "она"),
        ("Министр заявил, что торговля растёт.", "indirect", "что торговля растёт", "Министр"),
        ("Министр сказал журналистам, что торговля растёт.", "indirect", "что торговля растёт", "Министр"),
        ("По словам министра, торговля растёт.", "indirect", "торговля растёт", "министра"),
        ("По его словам, торговля растёт.", "indirect", "торговля растёт", "его"),
        ("Торговля растёт, сообщил министр.", "indirect", "Торговля растёт", "министр"),
        ("Торговля, подчеркнул он, растёт.", "indirect", "Торговля // растёт", "он"),
        ("Как сообщает «Интерфакс», торговля растёт.", "indirect", "торговля растёт", "Интерфакс"),
        ("В министерстве сообщили, что торговля растёт.", "indirect", "что торговля растёт", "министерстве"),
        ("Торговля растёт, сообщили в министерстве.", "indirect", "Торговля растёт", "министерстве"),
        ("Жители попросили сохранить фонари.", "indirect", "сохранить фонари", "Жители"),
    ],
)
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    assert said("ru", text) == [(type_, quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Картину «Утро на мосту» отвезли в музей.",
        "Так называемый «мост влюблённых» закрыт.",
        "— хлеб\n— молоко\n— соль",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("ru", text) == []


def test_makes_past_forms_and_the_adverbial_participle() -> None:
    assert expand("сказал", "говорит") == [
        ("сказал", "finite"),
        ("сказала", "finite"),
        ("сказало", "finite"),
        ("сказали", "finite"),
        ("сказав", "gerund"),
        ("говорит", "finite"),
    ]
    assert ("признались", "finite") in expand("признался", "")
    assert ("дала понять", "finite") in expand("дал_понять", "")
