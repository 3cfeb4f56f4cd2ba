"""Runs of words as numbers: equal runs, equal numbers, in every process and for ever (they are stored).

Words are folded (no case, one kind of apostrophe); characters of scripts without spaces are words. A number is the
polynomial hash of the words' BLAKE2b hashes modulo the Mersenne prime 2^61 - 1, so it fits a signed 64-bit column.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from consumers.matching.folding import fold, words

PRIME = (1 << 61) - 1
BASE = 1_000_003
MAX_WORDS = 50_000
"""Words looked at; a longer text is compared by its beginning."""
LONGEST = 64
"""Characters of a word whose hash is kept for the next text."""
RATE = 8
"""One shingle in so many is sampled (A. Broder, "On the resemblance and containment of documents", 1997)."""
LEAST, MOST = 16, 256
"""Sampled shingles of a text, if it has so many."""


def text_words(text: str) -> list[str]:
    """Words of NFC ``text``, at most ``MAX_WORDS``."""
    # No word of any language is 40 characters long on average, so cutting first changes nothing but the time.
    return words(fold(text[: MAX_WORDS * 40]))[:MAX_WORDS]


def shingles(tokens: Sequence[str], size: int) -> list[int]:
    """A number per run of ``size`` words, in order; none for a shorter text."""
    hashes = [_known(token) if len(token) <= LONGEST else _hash(token) for token in tokens]
    # Horner's rule for all runs at once: each step takes in the next word of every run.
    runs = hashes[: max(0, len(hashes) - size + 1)]
    for behind in range(1, size):
        runs = [run * BASE + value for run, value in zip(runs, hashes[behind:], strict=False)]
    return [run % PRIME for run in runs]


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest()) % PRIME


_known = lru_cache(maxsize=16_384)(_hash)


def sample(runs: Iterable[int]) -> tuple[int, ...]:
    """The shingles by which a text is found: the same ones in every text that has them, whatever stands around."""
    ordered = sorted(set(runs))
    regular = [value for value in ordered if value % RATE == 0]
    return tuple(sorted({*regular[:MOST], *ordered[:LEAST]}))
