"""Sentences that begin with their object: "Den Umbau lobte er", "Die Planung nannte Meier zu teuer"."""

from consumers.extracting.german.phrases import Phrases
from consumers.extracting.grammar import Phrase

ONLY_SUBJECTS = frozenset(["er", "man", "wir", "ich"])
ABSTRACT = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "tion", "tionen")
"""Endings of nouns for what is done rather than for who does it."""
GROUPS = (
    "organisation",
    "organisationen",
    "koalition",
    "fraktion",
    "fraktionen",
    "delegation",
    "institution",
    "stiftung",
)
"""Endings among them of those who do it."""


def is_object(phrases: Phrases, front: Phrase, verb: int, behind: Phrase) -> bool:
    """Whether the phrase before the verb is its object, because the one behind it can only be the subject."""
    words = phrases.prose.language.words
    if phrases.lower(front[0]) in ONLY_SUBJECTS or any(
        phrases.lower(i) not in words("adverbs") | words("objects") for i in range(verb + 1, behind[0])
    ):
        return False
    head = phrases.lower(behind[0])
    if behind[1] - behind[0] == 1 and head in ONLY_SUBJECTS:
        return True
    if (
        phrases.lower(verb) in words("copulas")
        or not _is_thing(phrases, front)
        or phrases.lower(front[0]) in {"der", "ein"}
    ):
        return False
    if head == "der":
        return True
    named = phrases.prose.tokens[behind[0]].is_capital and not phrases.is_function_word(behind[0])
    nouns = [t.lower for t in phrases.prose.tokens[slice(*front)] if t.is_capital]
    return named and any(noun.endswith(ABSTRACT) and not noun.endswith(GROUPS) for noun in nouns[:2])


def _is_thing(phrases: Phrases, phrase: Phrase) -> bool:
    """Neither a name nor somebody's title, nor a body or a paper that speaks."""
    words = phrases.prose.language.words
    if not phrases.is_function_word(phrase[0]):
        return False
    speaking = words("person_titles") | words("papers")
    tokens = [t for t in phrases.prose.tokens[slice(*phrase)] if t.is_capital]
    return not any(t.lower in speaking or t.lower.endswith(tuple(words("bodies"))) for t in tokens)
