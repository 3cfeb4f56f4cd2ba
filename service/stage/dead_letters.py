"""Messages put aside: in ``<topic>.dead``, as they came, the cause in their headers; written and read back here."""

import re
import traceback
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from service.errors import Invalid, NotFound, Transient
from service.log import Log, Position, Record, StoredRecord, TopicPartition

SUFFIX = ".dead"
MARK = "replayed-letter"
"""Header of the record that says of a letter that it was replayed (see ``replay``)."""
MAX_ERROR = 2_000
"""Characters of a cause that are kept."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """``id``: its place, ``entries.dead/0/17`` · ``topic``, ``origin``: where it was · ``payload``: its bytes."""

    id: str
    topic: str
    stage: str
    error: str
    type: str
    attempts: int
    origin: Position
    first_seen_at: datetime
    at: datetime
    key: str
    payload: bytes
    headers: Mapping[str, str]
    """The record's own."""


def describe(error: BaseException) -> str:
    """One line: what happened, and where in our code when it was nothing foreseen."""
    line = " ".join(traceback.format_exception_only(error)[-1].split())
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno} in {frames[-1].name})" if frames else ""
    return (line + where)[:MAX_ERROR]


def reason_of(error: Exception, *, readable: bool) -> str:
    """One of ``metrics.DEAD_REASONS``. ``readable``: the record was a message of its topic."""
    if not readable:
        return "undecodable"
    if isinstance(error, Transient):
        return "exhausted"
    return "invalid" if isinstance(error, Invalid) else "crashed"


def dead_letter(
    record: StoredRecord,
    error: BaseException,
    *,
    stage: str,
    attempts: int,
    foreseen: bool,
    seen: datetime | None = None,
) -> Record:
    """The record to append to ``<topic>.dead``.

    ``foreseen``: the error's own words suffice, else its place is told too · ``seen``: when the message was first seen,
    None where that cannot be read.
    """
    cause = {
        "dead-stage": stage,
        "dead-error": _printable(str(error)[:MAX_ERROR] if foreseen else describe(error)),
        "dead-type": type(error).__name__,
        "dead-attempts": str(attempts),
        "dead-origin": f"{record.topic}/{record.partition}/{record.offset}",
        "dead-first-seen": (seen or record.timestamp).isoformat(),
        "dead-at": datetime.now(UTC).isoformat(),
    }
    return Record(record.key, record.value, {**record.headers, **cause})


def _printable(text: str) -> str:
    # An error may quote the very bytes that were no text.
    return text.encode("utf-8", "backslashreplace").decode()


async def read_dead_letters(log: Log, topic: str | None = None) -> AsyncIterator[DeadLetter]:
    """All of them, or those that came from ``topic``; by topic and partition, oldest first. A read-only log will do."""
    async for record in dead_records(log, topic):
        if MARK not in record.headers:
            yield _read(record)


async def dead_records(log: Log, topic: str | None = None) -> AsyncIterator[StoredRecord]:
    """Everything in the dead topics, or in that of ``topic``: the letters, and the marks of those replayed."""
    wanted = None if topic is None else topic.removesuffix(SUFFIX) + SUFFIX
    for name in await log.topics():
        if not name.endswith(SUFFIX) or (wanted is not None and name != wanted):
            continue
        for source, kept in (await log.offsets(name)).items():
            offset = kept.start
            while offset < kept.end and (records := await log.fetch(source, offset, max_records=100)):
                for record in records:
                    yield record
                offset = records[-1].offset + 1


async def find_dead_letter(log: Log, identity: str) -> DeadLetter:
    """The one with this id; NotFound when there is none (any more)."""
    if match := re.fullmatch(r"(.+\.dead)/(\d{1,9})/(\d{1,18})", identity):
        source, offset = TopicPartition(match[1], int(match[2])), int(match[3])
        for record in await log.fetch(source, offset, max_records=1):
            if record.offset == offset and MARK not in record.headers:
                return _read(record)
    raise NotFound(f"no dead letter {identity}; wirewatch dlq list shows those there are")


def _read(record: StoredRecord) -> DeadLetter:
    headers = dict(record.headers)

    def taken(name: str, otherwise: str) -> str:
        return headers.pop(f"dead-{name}", otherwise)

    # A record put here by other hands lacks these headers and is shown all the same.
    here = f"{record.topic}/{record.partition}/{record.offset}"
    topic, partition, offset = taken("origin", here).rsplit("/", 2)
    return DeadLetter(
        id=here,
        topic=topic,
        stage=taken("stage", "?"),
        error=taken("error", "?"),
        type=taken("type", "?"),
        attempts=int(taken("attempts", "0")),
        origin=Position(topic, int(partition), int(offset)),
        first_seen_at=datetime.fromisoformat(taken("first-seen", record.timestamp.isoformat())),
        at=datetime.fromisoformat(taken("at", record.timestamp.isoformat())),
        key=record.key,
        payload=record.value,
        headers=headers,
    )
