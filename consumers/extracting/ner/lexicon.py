"""What is known of single words: clusters and lists, compiled into one file that processes share.

A word is found by the CRC-32 of its letters: the upper half picks a bucket, the lower half a place in it. An unknown
word is taken for a known one in about one of five thousand cases, which costs a feature and saves the words themselves.
Words with the same properties share one row of them.
"""

import zlib
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 16
Properties = tuple[int, ...]
"""What is known of a word, in the order the language's features read it; zeros for an unknown one."""


class Lexicon:
    """Words → properties. The file is mapped, not read: its pages are shared by all processes that use it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when the file cannot be read and ValueError when it is none of ours."""
        data = np.load(path, mmap_mode="r", allow_pickle=False)
        words, rows, width = (int(n) for n in data[:6].view("<u4"))
        bounds = [6, 2 * (BUCKETS + 1), words, words, rows * width]
        if len(data) != sum(bounds):
            raise ValueError(f"{path}: a lexicon of {len(data)} numbers where {sum(bounds)} are due")
        ends = np.cumsum(bounds)
        self._starts = memoryview(data[ends[0] : ends[1]].view("<u4"))
        self._keys = memoryview(data[ends[1] : ends[2]])
        self._row_of = memoryview(data[ends[2] : ends[3]])
        self._rows = np.array(data[ends[3] :]).reshape(rows, width)

    def row(self, word: str) -> int:
        """Number of the word's properties; 0 for an unknown word."""
        number = zlib.crc32(word.encode())
        bucket, key = number >> 16, number & 0xFFFF
        end = self._starts[bucket + 1]
        place = bisect_left(self._keys, key, self._starts[bucket], end)
        return self._row_of[place] if place < end and self._keys[place] == key else 0

    def properties(self, word: str) -> Properties:
        return tuple(self._rows[self.row(word)].tolist())


def compiled(words: Mapping[str, Properties]) -> NDArray[Any]:
    """The file's content. Raises ValueError when there are more than 65,535 different properties."""
    width = len(next(iter(words.values())))
    rows: dict[Properties, int] = {(0,) * width: 0}
    found: dict[int, int] = {}
    for word in sorted(words):
        row = rows.setdefault(words[word], len(rows))
        found.setdefault(zlib.crc32(word.encode()), row)
    if len(rows) > 1 << 16:
        raise ValueError(f"{len(rows)} different properties, {1 << 16} can be told apart")
    numbers = sorted(found)
    keys = np.array(numbers, dtype="<u4")
    starts = np.searchsorted(keys >> 16, np.arange(BUCKETS + 1)).astype("<u4")
    return np.concatenate(
        [
            np.array([len(numbers), len(rows), width], dtype="<u4").view("<u2"),
            starts.view("<u2"),
            (keys & 0xFFFF).astype("<u2"),
            np.array([found[number] for number in numbers], dtype="<u2"),
            np.array(list(rows), dtype="<u2").reshape(-1),
        ]
    )
