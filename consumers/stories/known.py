"""What the articles of a story have said so far: runs of words, numbers, actors; kept with it, packed."""

import json
from array import array
from dataclasses import dataclass, field
from typing import Self

MAX_GRAMS = 60_000
"""Runs of words kept per story; a live blog stops teaching beyond."""


@dataclass(frozen=True)
class Known:
    """``grams`` are hashes of three words in a row."""

    grams: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()
    actors: frozenset[str] = field(default=frozenset())

    def __or__(self, other: Self) -> "Known":
        grams = self.grams if len(self.grams) >= MAX_GRAMS else self.grams | other.grams
        return Known(grams, self.numbers | other.numbers, self.actors | other.actors)

    def to_bytes(self) -> bytes:
        """One line of JSON, then the grams as 64-bit little-endian numbers."""
        head = json.dumps([sorted(self.numbers), sorted(self.actors)], ensure_ascii=False, separators=(",", ":"))
        return head.encode() + b"\n" + array("q", sorted(self.grams)).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Known":
        head, _, rest = data.partition(b"\n")
        numbers, actors = json.loads(head)
        grams = array("q")
        grams.frombytes(rest)
        return cls(frozenset(grams), frozenset(numbers), frozenset(actors))
