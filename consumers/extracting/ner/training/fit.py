"""Sentences to a model: trains the random field (CRFsuite, L-BFGS) and takes its weights over as whole numbers."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from consumers.extracting.ner.features import Reading
from consumers.extracting.ner.gold import LABELS, Sentence
from consumers.extracting.ner.model import EDGE, FORBIDDEN, PLACES, REACH, SCALE, Model

TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BILU"))
SIGN = "\x1f"
"""Parts the fields of an attribute: domain, place (an offset, ALWAYS or a kind of pair), and what it is."""
SPELLED, BLUR = frozenset("w<>s"), 0.9
"""First signs of features of spelling; the share of them that a blurred sentence goes without."""
ALWAYS = "always"
PAIR_KINDS = ("before", "behind", "around")
"""Pairs of classes: of the word before and this one, of this one and the one behind, of the two round it."""


Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """``l1``, ``l2``: regularisation; ``rounds``: at most so many iterations; ``blurred``: every sentence once more,
    blurred; ``forgo``: thousandths off the weight of "no name" at every word, so that precision and recall come out
    nearer to each other."""

    l1: float = 0.1
    l2: float = 0.1
    rounds: int = 100
    blurred: bool = False
    forgo: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentences of one source. ``domain``: it has weights of its own beside the shared ones ("": shared ones only)."""

    sentences: Sequence[Sentence]
    domain: str = ""


def parted(sentence: Sentence) -> list[str]:
    """Tags that tell begin, inside, last and unit apart."""
    found = ["O"] * len(sentence.words)
    for entity in sentence.entities():
        for number in range(entity.first, entity.last):
            first, last = number == entity.first, number == entity.last - 1
            found[number] = f"{'U' if first and last else 'B' if first else 'L' if last else 'I'}-{entity.label}"
    return found


class Attributes:
    """What CRFsuite sees of a sentence; features of a word are made once."""

    def __init__(self, language: Reading) -> None:
        self._language = language
        self._known: dict[str, tuple[list[list[str]], str]] = {}

    def _word(self, word: str) -> tuple[list[list[str]], str]:
        if word not in self._known:
            features = self._language.features(word)
            placed = [
                [f"{SIGN}{offset}{SIGN}{text}" for text, reach in features if abs(offset) <= reach]
                for offset in range(-REACH, REACH + 1)
            ]
            self._known[word] = placed, self._language.group(word)
        return self._known[word]

    def of(self, sentence: Sentence, domain: str = "") -> list[list[str]]:
        """A list of attributes for each word. ``domain``: each a second time, as one of that domain."""
        words = [self._word(word) for word in sentence.words]
        found = []
        for at, (_, here) in enumerate(words):
            attributes = [f"{SIGN}{ALWAYS}{SIGN}"]
            for offset in range(-REACH, REACH + 1):
                if 0 <= at + offset < len(words):
                    attributes += words[at + offset][0][offset + REACH]
                elif abs(offset) == 1:
                    attributes.append(f"{SIGN}{offset}{SIGN}{EDGE}")
            own = [domain + attribute for attribute in attributes] if domain else []
            before = words[at - 1][1] if at else EDGE
            behind = words[at + 1][1] if at + 1 < len(words) else EDGE
            pairs = zip(PAIR_KINDS, ((before, here), (here, behind), (before, behind)), strict=True)
            found.append([*attributes, *own, *(SIGN.join(("", kind, *pair)) for kind, pair in pairs)])
        return found


def blurred(attributes: list[list[str]], chance: Random) -> list[list[str]]:
    """``attributes`` less most of those of spelling, so that the others learn to do without them."""

    def kept(attribute: str) -> bool:
        what = attribute.rpartition(SIGN)[2]
        return what[:1] not in SPELLED or chance.random() >= BLUR

    return [[attribute for attribute in word if kept(attribute)] for word in attributes]


