"""The recogniser as a part of a spaCy pipeline: ``entities``, between ``names`` and ``statements``."""

from collections.abc import Callable
from functools import partial

from spacy.language import Language as Nlp
from spacy.tokens import Doc

from consumers.extracting.language import load_language
from consumers.extracting.ner.bearers import with_bearers
from consumers.extracting.ner.mentions import with_entities
from consumers.extracting.ner.recogniser import entities_of, is_surname
from consumers.extracting.prose import Prose

FACTORY = "entities"
VERSION = "3"
"""Raised with every new model."""


@Nlp.factory(
    FACTORY,
    assigns=["doc._.mentions"],
    requires=["doc._.prose", "doc._.mentions"],
    default_config={"language": "de"},
)
def make_entities(nlp: Nlp, name: str, language: str) -> Callable[[Doc], Doc]:
    """People, places and organisations that are not in the catalogue, as mentions without an actor."""

    surname = partial(is_surname, language)
    prepositions = load_language(language).words("prepositions")

    def entities(doc: Doc) -> Doc:
        prose: Prose = doc._.prose
        read = [sentence for sentence in prose.sentences if sentence.last > sentence.first]
        places = [index for sentence in read for index in range(sentence.first, sentence.last)]
        tokens = [prose.tokens[index] for index in places]
        lengths = [sentence.last - sentence.first for sentence in read]
        found = entities_of(language, [token.text for token in tokens], lengths)
        found = with_bearers(prose.text, tokens, found, doc._.mentions, surname, prepositions)
        doc._.mentions = with_entities(prose.text, tokens, found, doc._.mentions)
        return doc

    return entities
