"""Names on marked sentences: what extraction finds in them, watch list and recogniser together, against a reader's.

Mentions map by kind: person PER, place LOC, organisation ORG. Titles ("der Präsident"), demonyms ("kasachisch") and
mentions that are only a part of a token ("UN" in "UN-Sitz") or of a longer name are no entities there, so they are left
out.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from consumers.extracting.names import find_names
from consumers.extracting.ner import KINDS, Entity, entities_of
from consumers.extracting.ner.gold import Sentence, sentences
from consumers.extracting.ner.mentions import with_entities
from consumers.extracting.ner.scoring import Scores
from consumers.extracting.tokens import Token
from service.actors import Catalogue

LABELS = {kind: label for label, kind in KINDS.items()}
UNMAPPED = frozenset({"title", "demonym", "pronoun"})
TOGETHER = 256
"""Sentences read at a time."""


def score_file(path: Path, language: str, catalogue: Catalogue, at: date) -> list[dict[str, Any]]:
    """Rows of precision, recall and F1 (percent) a class and over all.

    ``at``: the day on which titles are resolved. Raises OSError, or ValueError that names file and line.
    """
    scores = Scores()
    batch: list[Sentence] = []
    for sentence in sentences(path):
        batch.append(sentence)
        if len(batch) == TOGETHER:
            _score(scores, batch, language, catalogue, at)
            batch = []
    _score(scores, batch, language, catalogue, at)
    return [{"language": language, **row} for row in scores.rows()]


def _score(scores: Scores, batch: Sequence[Sentence], language: str, catalogue: Catalogue, at: date) -> None:
    read = [sentence for sentence in batch if sentence.words]
    words = [word for sentence in read for word in sentence.words]
    found = entities_of(language, words, [len(sentence.words) for sentence in read])
    begin = 0
    for sentence in read:
        end = begin + len(sentence.words)
        own = [Entity(e.first - begin, e.last - begin, e.label) for e in found if begin <= e.first < end]
        scores.add(sentence.entities(), _names(sentence.words, own, language, catalogue, at))
        begin = end


def _names(
    words: Sequence[str], own: Sequence[Entity], language: str, catalogue: Catalogue, at: date
) -> Iterator[Entity]:
    """Entities of one sentence, ``own`` being the recogniser's."""
    tokens: list[Token] = []
    start = 0
    for word in words:
        tokens.append(Token(len(tokens), start, start + len(word), word, word.lower()))
        start += len(word) + 1
    text = " ".join(words)
    firsts = {token.start: token.index for token in tokens}
    lasts = {token.end: token.index + 1 for token in tokens}
    known = [m for m in find_names(text, language, catalogue, at=at) if m.how not in UNMAPPED]
    done = 0
    for mention in with_entities(text, tokens, own, known):
        first, last = firsts.get(mention.evidence.start), lasts.get(mention.evidence.end)
        if first is not None and last is not None and mention.kind in LABELS and first >= done:
            yield Entity(first, last, LABELS[mention.kind])
            done = last
