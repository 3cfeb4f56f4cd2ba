"""A trained model: features and pairs of classes with their weights, as whole numbers so that sums are exact.

The file (NumPy's npz) holds the features' texts and, sparse, a weight for (feature, place, tag): places are the words
from two before to two behind. ``WordTable`` adds the features of a word up once and keeps the sums.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consumers.extracting.ner.spelling import Feature

REACH = 2
PLACES = 2 * REACH + 1
SCALE = 1000
"""Weights are kept in thousandths."""
FORBIDDEN = -10_000_000
"""Weight of a step that no sentence may take."""
EDGE = "#edge"
"""The feature of there being no word."""
MOST_WORDS = 30_000
"""Words whose sums are kept; then all are forgotten."""

Numbers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Model:
    """Shapes: ``weights`` (features, PLACES, tags), ``pairs`` (kinds, pairs, tags), ``steps`` (tags, tags)."""

    tags: tuple[str, ...]
    features: dict[str, int]
    weights: NDArray[np.int16]
    groups: dict[str, int]
    pair_keys: tuple[NDArray[np.int64], ...]
    """Of each kind (before and here, here and behind, both sides): ``left * len(groups) + right``, ascending."""
    pair_weights: tuple[NDArray[np.int16], ...]
    steps: Numbers
    always: Numbers
    """Weight of each tag anywhere."""

    @property
    def classes(self) -> int:
        """Classes of words, with one for words of no known class."""
        return len(self.groups) + 1

    def to_bytes(self) -> bytes:
        """The file's content: the same model gives the same bytes."""
        cells = np.nonzero(self.weights)
        parts: dict[str, Any] = {
            "tags": _packed(self.tags),
            "features": _packed(self.features),
            "groups": _packed(self.groups),
            "rows": cells[0].astype("<u4"),
            "columns": (cells[1] * len(self.tags) + cells[2]).astype("<u1"),
            "values": self.weights[cells].astype("<i2"),
            "steps": self.steps.astype("<i4"),
            "always": self.always.astype("<i4"),
            **{f"keys{kind}": keys.astype("<i8") for kind, keys in enumerate(self.pair_keys)},
            **{f"pairs{kind}": rows.astype("<i2") for kind, rows in enumerate(self.pair_weights)},
        }
        buffer = BytesIO()
        np.savez_compressed(buffer, **parts)
        return buffer.getvalue()


def _packed(texts: "Sequence[str] | dict[str, int]") -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def _unpacked(data: Any) -> list[str]:
    return bytes(data).decode().split("\n")


def load_model(path: Path) -> Model:
    """Raises OSError when the file cannot be read and ValueError or KeyError when it is none of ours."""
    with np.load(path, allow_pickle=False) as data:
        tags = tuple(_unpacked(data["tags"]))
        features = _unpacked(data["features"])
        weights = np.zeros((len(features), PLACES * len(tags)), dtype=np.int16)
        weights[data["rows"], data["columns"]] = data["values"]
        return Model(
            tags=tags,
            features={text: row for row, text in enumerate(features)},
            weights=weights.reshape(len(features), PLACES, len(tags)),
            groups={text: number for number, text in enumerate(_unpacked(data["groups"]))},
            pair_keys=tuple(data[f"keys{kind}"] for kind in range(3)),
            pair_weights=tuple(data[f"pairs{kind}"] for kind in range(3)),
            steps=data["steps"],
            always=data["always"],
        )


class WordTable:
    """Sums of the features of words seen so far: ``sums[number]`` is (PLACES, tags), ``group[number]`` its class."""

    def __init__(self, model: Model, features: Callable[[str], Sequence[Feature]], group: Callable[[str], str]) -> None:
        self._model, self._features, self._group = model, features, group
        self._forget()

    def _forget(self) -> None:
        size = 1024
        self._numbers: dict[str, int] = {}
        self.sums = np.zeros((size, PLACES, len(self._model.tags)), dtype=np.int32)
        self.group = np.zeros(size, dtype=np.int64)
        self._add("", self._edge(), self._model.groups.get(EDGE, self._model.classes - 1))

    def _edge(self) -> Numbers:
        row = self._model.features.get(EDGE)
        sums = np.zeros(self.sums.shape[1:], dtype=np.int32)
        if row is not None:
            sums[[REACH - 1, REACH + 1]] = self._model.weights[row][[REACH - 1, REACH + 1]]
        return sums

    def _add(self, word: str, sums: Numbers, group: int) -> int:
        number = len(self._numbers)
        if number == len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
            self.group = np.concatenate([self.group, np.zeros_like(self.group)])
        self.sums[number], self.group[number] = sums, group
        self._numbers[word] = number
        return number

    def numbers(self, words: Sequence[str]) -> list[int]:
        """Rows of ``sums`` and ``group`` for words; "" is the edge of a sentence, number 0."""
        if len(self._numbers) > MOST_WORDS:
            self._forget()
        known = self._numbers
        return [known[word] if word in known else self._read(word) for word in words]

    def _read(self, word: str) -> int:
        model = self._model
        # How far a feature is seen needs no look here: where it was not seen in training, its weights are 0.
        rows = [model.features[text] for text, _ in self._features(word) if text in model.features]
        sums = model.weights[rows].sum(axis=0, dtype=np.int32)
        return self._add(word, sums, model.groups.get(self._group(word), model.classes - 1))