def train(corpora: Iterable[Corpus], language: Reading, settings: Settings, domain: str = "") -> Model:
    """The model for texts of ``domain``: its own weights and the shared ones, added up. Needs python-crfsuite."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    attributes = Attributes(language)
    chance = Random(1)
    for corpus in corpora:
        for sentence in corpus.sentences:
            seen = attributes.of(sentence, corpus.domain)
            trainer.append(seen, parted(sentence))
            if settings.blurred:
                trainer.append(blurred(seen, chance), parted(sentence))
    trainer.set_params({"c1": settings.l1, "c2": settings.l2, "max_iterations": settings.rounds})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        trained = tagger.info()
        tagger.close()
    model = as_model(trained.state_features, trained.transitions, domain)
    model.always[TAGS.index("O")] -= settings.forgo
    return model


def as_model(
    states: Mapping[tuple[str, str], float], steps: Mapping[tuple[str, str], float], domain: str = ""
) -> Model:
    """CRFsuite's weights by (attribute, tag) and (tag, tag) as ours; those of other domains are left out."""
    tag_number = {tag: number for number, tag in enumerate(TAGS)}
    always = np.zeros(len(TAGS))
    words: dict[str, Weights] = {}
    pairs: dict[str, dict[tuple[str, str], Weights]] = {kind: {} for kind in PAIR_KINDS}
    for (attribute, tag), weight in sorted(states.items()):
        own, place, *what = attribute.split(SIGN)
        if own not in {"", domain}:
            continue
        if place == ALWAYS:
            always[tag_number[tag]] += weight
        elif place in pairs:
            cell = pairs[place].setdefault((what[0], what[1]), np.zeros(len(TAGS)))
            cell[tag_number[tag]] += weight
        else:
            cell = words.setdefault(what[0], np.zeros((PLACES, len(TAGS))))
            cell[int(place) + REACH, tag_number[tag]] += weight
    features = {text: whole for text, weights in sorted(words.items()) if (whole := _whole(weights)).any()}
    groups = sorted({group for kind in pairs.values() for pair in kind for group in pair})
    number = {group: n for n, group in enumerate(groups)}
    tables = [_table(pairs[kind], number) for kind in PAIR_KINDS]
    return Model(
        tags=TAGS,
        features={text: row for row, text in enumerate(features)},
        weights=np.array(list(features.values()), dtype=np.int16).reshape(-1, PLACES, len(TAGS)),
        groups=number,
        pair_keys=tuple(keys for keys, _ in tables),
        pair_weights=tuple(weights for _, weights in tables),
        steps=_steps(steps),
        always=_whole(always).astype(np.int32),
    )


def _whole(weights: Weights) -> NDArray[np.int16]:
    return np.clip(np.rint(weights * SCALE), -32_000, 32_000).astype(np.int16)


def _table(
    pairs: Mapping[tuple[str, str], Weights], number: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Keys in order with their weights; never empty, so that look-ups need no exception."""
    rows = {
        number[left] * (len(number) + 1) + number[right]: _whole(weights) for (left, right), weights in pairs.items()
    }
    keys = [key for key in sorted(rows) if rows[key].any()]
    weights = [rows[key] for key in keys]
    return (
        np.array([-1, *keys], dtype=np.int64),
        np.array([np.zeros(len(TAGS)), *weights], dtype=np.int16),
    )


def _steps(steps: Mapping[tuple[str, str], float]) -> NDArray[np.int32]:
    """Weights of going from tag to tag; what no entity allows is forbidden."""
    found = np.zeros((len(TAGS), len(TAGS)), dtype=np.int32)
    for a, left in enumerate(TAGS):
        for b, right in enumerate(TAGS):
            inside = left[0] in "BI"
            fits = right[0] in "IL" and left[2:] == right[2:] if inside else right[0] in "OBU"
            found[a, b] = round(steps.get((left, right), 0.0) * SCALE) if fits else FORBIDDEN
    return found
