"""English: who, verb, what, in the orders that papers use."""

import pytest

from consumers.extracting.languages.en import expand
from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("“It is late,” said Ann Lee.", "direct", "It is late", "Ann Lee"),
        ("“It is late,” Ann Lee said on Monday.", "direct", "It is late", "Ann Lee"),
        ('Ann Lee told reporters: "It is late."', "direct", "It is late", "Ann Lee"),
        ("“It is late,” she said, “but not too late.”", "direct", "It is late // but not too late", "she"),
        ("“Where is it?” Lee asked.", "direct", "Where is it?", "Lee"),
        ("The minister said that trade was growing.", "indirect", "that trade was growing", "The minister"),
        ("The minister said trade was growing.", "indirect", "trade was growing", "The minister"),
        ("On Monday the minister said trade had grown.", "indirect", "trade had grown", "the minister"),
        ("Trade was growing, the minister said.", "indirect", "Trade was growing", "the minister"),
        ("Trade, he said, was growing.", "indirect", "Trade // was growing", "he"),
        ("Two buses are stuck, said the committee.", "indirect", "Two buses are stuck", "the committee"),
        ("According to the ministry, trade is growing.", "indirect", "trade is growing", "the ministry"),
        ("Trade is growing, according to the ministry.", "indirect", "Trade is growing", "the ministry"),
        ("She told CNN he would resign.", "indirect", "he would resign", "She"),
        ("He urged the city to build a bridge.", "indirect", "to build a bridge", "He"),
        ("They accused the city of building walls.", "indirect", "of building walls", "They"),
        ("A note from the press office said it was over.", "indirect", "it was over", "A note from the press office"),
        ("Mr. Lee of St. James said it was over.", "indirect", "it was over", "Mr. Lee of St. James"),
        ("Ann Lee, who runs the shop, said it was shut.", "indirect", "it was shut", "Ann Lee, who runs the shop"),
        ("Aides, who had asked, said that it was good.", "indirect", "that it was good", "Aides, who had asked"),
        ("The mayor, meanwhile, said it was over.", "indirect", "it was over", "The mayor"),
        ("09:40 Reuters reports that a bus is stuck.", "indirect", "that a bus is stuck", "Reuters"),
        ("Lee described the hall as “a box”.", "reported", "the hall as “a box", "Lee"),
        ("US officials said trade had grown.", "indirect", "trade had grown", "US officials"),
        ("The WHO said trade had grown.", "indirect", "trade had grown", "The WHO"),
        ("Ann Lee on Monday said both sides had left.", "indirect", "both sides had left", "Ann Lee"),
        ("The paper USA Today said trade had grown.", "indirect", "trade had grown", "The paper USA Today"),
        ("Ann Lee urged both sides to show restraint.", "indirect", "to show restraint", "Ann Lee"),
        ("Lee told US broadcaster CNN that it was late.", "indirect", "that it was late", "Lee"),
        ("Lee told state TV that it was late.", "indirect", "that it was late", "Lee"),
    ],
)  # fmt: skip
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    assert said("en", text) == [(type_, quote, speaker)]


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    text = "Lee criticised the plan, saying it was late, and said that he would resign."
    assert said("en", text) == [
        ("reported", "the plan", "Lee"),
        ("indirect", "it was late", "Lee"),
        ("indirect", "that he would resign", "Lee"),
    ]


def test_a_quotation_of_its_own_goes_on_with_the_last_speaker() -> None:
    text = "“It is late,” said Ann Lee. “We must go home now.”"
    assert said("en", text)[1] == ("direct", "We must go home now", "Ann Lee")


def test_a_quotation_that_ends_with_another_is_a_sentence() -> None:
    text = "“It is late,” said Ann Lee. “I told him, ‘We must go home.’” The police left."
    assert ("direct", "I told him, ‘We must go home.’", "Ann Lee") in said("en", text)


@pytest.mark.parametrize(
    "text",
    [
        "The play is called “The Salt Caravan”.",
        "The so-called “dragon wall” was cleaned.",
        "Their claims were rejected in court on Monday.",
        "The reports are on the table.",
        "He was told to leave.",
        "The State Department is in Washington.",
        "Yields on the Treasury note fell.",
        "A concert called “Dry Land” will raise money.",
        "What it means for the ferry, he could not say.",
        "The mayor does not claim that the fence was sound.",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("en", text) == []


def test_makes_the_forms_of_regular_and_irregular_verbs() -> None:
    assert {form for form, _ in expand("deny", "")} == {"deny", "denies", "denied", "denying"}
    assert {form for form, _ in expand("admit", "")} == {"admit", "admits", "admitted", "admitting"}
    assert {form for form, _ in expand("call_for", "")} == {"call for", "calls for", "called for", "calling for"}
    assert ("written", "participle") in expand("write", "wrote written")
    assert ("wrote", "finite") in expand("write", "wrote written")
