"""Which of the entries that a poll found are published, in which order, and what is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from producers.feeds.identity import Identified, changed
from producers.feeds.publish import newest_first
from service.storage.entries import KnownEntry

FIRST_POLL = 100
"""Entries of a feed's first poll that are published, the newest; older ones are history and only remembered."""
LATER_POLL = 1000
"""New entries of a later poll that are published; the rest comes with the next one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``publish``: in order; ``remember``: what to keep, published or not; ``older``: history of a first poll;
    ``held_back``: left for the next poll."""

    publish: tuple[Identified, ...] = ()
    remember: tuple[KnownEntry, ...] = ()
    older: int = 0
    held_back: int = 0


def choose(found: Sequence[Identified], known: Sequence[KnownEntry], *, first: bool, now: datetime) -> Choice:
    """A first poll goes newest first, since its news should not wait for its history; later ones in order of time."""
    fresh = newest_first([one for one in found if one.kind in ("new", "edited")], now)
    if first:
        return Choice(tuple(fresh[:FIRST_POLL]), tuple(changed(found, known)), older=len(fresh[FIRST_POLL:]))
    chosen, held = fresh[:LATER_POLL], {one.key for one in fresh[LATER_POLL:]}
    kept = [one for one in found if one.key not in held]
    return Choice(tuple(reversed(chosen)), tuple(changed(kept, known)), held_back=len(held))
