"""What the writer does within its transaction. Each checks first and then writes; each runs in the writer's thread."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from service.log.failures import Fenced
from service.log.group_reader import Commit, Lease
from service.log.records import Position, Record, TopicPartition, partition_of, to_milliseconds
from service.log.retention import CHUNK, Aged, Expired, Retention, expired


@dataclass(frozen=True, slots=True)
class Rows:
    """An append made ready by its caller: the writer only writes. ``columns``: at, size, key, headers, value."""

    topic: str
    partitions: tuple[int, ...]
    columns: tuple[tuple[int, int, str, str, bytes], ...]


def rows_of(topic: str, records: Sequence[Record], partitions: int, now: int) -> Rows:
    """``now``: Unix milliseconds for records that have no time of their own."""
    columns = tuple(
        (
            now if record.timestamp is None else to_milliseconds(record.timestamp),
            record.size,
            record.key,
            json.dumps(dict(record.headers), ensure_ascii=False) if record.headers else "{}",
            record.value,
        )
        for record in records
    )
    return Rows(topic, tuple(partition_of(record.key, partitions) for record in records), columns)


def create_topics(db: sqlite3.Connection, topics: Mapping[str, int]) -> None:
    for topic, partitions in topics.items():
        if db.execute("SELECT 1 FROM partitions WHERE topic = ?", (topic,)).fetchone() is None:
            numbered = [(topic, number) for number in range(partitions)]
            db.executemany("INSERT INTO partitions (topic, partition) VALUES (?, ?)", numbered)


def append(db: sqlite3.Connection, rows: Rows) -> list[Position]:
    """Gap-free offsets: the counter moves in the same transaction as the records."""
    heads: dict[int, tuple[int, int]] = {}
    for partition in dict.fromkeys(rows.partitions):
        sizes = [column[1] for number, column in zip(rows.partitions, rows.columns, strict=True) if number == partition]
        found = db.execute(
            "UPDATE partitions SET next = next + ?, bytes = bytes + ? WHERE topic = ? AND partition = ?"
            " RETURNING id, next",
            (len(sizes), sum(sizes), rows.topic, partition),
        ).fetchone()
        heads[partition] = (found[0], found[1] - len(sizes))
    inserts, places = [], []
    for partition, column in zip(rows.partitions, rows.columns, strict=True):
        identity, offset = heads[partition]
        heads[partition] = (identity, offset + 1)
        inserts.append((identity, offset, *column))
        places.append(Position(rows.topic, partition, offset))
    db.executemany(
        "INSERT INTO records (partition_id, offset, at, size, key, headers, value) VALUES (?, ?, ?, ?, ?, ?, ?)",
        inserts,
    )
    return places


def acquire(
    db: sqlite3.Connection, group: str, member: str, sources: Collection[TopicPartition]
) -> dict[TopicPartition, Lease]:
    leases = {}
    for source in sources:
        identity, start = db.execute(
            "SELECT id, start FROM partitions WHERE topic = ? AND partition = ?", (source.topic, source.partition)
        ).fetchone()
        epoch, committed = db.execute(
            "INSERT INTO leases (grp, partition_id, owner, epoch) VALUES (?, ?, ?, 1) ON CONFLICT (grp, partition_id)"
            " DO UPDATE SET owner = excluded.owner, epoch = leases.epoch + 1 RETURNING epoch, next",
            (group, identity, member),
        ).fetchone()
        leases[source] = Lease(epoch, start if committed is None else committed)
    return leases


def commit(
    db: sqlite3.Connection, group: str, commits: Mapping[TopicPartition, Commit], outputs: Sequence[Rows]
) -> list[Position]:
    """All or nothing: the caller's savepoint takes back what was written before a Fenced."""
    for source, to in commits.items():
        done = db.execute(
            "UPDATE leases SET next = ? WHERE grp = ? AND epoch = ?"
            " AND partition_id = (SELECT id FROM partitions WHERE topic = ? AND partition = ?)",
            (to.offset, group, to.epoch, source.topic, source.partition),
        )
        if done.rowcount == 0:
            raise Fenced(f"{source}: another member of group {group} has it now")
    return [place for rows in outputs for place in append(db, rows)]


def sweep(db: sqlite3.Connection, source: TopicPartition, retention: Retention, now: int) -> Expired:
    """Remove one chunk of what retention does not keep. ``now``: Unix milliseconds."""
    identity, kept_bytes = db.execute(
        "SELECT id, (SELECT sum(bytes) FROM partitions WHERE topic = p.topic) FROM partitions p"
        " WHERE topic = ? AND partition = ?",
        (source.topic, source.partition),
    ).fetchone()
    needed = db.execute("SELECT min(coalesce(next, 0)) FROM leases WHERE partition_id = ?", (identity,)).fetchone()[0]
    oldest = db.execute(
        "SELECT offset, at, size FROM records WHERE partition_id = ? ORDER BY offset LIMIT ?", (identity, CHUNK)
    )
    done = expired(
        [Aged(*row) for row in oldest],
        topic=source.topic,
        kept_bytes=kept_bytes,
        needed=needed,
        now=now,
        retention=retention,
    )
    if done.count:
        start = db.execute(
            "UPDATE partitions SET start = start + ?, bytes = bytes - ? WHERE id = ? RETURNING start",
            (done.count, done.size, identity),
        ).fetchone()[0]
        db.execute("DELETE FROM records WHERE partition_id = ? AND offset < ?", (identity, start))
    return done
