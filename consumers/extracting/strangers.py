"""People outside the catalogue at the head of a sentence, where a pronoun behind it means them rather than an actor."""

from typing import Literal

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.within import Mentions

Gender = Literal["m", "f", "?"]
MAX_LEAD = 14
"""Tokens of a sentence's first phrase."""
MIN_NAME = 2
"""Capitalised words in a row that are a name ("Pjotr Samoilow")."""


def leading_stranger(prose: Prose, sentence: Sentence, mentions: Mentions) -> Gender | None:
    """Gender of the named stranger the sentence is about ("?" where nothing tells it); None when there is none.

    A name is two capitalised words in a row that no actor's name holds; in front of it may stand an article,
    adjectives, and words with commas ("The farmer, Olim Sattorov, …"). Behind a preposition at the head the subject
    may follow anywhere ("Beside him stood the farmer Olim Sattorov"), unless a pronoun is the subject.
    """
    words = prose.language.words
    head = prose.tokens[sentence.first]
    if head.lower in prose.language.pronouns:
        return None
    second = prose.tokens[min(sentence.first + 1, sentence.last - 1)].lower
    # "Beside him stood", "Next to him stood"
    turned = head.lower in words("prepositions") or (second in words("prepositions") and head.lower in words("times"))
    stop = sentence.last if turned else min(sentence.last, sentence.first + MAX_LEAD)
    run = 0
    for index in range(sentence.first, stop):
        token = prose.tokens[index]
        if prose.is_quoted(index) or (turned and token.lower in prose.language.pronouns):
            return None
        if not turned and token.is_small and token.lower in words("prepositions") | words("auxiliaries"):
            break
        named = mentions.touching(token.start, token.end)
        if named == "person":
            return None
        apart = named is not None or token.lower in words("determiners") or token.lower in words("times")
        if token.is_word and token.is_capital and not apart:
            run += 1
            continue
        if run >= MIN_NAME:
            return _gender(prose, sentence.first, index - run)
        run = 0
    return _gender(prose, sentence.first, stop - run) if run >= MIN_NAME else None


def _gender(prose: Prose, first: int, name: int) -> Gender:
    """What the article says: "die Beraterin" is no "er"; "der Berater" no "sie"."""
    articles = [prose.tokens[first].lower, prose.tokens[max(first, name - 1)].lower]
    if any(word in prose.language.words("feminine_articles") for word in articles):
        return "f"
    return "m" if any(word in prose.language.words("masculine_articles") for word in articles) else "?"
