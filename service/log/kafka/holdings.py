"""What a reader holds of its partitions, and what of it outlives a rebalance. Pure: no brokers, no clock."""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from service.log.records import RecordBatch, StoredRecord, TopicPartition


@dataclass(slots=True, eq=False)
class Held:
    """One partition. ``position``: next to be given · ``done``: all given before here is committed · ``stored``: what
    the brokers have as committed, None for nothing · ``fetched``: next to be asked for, after what is ``waiting``."""

    position: int
    done: int
    stored: int | None
    fetched: int
    waiting: deque[tuple[StoredRecord, int]] = field(default_factory=deque)
    """With the bytes of each."""
    paused: bool = False

    @classmethod
    def at(cls, offset: int, stored: int | None) -> "Held":
        return cls(offset, offset, stored, offset)

    @property
    def finished(self) -> bool:
        return self.position <= self.done

    def move(self, offset: int) -> None:
        self.position = self.done = self.fetched = offset
        self.waiting.clear()

    def committed(self, offset: int) -> None:
        self.done = self.stored = offset


@dataclass(frozen=True, slots=True)
class Settled:
    """After a rebalance: ``kept`` go on as if nothing had been, ``lost`` are another's, ``new`` begin."""

    kept: frozenset[TopicPartition]
    lost: frozenset[TopicPartition]
    new: frozenset[TopicPartition]


def settled(
    held: Mapping[TopicPartition, Held],
    assigned: Collection[TopicPartition],
    committed: Mapping[TopicPartition, int],
) -> Settled:
    """What becomes of what is held.

    Every rebalance takes everything from everybody for a moment. A partition that comes back and whose committed offset
    is where we left it has been moved by nobody: what is in work of it stays valid. Else it begins anew.
    """
    kept = frozenset(source for source in assigned if source in held and held[source].stored == committed.get(source))
    return Settled(kept, frozenset(held) - kept, frozenset(assigned) - kept)


def give(held: Mapping[TopicPartition, Held], turn: int, max_records: int, max_bytes: int) -> list[RecordBatch]:
    """Of what waits, at most so much, but at least one record; begins with another partition at each ``turn``."""
    ready = sorted(source for source, one in held.items() if one.waiting and not one.paused)
    if not ready:
        return []
    turn %= len(ready)
    batches: list[RecordBatch] = []
    for source in ready[turn:] + ready[:turn]:
        one = held[source]
        waiting, taken = one.waiting, list[StoredRecord]()
        while waiting and max_records > 0:
            record, size = waiting[0]
            if size > max_bytes and (taken or batches):
                break
            waiting.popleft()
            taken.append(record)
            max_records -= 1
            max_bytes -= size
        if taken:
            one.position = taken[-1].offset + 1
            batches.append(RecordBatch(source.topic, source.partition, tuple(taken)))
        if max_records <= 0 or max_bytes <= 0:
            break
    return batches
