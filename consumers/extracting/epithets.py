"""Whom papers call otherwise to say the name less often: "der Argentinier", "el portugués", "der 71-Jährige".

It is taken up like a pronoun. A word for a country's people is nobody who governs another country.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from consumers.extracting.language import Language
from consumers.extracting.tokens import Token
from consumers.extracting.within import Mentions

ARTICLE_AND_NOUN = 2


@dataclass(frozen=True, slots=True)
class Epithet:
    """``country``: id of the country whose people the word is for, None for another word."""

    gender: Literal["m", "f"]
    country: str | None


def epithet(language: Language, tokens: Sequence[Token], mentions: Mentions) -> Epithet | None:
    """What the words of a speaker say of somebody who was named before; None when they are no such description."""
    if len(tokens) != ARTICLE_AND_NOUN or tokens[0].lower not in language.words("definite"):
        return None
    article, noun = tokens[0].lower, tokens[1]
    people = [m for m in mentions.inside((noun.start, noun.end)) if m.how == "demonym" and m.evidence.end == noun.end]
    described = noun.lower.endswith(tuple(language.words("epithet_endings")) or ("\0",))
    if not (people and people[0].evidence.start == noun.start) and not described:
        return None
    country = people[0].actor if people and not described else None
    if article in language.words("masculine_articles"):
        return Epithet("m", country)
    # "die Argentinier" are many, "die Argentinierin" is one.
    one = tuple(language.words("feminine_endings"))
    if article not in language.words("feminine_articles") or (one and not described and not noun.lower.endswith(one)):
        return None
    return Epithet("f", country)
