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
        ("A clerk who guards say took a key was fired.", "indirect", "took a key", "guards"),
        ("The bus, which Lee said was full, left.", "indirect", "was full", "Lee"),
        ("She praised what he called “a bold plan”.", "reported", "a bold plan", "he"),
        ("Trade is growing, Ann Lee said here on Friday.", "indirect", "Trade is growing", "Ann Lee"),
        ("It shut, with its owner, Ann Lee, saying it was cold.", "indirect", "it was cold", "its owner, Ann Lee"),
        ("The march went on, with guards warning of ice on the road.", "reported", "ice on the road", "guards"),
        ("According to him, two halls have been built.", "indirect", "two halls have been built", "him"),
        ("According to her aide, the hall is shut.", "indirect", "the hall is shut", "her aide"),
        ("Lee voiced concern over the hall and left for Rome.", "reported", "concern over the hall", "Lee"),
        ("Guards warned drivers not to stop.", "indirect", "not to stop", "Guards"),
        ("The bank said in a note published on Monday that it was late.", "indirect", "that it was late", "The bank"),
        ("The bank declined to comment but said it was late.", "indirect", "it was late", "The bank"),
        ("Lee boasted of having built the hall.", "reported", "having built the hall", "Lee"),
        ("As one guard put it, “nobody has a key”.", "direct", "nobody has a key", "one guard"),
        ("The bank was quoted by Reuters as saying it was late.", "indirect", "it was late", "The bank"),
        ("The paper quoted him as saying that it was late.", "indirect", "that it was late", "him"),
        ("The radio cited a guard as saying: “It is late.”", "direct", "It is late", "a guard"),
        ("Chad, Niger vow to build a dam.", "indirect", "to build a dam", "Chad, Niger"),
        ("“It is late,” Lee told their editor Jo Mann.", "direct", "It is late", "Lee"),
        ("Fans read a note from the bank, which cut its forecast and warned that it was late.", "indirect",
         "that it was late", "which"),
        ("The agency for guide dogs says it is full.", "indirect", "it is full", "The agency for guide dogs"),
        ("Guards in the valley say it is late.", "indirect", "it is late", "Guards in the valley"),
        ("In his view, the hall will shut.", "indirect", "the hall will shut", "his"),
        ("In the guard's opinion, the hall will shut.", "indirect", "the hall will shut", "the guard's"),
        ("The guard was convinced that it was late.", "indirect", "that it was late", "The guard"),
        ("RFE/RL head Ann Lee said it was late.", "indirect", "it was late", "RFE/RL head Ann Lee"),
        ("Lee warned of extremely heavy rain.", "reported", "extremely heavy rain", "Lee"),
        ("Lee told guests in Paris the hall was full.", "indirect", "the hall was full", "Lee"),
        ("Lee called for restraint.", "reported", "restraint", "Lee"),
        ("Lee urged calm.", "reported", "calm", "Lee"),
        ("Lee called that claim baseless.", "reported", "that claim baseless", "Lee"),
        ("Lee was blunt: “We lost all our games.”", "direct", "We lost all our games", "Lee"),
        ("The bank said two halls had shut, Reuters reported.", "indirect", "two halls had shut", "The bank"),
        ("Tan disagreed. “We won all our games.”", "direct", "We won all our games", "Tan"),
        ("Lee said Chad had noted it and hoped to go.", "indirect", "Chad had noted it and hoped to go", "Lee"),
        ("The mayor did not rule out that the hall could shut.", "indirect", "that the hall could shut", "The mayor"),
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
        "His message was plain: “We will not go home.”",
        "The mayor didn't suggest retaliation.",
        "It is certain that the hall will shut.",
        "Earlier in the day, Lee had written to the mayor.",
        "No group claimed that the hall was theirs.",
        "The ministry neither confirmed nor denied the report.",
        "A runner passed state media offices on Monday.",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("en", text) == []


def test_a_participle_at_the_head_ends_where_its_subject_begins() -> None:
    text = "Calling the vote a sham, Lee said it was late."
    assert said("en", text) == [("reported", "the vote a sham", "Lee"), ("indirect", "it was late", "Lee")]


def test_words_in_marks_behind_a_colon_are_a_statement_of_their_own() -> None:
    assert said("en", "Lee said it was simple: “We lost all our games.”") == [
        ("indirect", "it was simple", "Lee"),
        ("direct", "We lost all our games", "Lee"),
    ]


@pytest.mark.parametrize("lead", ["In Paris", "However", "Monday", "Separately", "Instead", "On X"])
def test_where_and_when_before_a_name_are_no_speakers(lead: str) -> None:
    assert said("en", f"{lead}, Ann Lee said it was late.") == [("indirect", "it was late", "Ann Lee")]
    assert said("en", "Chad, Niger say it is late.") == [("indirect", "it is late", "Chad, Niger")]


def test_what_is_called_by_one_letter_ends_a_sentence() -> None:
    assert said("en", "“It is late,” she posted on X. Ann Lee said it was not.") == [
        ("direct", "It is late", "she"),
        ("indirect", "it was not", "Ann Lee"),
    ]
    assert said("en", "John X. Lee said it was late.") == [("indirect", "it was late", "John X. Lee")]


def test_makes_the_forms_of_regular_and_irregular_verbs() -> None:
    assert {form for form, _ in expand("deny", "")} == {"deny", "denies", "denied", "denying"}
    assert {form for form, _ in expand("admit", "")} == {"admit", "admits", "admitted", "admitting"}
    assert {form for form, _ in expand("call_for", "")} == {"call for", "calls for", "called for", "calling for"}
    assert ("written", "participle") in expand("write", "wrote written")
    assert ("wrote", "finite") in expand("write", "wrote written")
