"""Cyrillic names in Latin letters, as German, English and French papers print them."""

import pytest

from service.actors import Actor, Catalogue
from service.actors.forms.transcription import is_transcribed, transcriptions


@pytest.mark.parametrize(
    ("name", "source", "german", "english", "french"),
    [
        ("Сергей Лавров", "ru", "Sergei Lawrow", "Sergey Lavrov", "Sergueï Lavrov"),
        ("Михаил Мишустин", "ru", "Michail Mischustin", "Mikhail Mishustin", "Mikhail Michoustine"),
        ("Касым-Жомарт Токаев", "ru", "Kassym-Schomart Tokajew", "Kasym-Zhomart Tokayev", "Kassym-Jomart Tokaïev"),
        ("Қасым-Жомарт Тоқаев", "kk", "Kassym-Schomart Tokajew", "Kasym-Zhomart Tokayev", "Kassym-Jomart Tokaïev"),
        ("Дмитрий Медведев", "ru", "Dmitri Medwedew", "Dmitry Medvedev", "Dmitri Medvedev"),
        ("Борис Ельцин", "ru", "Boris Jelzin", "Boris Yeltsin", "Boris Eltsine"),
        ("Никита Хрущёв", "ru", "Nikita Chruschtschow", "Nikita Khrushchev", "Nikita Khrouchtchev"),
        ("Александр Новак", "ru", "Alexandr Nowak", "Alexandr Novak", "Alexandr Novak"),
        ("Володимир Зеленський", "uk", "Wolodymyr Selenskyj", "Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Андрій Сибіга", "uk", "Andrij Sybiha", "Andrii Sybiha", "Andriï Sybiha"),
        ("Юлія Свириденко", "uk", "Julija Swyrydenko", "Yuliia Svyrydenko", "Ioulia Svyrydenko"),
    ],
)
def test_a_name_is_printed_as_papers_print_it(name: str, source: str, german: str, english: str, french: str) -> None:
    for target, wanted in (("de", german), ("en", english), ("fr", french)):
        assert wanted in list(transcriptions(name, source, target))


def test_names_that_come_back_by_other_rules_are_told_apart() -> None:
    assert all(map(is_transcribed, ("Лавров", "Коваленко", "Токаев", "Кобахидзе", "Саргсян", "Зеленський")))
    assert not any(map(is_transcribed, ("Си", "Трамп", "Нетаньяху", "Эрдоган")))


def actor(**names: tuple[str, ...]) -> Actor:
    return Actor(id="ww:petrow", kind="person", gender="m", names=names, surnames={"ru": ("Петров",)})


def texts(who: Actor, language: str) -> dict[str, str]:
    return {form.text: form.rule for form in Catalogue([who]).forms(who, language)}


def test_a_tracked_person_with_a_russian_name_alone_is_found_in_latin_letters() -> None:
    who = actor(ru=("Аркадий Петров",))
    assert texts(who, "de")["Arkadi Petrow"] == "de: transcription from ru"
    assert texts(who, "de")["Arkadi Petrows"] == "de: transcription from ru, de: genitive"
    assert "Petrow" in texts(who, "de")
    assert "Arkady Petrov" in texts(who, "en")
    assert "Arkady Petrov" in texts(who, "vi")
    assert not any("transcription" in rule for rule in texts(who, "uk").values())


def test_spellings_that_are_listed_are_not_made_again() -> None:
    who = actor(ru=("Аркадий Петров",), en=("Arkady Petrov",))
    forms = [form for form in Catalogue([who]).expand(who) if form.text == "Arkady Petrov" and form.language == "en"]
    assert [form.rule for form in forms] == ["as written"]


def test_a_hyphen_may_be_left_out() -> None:
    who = actor(ru=("Карим-Бек Петров",), kk=("Кәрім-Бек Петров",))
    assert texts(who, "ru")["Карим Бек Петров"] == "space for hyphen"
    assert texts(who, "ru")["Карим Бека Петрова"] == "ru: genitive, space for hyphen"
    assert "Кәрім Бек Петровтың" in texts(who, "kk")


def test_kazakh_in_arabic_letters_takes_no_cyrillic_endings() -> None:
    who = Actor(id="ww:x", kind="country", names={"kk": ("Қазақстан", "قازاقستان")})
    assert "Қазақстанның" in texts(who, "kk")
    assert [form for form in texts(who, "kk") if form.startswith("قاز")] == ["قازاقستان"]
