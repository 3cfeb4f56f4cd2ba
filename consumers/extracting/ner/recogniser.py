"""From sentences to entities, with the model of a language."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from consumers.extracting.ner.decoding import best_tags, scores
from consumers.extracting.ner.entity import Entity
from consumers.extracting.ner.features import Reading, reading
from consumers.extracting.ner.model import Model, WordTable, load_model
from consumers.extracting.ner.official import official_entities, package_of
from consumers.extracting.ner.russian import is_installed, russian_entities

SHIPPED = frozenset({"de", "kk"})
"""Languages whose models lie in ``models/``."""
MODELS = Path(str(files("consumers.extracting.ner") / "models"))


class Recogniser:
    """Reads sentences one text after another; what it has learnt of words it keeps, within bounds."""

    def __init__(self, model: Model, language: Reading) -> None:
        self._model = model
        self._table = WordTable(model, language.features, language.group)
        self.is_surname = language.is_surname

    def entities(self, words: Sequence[str], lengths: Sequence[int]) -> list[Entity]:
        """Entities in order, none overlapping. ``lengths``: how many of ``words`` each sentence has, none of them 0."""
        if not words:
            return []
        return list(spans(best_tags(self._model, scores(self._model, self._table, words, lengths), lengths)))


def spans(tags: Sequence[str]) -> Iterator[Entity]:
    """Entities of tags that say begin, inside, last, unit (single word), outside."""
    first = 0
    for number, tag in enumerate(tags):
        if tag[0] in "BU":
            first = number
        if tag[0] in "LU":
            yield Entity(first, number + 1, tag[2:])


@lru_cache(maxsize=8)
def recogniser(language: str) -> Recogniser:
    """The language's own, loaded on first use (a tenth of a second). Raises KeyError for one without a model."""
    if language not in SHIPPED:
        raise KeyError(language)
    return Recogniser(
        load_model(MODELS / f"{language}.model.npz"), reading(language, MODELS / f"{language}.lexicon.npy")
    )


def is_surname(language: str, word: str) -> bool:
    """Whether the word can hardly be anything but a surname; False in languages without a model of our own."""
    return language in SHIPPED and recogniser(language).is_surname(word)


def is_read(language: str) -> bool:
    """Whether names of the language are recognised: by a model of ours or an installed one."""
    return language in SHIPPED or package_of(language) is not None or (language == "ru" and is_installed())


def entities_of(language: str, words: Sequence[str], lengths: Sequence[int]) -> list[Entity]:
    """Entities of sentences in the language, none where nothing reads it."""
    if language in SHIPPED:
        return recogniser(language).entities(words, lengths)
    if not words:
        return []
    package = package_of(language)
    if package is not None:
        return official_entities(package, words, lengths)
    return russian_entities(words, lengths) if language == "ru" and is_installed() else []
