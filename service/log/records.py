"""What is in the log and where: records, positions, batches; which partition a key goes to; what is too big to take."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from service.errors import Invalid

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""Limit of one record: key, value and headers together."""
DEAD_EXTRA_BYTES = 64 * 1024
"""What a dead letter may have beyond that: the largest record must fit with its cause."""
MAX_APPEND_RECORDS = 10_000
"""Limit of one append."""
MAX_APPEND_BYTES = 64 * 1024 * 1024

# Kafka's own rule for topics; groups and members follow it, so that one name fits every engine.
_NAME = re.compile(r"[A-Za-z0-9._-]{1,249}")


@dataclass(frozen=True, slots=True, order=True)
class TopicPartition:
    topic: str
    partition: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """The place of one record."""

    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Record:
    """What is appended. Records with equal keys keep their order. ``timestamp``: aware, None = when it was appended."""

    key: str
    value: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    timestamp: datetime | None = None

    @property
    def size(self) -> int:
        """Bytes of payload; what an engine adds is not counted."""
        key = len(self.key) if self.key.isascii() else len(self.key.encode())
        if not self.headers:
            return key + len(self.value)
        headers = sum(len(name.encode()) + len(text.encode()) for name, text in self.headers.items())
        return key + len(self.value) + headers


class StoredRecord(NamedTuple):
    """A record in its place. A tuple, since tens of thousands are made a second."""

    topic: str
    partition: int
    offset: int
    key: str
    value: bytes
    headers: Mapping[str, str]
    milliseconds: int
    """Since 1970, not below 0: the finest that every engine keeps of its time."""

    @property
    def timestamp(self) -> datetime:
        """Aware, UTC; of a time beyond the year 9999 the end of that."""
        return _EPOCH + timedelta(milliseconds=min(self.milliseconds, _LATEST))


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Records of one partition, in offset order, at least one. Offsets may have gaps (retention, compaction)."""

    topic: str
    partition: int
    records: tuple[StoredRecord, ...]

    @property
    def source(self) -> TopicPartition:
        return TopicPartition(self.topic, self.partition)

    @property
    def first_offset(self) -> int:
        return self.records[0].offset

    @property
    def next_offset(self) -> int:
        """What to commit once every record here is done."""
        return self.records[-1].offset + 1


@dataclass(frozen=True, slots=True)
class OffsetRange:
    """``start``: the oldest record kept · ``end``: where the next one will go. Equal when nothing is kept."""

    start: int
    end: int


def partition_of(key: str, partitions: int) -> int:
    """Partition of a key among ``partitions``: the same in every process, release and engine (BLAKE2b, 8 bytes)."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % partitions


def checked_name(name: str, what: str) -> str:
    """``name`` if every engine can take it, else Invalid."""
    if not _NAME.fullmatch(name):
        raise Invalid(f"{what} {name!r}: 1 to 249 of A-Z a-z 0-9 . _ -")
    return name


def checked_records(topic: str, records: Sequence[Record]) -> int:
    """Bytes of the whole append, or Invalid where something cannot be stored as it is; nothing is stored then."""
    if len(records) > MAX_APPEND_RECORDS:
        raise Invalid(f"{topic}: {len(records)} records in one append, the limit is {MAX_APPEND_RECORDS}")
    limit = MAX_RECORD_BYTES + (DEAD_EXTRA_BYTES if topic.endswith(".dead") else 0)
    total = 0
    for record in records:
        try:
            size = record.size
        except UnicodeEncodeError as error:
            raise Invalid(f"{topic}: key or header of a record is not Unicode text ({error})") from error
        if size > limit:
            raise Invalid(f"{topic}: record {record.key[:80]!r} has {size} bytes, the limit is {limit}")
        if record.timestamp is not None and record.timestamp.tzinfo is None:
            raise Invalid(f"{topic}: record {record.key[:80]!r} has a timestamp without a time zone")
        total += size
    if total > MAX_APPEND_BYTES:
        raise Invalid(f"{topic}: {total} bytes in one append, the limit is {MAX_APPEND_BYTES}")
    return total


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)


def to_milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, by integers alone: floats lose the last one."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)
