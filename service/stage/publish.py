"""What of a batch may go out: in order for each key, and how far the commit may move. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from service.errors import Invalid
from service.log import Record, StoredRecord, checked_records
from service.stage.contract import Done, Outcome

CHUNK_RECORDS = 2_000
CHUNK_BYTES = 32 * 1024 * 1024
"""Limits of one append; a larger batch goes out in several, the last one with the commit."""


@dataclass(slots=True, kw_only=True)
class Publishable:
    """An input with its outputs; ``published`` once these are durable."""

    record: StoredRecord
    outcome: Outcome | None = None
    outputs: list[Record] = field(default_factory=list)
    published: bool = False


P = TypeVar("P", bound=Publishable)


def records_of(record: StoredRecord, done: Done, topic: str | None) -> list[Record]:
    """Outputs as records under the input's key, so that their order follows it. Invalid if the log cannot take them."""
    if topic is None and done.outputs:
        raise Invalid("the stage has outputs but no topic for them")
    records = [
        Record(record.key, output.to_json(), {"traceparent": output.traceparent} if output.traceparent else {})
        for output in done.outputs
    ]
    checked_records(topic or "", records)
    return records


def ready(items: Sequence[P], next_offset: int) -> tuple[list[P], int]:
    """Those that may go out now, and the offset before which everything is out then.

    An item waits while an earlier one of its key has no outcome yet; other keys pass it by.
    """
    waiting: set[str] = set()
    going = []
    offset = next_offset
    for item in items:
        if item.published:
            continue
        if item.outcome is None or item.record.key in waiting:
            waiting.add(item.record.key)
            offset = min(offset, item.record.offset)
        else:
            going.append(item)
    return going, offset


def chunks(items: Sequence[Publishable]) -> Iterator[list[Record]]:
    """All outputs in order, in lists that one append takes; at least one list."""
    chunk: list[Record] = []
    size = 0
    for item in items:
        for record in item.outputs:
            if chunk and (len(chunk) >= CHUNK_RECORDS or size + record.size > CHUNK_BYTES):
                yield chunk
                chunk, size = [], 0
            chunk.append(record)
            size += record.size
    yield chunk
