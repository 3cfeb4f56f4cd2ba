"""Interviews by dashes: a turn is a statement; scenes and lists are none."""

from tests.unit.extracting.languages.said import said

HEAD = "Гидролог Тамара Вершинина наблюдает за Обью.\n\n"
ASKED = "— Реки мелеют?\n\n— Мелеют ожидания.\n\n— Что посоветуете?\n\n— Не строиться в пойме."


def test_answers_are_given_by_whom_the_text_is_about_and_questions_by_nobody() -> None:
    assert said("ru", HEAD + ASKED) == [
        ("direct", "Реки мелеют?", None),
        ("direct", "Мелеют ожидания", "Гидролог Тамара Вершинина"),
        ("direct", "Что посоветуете?", None),
        ("direct", "Не строиться в пойме", "Гидролог Тамара Вершинина"),
    ]


def test_answers_are_given_by_nobody_where_two_people_are_named() -> None:
    head = "Гидролог Тамара Вершинина наблюдает за Обью. Эколог Пётр Земцов спорит с ней.\n\n"
    assert {speaker for _, _, speaker in said("ru", head + ASKED)} == {None}


def test_what_somebody_is_told_within_an_answer_belongs_to_the_answer() -> None:
    text = HEAD + ASKED + " Дед говорил: «Там дом не ставь»."
    assert [quote for _, quote, _ in said("ru", text)][-1] == "Не строиться в пойме. Дед говорил: «Там дом не ставь"


def test_a_list_with_one_question_is_no_interview() -> None:
    assert said("ru", "— Хлеб\n\n— Молоко?\n\n— Соль") == []


def test_turns_that_say_who_speaks_are_read_as_a_scene() -> None:
    scene = "— Поздно? — спросил он.\n\n— Поздно, — сказала она.\n\n— Идём?\n\n— Идём."
    assert [speaker for _, _, speaker in said("ru", scene)] == ["он", "она"]
