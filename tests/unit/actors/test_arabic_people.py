"""Names of Arab people as papers spell their little words."""

import pytest

from service.actors.forms.arabic_people import spellings


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Мухаммед бен Салман", {"Мухаммед бин Салман", "Мухаммед ибн Салман"}),
        ("Мухаммед бін Салман", {"Мухаммед бен Салман"}),
        ("Тамим бен Хамад Аль Тани", {"Тамим бен Хамад аль-Тани", "Тамим бин Хамад Аль Тани"}),
        ("Ahmed al-Sharaa", {"Ahmed al Sharaa"}),
        ("Mohammed bin Salman", {"Mohammed ben Salman"}),
    ],
)
def test_the_little_words_are_spelt_in_every_way(name: str, wanted: set[str]) -> None:
    found = set(spellings(name))
    assert wanted <= found
    assert name not in found


@pytest.mark.parametrize("name", ["Ursula von der Leyen", "Сергей Лавров", "Al", "Benjamin Netanyahu"])
def test_names_without_them_stay_as_they_are(name: str) -> None:
    assert list(spellings(name)) == []
