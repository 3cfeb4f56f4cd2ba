import pytest

from consumers.fetching.agencies import Agencies, shipped_agencies
from consumers.fetching.credits import author_of, clean_author, original_address
from consumers.prose import find_regions
from service.actors import Actor

AGENCIES = Agencies(
    [
        Actor("A1", "organisation", {"de": ("TASS",), "ru": ("ТАСС",)}, type="agency"),
        Actor("A2", "organisation", {"en": ("Reuters",)}, type="agency"),
        Actor("A3", "organisation", {"de": ("Deutsche Presse-Agentur",)}, short={"de": ("dpa",)}, type="agency"),
        Actor("A4", "organisation", {"en": ("Agence France-Presse",)}, short={"en": ("AFP",)}, type="agency"),
        Actor("A5", "organisation", {"ru": ("Казинформ",), "en": ("Kazinform",)}, type="agency"),
        Actor("A6", "organisation", {"de": ("Austria Presse Agentur",)}, short={"de": ("APA",)}, type="agency"),
        Actor("A7", "organisation", {"ru": ("Азери-Пресс",)}, short={"ru": ("APA",)}, type="agency"),
        Actor("B1", "organisation", {"en": ("United Nations",)}, type="igo"),
    ]
)


def cited(text, language="en", author=None):
    return [(one.name, one.actor) for one in AGENCIES.cited(text, language, find_regions(text, language), author)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Der Text.\nMinh Duc (Laut TASS, Kazinform)", [("TASS", "A1"), ("Kazinform", "A5")]),
        ("ASTANA, May 20 (Reuters) - Kazakhstan said on Monday it would.", [("Reuters", "A2")]),
        ("АСТАНА, 20 мая. /ТАСС/. Президент заявил.", [("ТАСС", "A1")]),
        ("Berlin (dpa/AFP) – Der Kanzler sprach.", [("dpa", "A3"), ("AFP", "A4")]),
        ("Астана. 20 мая. Казинформ – Президент принял министра.", [("Казинформ", "A5")]),
        ("Das war so, meldete die Nachrichtenagentur Reuters am Montag.", [("Reuters", "A2")]),
        ("Встреча прошла в Астане, передает Казинформ.", [("Казинформ", "A5")]),
        ("Об этом стало известно со ссылкой на «Казинформ».", [("Казинформ", "A5")]),
        ("Tổng thống nói.\nMinh Anh (Theo Reuters)", [("Reuters", "A2")]),
        ("Text hier.\nVon Anna (Laut TASS und Nowosti Heute)", [("TASS", "A1"), ("Nowosti Heute", None)]),
        ("Reuters is for sale. The group that owns Reuters wants out.", []),
        ("Der Satz steht da.\nQuelle: https://tass.ru/TASS/1", []),
        ("It was quiet (as in Paris).", []),
    ],
)
def test_agencies_are_cited_where_texts_credit_them(text, names):
    assert cited(text) == names


def test_an_author_can_be_an_agency():
    assert cited("Text.", author="dpa / Anna Berg") == [("dpa", "A3")]


def test_a_short_form_of_two_agencies_is_decided_by_the_language_or_left_open():
    assert cited("Wien (APA) – Heute.", "de") == [("APA", "A6")]
    assert cited("Баку (APA) – Сегодня.", "ru") == [("APA", "A7")]
    assert cited("Vienna (APA) – Today.", "en") == [("APA", None)]


def test_the_shipped_catalogue_has_agencies():
    assert shipped_agencies().who("TASS", "de") == "Q223799"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Von Anna Berg", "Anna Berg"),
        ("Minh Duc (Laut TASS, Kazinform)", "Minh Duc"),
        ("By Ann Smith and Bob Jones", "Ann Smith and Bob Jones"),
        ("(Laut TASS)", None),
    ],
)
def test_authors_of_credit_lines(line, author):
    text = f"Ein ganzer Satz steht hier.\n{line}"
    assert author_of(text, find_regions(text, "de")) == author


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("ann@x.example (Ann Smith)", "Ann Smith"),
        ("ann@x.example", None),
        ("By Ann Smith", "Ann Smith"),
        ("The Daily", None),
        ("", None),
        (None, None),
    ],
)
def test_authors_of_feeds(written, author):
    assert clean_author(written, "The daily") == author


def test_the_original_address_is_read_from_its_line():
    text = "Satz.\nQuelle: siehe https://x.example/a?b=1, abgerufen heute\nhttps://y.example/"
    assert original_address(text, find_regions(text, "de")) == "https://x.example/a?b=1"
    assert original_address("Satz mit https://x.example/.", find_regions("Satz mit https://x.example/.", "de")) is None
