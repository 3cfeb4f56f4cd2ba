"""How much is kept: by age and by size, not what a group still needs, but never beyond the hard limit."""

from collections.abc import Sequence
from dataclasses import dataclass

CHUNK = 500
"""Records removed in one go: a longer transaction would hold up appends for more than about 50 ms."""

_DAY = 24 * 3600.0
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Retention:
    """Limits of one topic. A record goes when it is older than ``age`` seconds or the topic is larger than ``size``
    bytes, once every group that reads the topic has it done; beyond ``hard_size`` it goes all the same, counted and
    logged."""

    age: float = 7 * _DAY
    size: int = 1024 * _MIB
    hard_size: int = 4096 * _MIB
    dead_age: float = 30 * _DAY
    """``age`` for topics of dead letters: people come back to them later."""

    def age_of(self, topic: str) -> float:
        return max(self.age, self.dead_age) if topic.endswith(".dead") else self.age


@dataclass(frozen=True, slots=True)
class Aged:
    """What the decision needs to know of a record. ``at``: Unix milliseconds of its timestamp."""

    offset: int
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Expired:
    """The first ``count`` records go; ``unread`` of them although a group had not done them."""

    count: int
    unread: int
    size: int


def expired(
    oldest: Sequence[Aged], *, topic: str, kept_bytes: int, needed: int | None, now: int, retention: Retention
) -> Expired:
    """Which of the ``oldest`` records of a partition go now.

    ``kept_bytes``: size of the whole topic · ``needed``: the lowest offset that a group has still to do, None when
    nobody reads the topic · ``now``: Unix milliseconds. Pure; stops at the first record that stays, so no gaps arise.
    """
    horizon = now - int(retention.age_of(topic) * 1000)
    count = unread = size = 0
    for record in oldest:
        left = kept_bytes - size
        is_needed = needed is not None and record.offset >= needed
        if left > retention.hard_size:
            unread += is_needed
        elif is_needed or not (record.at < horizon or left > retention.size):
            break
        count += 1
        size += record.size
    return Expired(count, unread, size)


@dataclass(frozen=True, slots=True)
class Swept:
    """Outcome of a sweep: records removed, and those among them that somebody still needed."""

    removed: int = 0
    unread: int = 0
