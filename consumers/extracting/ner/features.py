"""How the words of each language are looked at, the same in training and in reading."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from consumers.extracting.ner.german import German
from consumers.extracting.ner.kazakh import Kazakh
from consumers.extracting.ner.lexicon import Lexicon
from consumers.extracting.ner.spelling import Feature


class Reading(Protocol):
    """A language's features."""

    def features(self, word: str) -> list[Feature]:
        """What is seen of a word, and from how far."""

    def is_surname(self, word: str) -> bool:
        """Whether the word can hardly be anything but a surname."""

    def group(self, word: str) -> str:
        """The word's class, whose pairs with its neighbours' are features of their own."""


LANGUAGES: dict[str, Callable[[Lexicon], Reading]] = {"de": German, "kk": Kazakh}
"""Languages that models can be trained for."""


def reading(language: str, lexicon: Path) -> Reading:
    """The language's features over what its lexicon knows."""
    return LANGUAGES[language](Lexicon(lexicon))
