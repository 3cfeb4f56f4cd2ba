"""People outside the catalogue at the head of a sentence, where a pronoun behind it means them rather than an actor."""

from typing import Literal

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.within import Mentions

MAX_LEAD = 14
"""Tokens of a sentence's first phrase."""
MIN_NAME = 2
"""Capitalised words in a row that are a name ("Pjotr Samoilow")."""


def leading_stranger(prose: Prose, sentence: Sentence, mentions: Mentions) -> Literal["m", "f", "?"] | None:
    """Gender of the named stranger the sentence begins with ("?" where nothing tells it); None when there is none.

    A name is two capitalised words in a row that no actor's name holds; in front of it may stand an article,
    adjectives, and words with commas ("The farmer, Olim Sattorov, …"). A preposition ends the search.
    """
    words = prose.language.words
    run = 0
    stop = min(sentence.last, sentence.first + MAX_LEAD)
    for index in range(sentence.first, stop):
        token = prose.tokens[index]
        if prose.is_quoted(index):
            return None
        little = token.lower in words("prepositions") or token.lower in words("auxiliaries")
        if little and index > sentence.first:
            break
        if token.lower in words("prepositions") or token.lower in prose.language.pronouns:
            return None
        person = mentions.touching(token.start, token.end)
        if person == "person":
            return None
        apart = person is not None or token.lower in words("determiners") or token.lower in words("times")
        if token.is_word and token.is_capital and not apart:
            run += 1
            continue
        if run >= MIN_NAME:
            return _gender(prose, sentence)
        run = 0
    if run >= MIN_NAME:
        return _gender(prose, sentence)
    return None


def _gender(prose: Prose, sentence: Sentence) -> Literal["m", "f", "?"]:
    """What the article says: "die Beraterin" is no "er"; "der Berater" no "sie"."""
    first = prose.tokens[sentence.first].lower
    if first in prose.language.words("feminine_articles"):
        return "f"
    return "m" if first in prose.language.words("masculine_articles") else "?"
