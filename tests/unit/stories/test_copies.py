"""What counts as one text. The prose is our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.stories.copies import containment, fingerprint, is_copy, is_edit
from consumers.stories.shingles import sample, shingles, text_words

GERMAN = (
    "Die Gesundheitsminister der Nachbarländer haben sich am Donnerstag auf gemeinsame Vorräte geeinigt. Nach "
    "dreitägigen Verhandlungen sagte die Gastgeberin, kein Land dürfe künftig allein auf Lieferungen warten. "
    "Die Lager sollen an vier Orten entstehen und bis zum Herbst gefüllt sein. Für den Aufbau stehen zwölf "
    "Millionen bereit, die zur Hälfte aus einem bestehenden Fonds kommen. Kritiker halten die Summe für zu "
    "klein und verweisen auf die Erfahrungen der letzten beiden Winter. Ein Sprecher des Verbands der "
    "Krankenhäuser nannte den Beschluss dennoch einen Anfang, auf dem man aufbauen könne. Im nächsten Jahr "
    "wollen die Minister prüfen, ob die Vorräte reichen und wer sie verwaltet."
)
OTHER = (
    "Der Fluss ist nach dem Regen der vergangenen Woche über die Ufer getreten und hat mehrere Dörfer vom "
    "Strom getrennt. Die Feuerwehr brachte in der Nacht Familien aus ihren Häusern, verletzt wurde niemand. Am "
    "Morgen begann das Wasser langsam zu sinken, doch die Brücke bleibt gesperrt, bis Fachleute ihre Pfeiler "
    "untersucht haben. Landwirte klagen über zerstörte Felder und rechnen mit Ausfällen. Die Verwaltung hat "
    "eine Nummer für Betroffene eingerichtet."
)
CHINESE = (
    "各国卫生部长星期四就共同储备达成一致。经过三天谈判，东道主表示，今后任"
    "何国家都不应独自等待供货。仓库将设在四个地方，秋季之前装满。"
)
SHORT = (
    "Der Minister reist am Freitag zu Gesprächen in die Hauptstadt des Nachbarlandes und trifft dort seine Kollegin."
)


def copy(one: str, other: str, *titles: str) -> bool:
    first, second = titles or ("Einigung auf Vorräte", "Minister legen Lager an")
    return is_copy(fingerprint(one, first), fingerprint(other, second))


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        GERMAN.upper(),
        GERMAN[: len(GERMAN) // 2],
        GERMAN[len(GERMAN) // 2 :],
        GERMAN[: int(len(GERMAN) * 0.4)],
        f"{OTHER}\n{GERMAN}\n{OTHER}",
        GERMAN.replace("Donnerstag", "19. März").replace("zwölf", "zehn").replace("Kritiker", "Gegner"),
        GERMAN.replace(" ", "\n").replace(",", " –"),
    ],
    ids=["same", "capitals", "first half", "second half", "40 %", "embedded", "reworded", "set anew"],
)
def test_a_copy_is_known_whatever_was_done_to_it(text: str) -> None:
    assert copy(GERMAN, text)
    assert copy(text, GERMAN)


def test_other_texts_are_no_copies() -> None:
    assert not copy(GERMAN, OTHER)
    assert containment(fingerprint(GERMAN, None), fingerprint(OTHER, None)) == 0


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    assert copy(CHINESE, CHINESE[:40])
    assert not copy(CHINESE, "".join(reversed(CHINESE)))


def test_a_short_text_must_be_nearly_the_same() -> None:
    assert copy(SHORT, SHORT.replace("Der Minister", "Er"))
    half = SHORT[: len(SHORT) // 2]
    assert not copy(SHORT, f"{half} und kehrt erst nach mehreren Tagen über einen anderen Ort wieder heim.")


def test_a_stock_phrase_does_not_make_two_articles_one() -> None:
    assert not copy("Mehr dazu lesen Sie hier.", "Mehr dazu lesen Sie hier.")
    assert copy("Mehr dazu lesen Sie hier.", "Mehr dazu lesen Sie hier.", "Einigung", "EINIGUNG")
    assert not copy("", "")
    assert not copy("", "", "", "")


def test_what_stands_at_one_address_is_an_edit_when_something_of_it_stayed() -> None:
    before = fingerprint(GERMAN, "Einigung")
    assert is_edit(before, fingerprint(GERMAN[:120] + OTHER, "Neues"))
    assert is_edit(before, fingerprint(OTHER, "Einigung"))
    assert not is_edit(before, fingerprint(OTHER, "Hochwasser"))


@given(st.lists(st.sampled_from("abcdefg"), max_size=30), st.integers(1, 6))
def test_equal_runs_have_equal_numbers_wherever_they_stand(tokens: list[str], size: int) -> None:
    runs = shingles(tokens, size)
    assert len(runs) == max(0, len(tokens) - size + 1)
    for index, run in enumerate(runs):
        assert shingles(tokens[index : index + size], size) == [run]
        assert 0 <= run < 2**61


def test_numbers_are_the_same_in_every_process() -> None:
    assert shingles(["kazakhstan", "und", "上"], 3) == [348406803633888511]


def test_a_part_of_a_text_shares_samples_with_the_whole() -> None:
    whole, part = (sample(shingles(text_words(text), 5)) for text in (f"{OTHER} {GERMAN}", GERMAN[:300]))
    assert set(whole) & set(part)


def test_a_very_long_text_is_compared_by_its_beginning() -> None:
    words = text_words("wort " * 1_000_000)
    assert len(words) == 50_000
