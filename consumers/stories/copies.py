"""Are two texts one: re-headlined, cut, embedded in a longer one, slightly reworded.

By containment (Broder 1997): the share of the shorter text's word 5-grams that the longer one has too. Jaccard and
SimHash, the usual measures, miss copies that were cut or embedded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from consumers.matching.folding import fold
from consumers.stories.shingles import sample, shingles, text_words
from service.contracts import Region

SIZE = 5
ENOUGH = 0.5
"""Containment that makes two texts one …"""
SHORT, ENOUGH_SHORT = 36, 0.8
"""… and of texts with fewer shingles, where a stock phrase weighs more."""
RELATED = 0.1
"""Containment from which what stands at one address now is an edit of what stood there before."""
TINY = 8
"""Fewer shingles (about a dozen words) prove nothing: text and title must both be the same."""


@dataclass(frozen=True)
class Fingerprint:
    """What a text is compared by. ``title`` is folded."""

    title: str
    shingles: frozenset[int]
    sample: tuple[int, ...]


def fingerprint(text: str, title: str | None) -> Fingerprint:
    """Of NFC ``text`` and its title."""
    tokens = text_words(text)
    runs = shingles(tokens, SIZE) or shingles(tokens, len(tokens) or 1)
    return Fingerprint(fold(title or "").strip(), frozenset(runs), sample(runs))


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """0 to 1; 0 when one of them is empty."""
    shorter = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / shorter if shorter else 0.0


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the two are the same text, whatever stands above it and around it."""
    shorter = min(len(one.shingles), len(other.shingles))
    if shorter < TINY:
        return bool(one.title) and one.title == other.title and one.shingles == other.shingles
    return containment(one, other) >= (ENOUGH_SHORT if shorter < SHORT else ENOUGH)


def is_edit(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts found at the same address are versions of one; some feeds give all entries one address."""
    return (bool(one.title) and one.title == other.title) or containment(one, other) >= RELATED


def prose(text: str, regions: Iterable[Region]) -> str:
    """``text`` with the outlet's own matter blanked; offsets stay."""
    for region in regions:
        if region.kind in ("counter", "address", "source"):
            text = text[: region.start] + " " * (region.end - region.start) + text[region.end :]
    return text
