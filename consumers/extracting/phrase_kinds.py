"""What the words of a phrase tell by themselves of whom it means: gender, kind, the nouns of a title. Pure."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from consumers.extracting.language import Language
from consumers.extracting.pronouns import Gender
from consumers.extracting.tokens import Token
from service.contracts import Kind

MAX_TITLE = 2
"""Words of a title that is taken up again: "the Uzbek minister"."""
MIN_TAIL = 6
"""Letters of a title that is the tail of a longer one: "Minister" of "Außenminister"."""


def article_gender(language: Language, tokens: Sequence[Token]) -> Gender | None:
    """ "eine Sprecherin" is nobody that "er" could mean."""
    first = tokens[0].lower if tokens else ""
    if first in language.words("feminine_articles"):
        return "f"
    return "m" if first in language.words("masculine_articles") else None


def is_neuter(language: Language, tokens: Sequence[Token]) -> bool:
    """ "das Ministerium", "声明" is nobody that "er" or "sie" could mean."""
    endings = tuple(language.words("neuter_endings"))
    if endings and "".join(token.lower for token in tokens).endswith(endings):
        return True
    return bool(tokens) and tokens[0].lower in language.words("neuter_articles")


def kind_of(language: Language, tokens: Sequence[Token]) -> Kind:
    """A person where a title or two capitalised words tell so."""
    titles = language.words("person_titles")
    if any(token.lower in titles for token in tokens):
        return "person"
    capitals = [token for token in tokens if token.is_word]
    return "person" if len(capitals) in {2, 3} and all(token.is_capital for token in capitals) else "other"


def title_nouns(language: Language, tokens: Sequence[Token], *, whole: bool) -> AbstractSet[str]:
    """The nouns of a bare title that takes somebody up ("der Präsident", "الوزير", "这位市长"), none where it is none.

    ``whole``: an office is called so by itself, so where the article tells nothing it is its holder's.
    """
    determiners = language.words("determiners")
    nouns = {token.lower for token in tokens if token.is_word and token.lower not in determiners}
    if not tokens or not nouns:
        return frozenset()
    said = "".join(token.lower for token in tokens)
    if any(said.startswith(word) for word in language.words("this_one")):
        # A script without spaces: the phrase ends with its noun.
        return {said[-MAX_TITLE:]}
    if len(nouns) > MAX_TITLE:
        return frozenset()
    article = _article(language)
    if article and tokens[-1].lower.startswith(article):
        return frozenset() if whole else nouns
    return nouns if tokens[0].lower in language.words("definite") else frozenset()


def is_word_of(language: Language, noun: str, words: frozenset[str]) -> bool:
    """Whether somebody who was spoken of in ``words`` was called ``noun``."""
    if language.words("this_one"):
        return any(noun in word for word in words)
    if noun in words or (len(noun) >= MIN_TAIL and any(word.endswith(noun) for word in words)):
        return True
    article = _article(language)
    bare = noun.removeprefix(article)
    return bool(article) and not words.isdisjoint({bare, article + bare})


def _article(language: Language) -> str:
    """The article that is written to its noun, "" where there is none."""
    return next(iter(language.words("definite_prefix")), "")
