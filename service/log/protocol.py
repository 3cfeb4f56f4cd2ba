"""The durable log as everybody sees it: one protocol, shaped so that Kafka, one SQLite file and memory can all keep it.

Guarantees, held by tests/contract/log on every engine:

- an append returns when its records are durable; records with equal keys keep their order;
- delivery is at least once: only ``commit`` moves a group, and only to where it is told;
- a partition belongs to one member of a group at a time; after it has moved on, the old member's commit is ``Fenced``;
- a reader never skips what it has not been given: a position outside of what is kept raises ``OffsetOutOfRange``.

Where an append raises, nothing of it is acknowledged, and the caller does all of it again. The engines of one file and
of memory have stored nothing then. Kafka, without transactions, may have stored some of it: those records come twice,
under the ids that they have from their content, the second time in their whole order.

A member that was taken for dead learns of it late: until then it may still work on a partition that another one has.
Its commit is fenced, but what it has appended meanwhile stands. Who writes to a database fences there, by a
compare-and-swap on the next offset.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from service.log.records import OffsetRange, Position, Record, RecordBatch, StoredRecord, TopicPartition

POLL_RECORDS = 500
POLL_BYTES = 8 * 1024 * 1024


class Reader(Protocol):
    """One member of a consumer group. Poll from one task; commit, pause, resume and seek from any."""

    @property
    def group(self) -> str: ...

    @property
    def member(self) -> str: ...

    @property
    def assignment(self) -> frozenset[TopicPartition]:
        """What this member may read and commit, as of the last poll."""

    async def poll(
        self, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES, wait: float = 1.0
    ) -> list[RecordBatch]:
        """Records after the positions, at most one batch a partition; waits ``wait`` seconds for the first. Where
        brokers are asked, what is there may take a few polls to come.

        A poll is also the heartbeat: keep polling, with partitions paused, while work is in flight. A poll in which
        the assignment changes returns nothing, so that the caller can seek before it is given records. A partition that
        is to move to another member gives no more records, and moves once all that was polled is committed (or the
        rebalance timeout has passed). On Kafka all partitions stand still until then; those that stay go on as they
        were. At least one record is returned however large it is.
        """

    async def commit(self, positions: Mapping[TopicPartition, int]) -> None:
        """Durably: all before these offsets is done. All or nothing; Fenced when one of them is not ours any more."""

    async def append_and_commit(
        self, outputs: Mapping[str, Sequence[Record]], positions: Mapping[TopicPartition, int]
    ) -> list[Position]:
        """Append by topic and commit, as one transaction where the engine has one; else in this order: outputs may come
        twice then, never go missing."""

    def pause(self, sources: Collection[TopicPartition]) -> None:
        """Give no records of these until resumed; they stay assigned."""

    def resume(self, sources: Collection[TopicPartition]) -> None: ...

    def seek(self, source: TopicPartition, offset: int) -> None:
        """Read on from ``offset``. Fenced when it is not assigned."""

    def position(self, source: TopicPartition) -> int:
        """Offset of the next record that poll would give. Fenced when it is not assigned."""


class Log(Protocol):
    """An open log. Topics come into being when they are first named; an existing one keeps its partitions."""

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        """Topic → number of partitions, for those that do not exist yet."""

    async def topics(self) -> dict[str, int]:
        """Every topic and its number of partitions."""

    async def append(self, topic: str, records: Sequence[Record]) -> list[Position]:
        """Durable on return, in this order; where it raises, all of it again. Invalid: too large, or not text."""

    def reader(
        self, group: str, topics: Sequence[str], *, member: str | None = None
    ) -> AbstractAsyncContextManager[Reader]:
        """Join a group. A group that has committed nothing starts at the oldest record kept."""

    async def fetch(
        self, source: TopicPartition, offset: int, *, max_records: int = POLL_RECORDS, max_bytes: int = POLL_BYTES
    ) -> list[StoredRecord]:
        """Look without joining: records from ``offset`` on, or from the oldest kept when that is later."""

    async def offsets(self, topic: str) -> dict[TopicPartition, OffsetRange]:
        """What is kept, by partition; empty for an unknown topic."""

    async def committed(self, group: str, topic: str) -> dict[TopicPartition, int]:
        """Where a group stands, for partitions that it has committed."""


async def lag(log: Log, group: str, topic: str) -> dict[TopicPartition, int]:
    """Records that a group has still to do, by partition."""
    ranges, committed = await log.offsets(topic), await log.committed(group, topic)
    return {source: max(0, kept.end - max(committed.get(source, 0), kept.start)) for source, kept in ranges.items()}
