"""Short looks into the file, in threads, each on its own connection: they never wait for the writer or it for them."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from service.log.embedded.file import as_failure, open_for_reading
from service.log.failures import LogClosed, OffsetOutOfRange
from service.log.records import OffsetRange, RecordBatch, StoredRecord, TopicPartition

T = TypeVar("T")

THREADS = 2


class Reads:
    """A few reading threads; connections are opened when first needed and again after an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="log-reader")
        self._mine = threading.local()
        self._open: set[sqlite3.Connection] = set()
        self._closed = False

    async def run(self, look: Callable[[sqlite3.Connection], T]) -> T:
        """``look`` in one read transaction: what it sees is one moment. Keep it short, the file grows meanwhile."""
        if self._closed:
            raise LogClosed("the log is closed")
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, look)

    def stop(self) -> None:
        self._closed = True

    def join(self) -> None:
        """Blocks: from another thread than the loop's."""
        self._pool.shutdown()
        for connection in self._open:
            connection.close()

    def _run(self, look: Callable[[sqlite3.Connection], T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = open_for_reading(self._path)
            self._open.add(connection)
        try:
            connection.execute("BEGIN")
            try:
                return look(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            self._open.discard(connection)
            self._mine.connection = None
            connection.close()
            raise as_failure(error, self._path) from error


def topics(db: sqlite3.Connection) -> dict[str, int]:
    return dict(db.execute("SELECT topic, count(*) FROM partitions GROUP BY topic ORDER BY topic").fetchall())


def offsets(db: sqlite3.Connection, topic: str | None = None) -> dict[TopicPartition, OffsetRange]:
    """What is kept of one topic, or of all."""
    rows = db.execute(
        "SELECT topic, partition, start, next FROM partitions WHERE ?1 IS NULL OR topic = ?1 ORDER BY topic, partition",
        (topic,),
    )
    return {TopicPartition(name, number): OffsetRange(start, end) for name, number, start, end in rows}


def committed(db: sqlite3.Connection, group: str, topic: str) -> dict[TopicPartition, int]:
    rows = db.execute(
        "SELECT p.partition, l.next FROM leases l JOIN partitions p ON p.id = l.partition_id"
        " WHERE l.grp = ? AND p.topic = ? AND l.next IS NOT NULL ORDER BY p.partition",
        (group, topic),
    )
    return {TopicPartition(topic, partition): offset for partition, offset in rows}


def fetch(
    db: sqlite3.Connection, source: TopicPartition, offset: int, max_records: int, max_bytes: int, *, first: bool = True
) -> tuple[list[StoredRecord], int]:
    """Records from ``offset`` on and their bytes. ``first``: at least one, even if it is larger than the limit."""
    rows = db.execute(
        "SELECT offset, at, size, key, headers, value FROM records WHERE offset >= ? AND partition_id ="
        " (SELECT id FROM partitions WHERE topic = ? AND partition = ?) ORDER BY offset LIMIT ?",
        (offset, source.topic, source.partition, max_records),
    )
    found: list[StoredRecord] = []
    total = 0
    for place, at, size, key, headers, value in rows:
        if total + size > max_bytes and (found or not first):
            break
        total += size
        found.append(StoredRecord(source.topic, source.partition, place, key, value, json.loads(headers), at))
    return found, total


def fetch_many(
    db: sqlite3.Connection, wanted: Sequence[tuple[TopicPartition, int]], max_records: int, max_bytes: int
) -> list[RecordBatch]:
    batches: list[RecordBatch] = []
    for source, offset in wanted:
        start, end = db.execute(
            "SELECT start, next FROM partitions WHERE topic = ? AND partition = ?", (source.topic, source.partition)
        ).fetchone()
        if not start <= offset <= end:
            raise OffsetOutOfRange(source, offset, OffsetRange(start, end))
        records, size = fetch(db, source, offset, max_records, max_bytes, first=not batches)
        if records:
            batches.append(RecordBatch(source.topic, source.partition, tuple(records)))
            max_records -= len(records)
            max_bytes -= size
        if max_records <= 0 or max_bytes <= 0 or (offset < end and not records):
            break
    return batches
