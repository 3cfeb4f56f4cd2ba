"""From what the client gives to what we give."""

from collections.abc import Mapping
from types import MappingProxyType

from aiokafka import ConsumerRecord

from service.log.records import StoredRecord

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
"""Headers of most records."""


def stored(record: ConsumerRecord, topic: str) -> StoredRecord:
    """``topic``: by our name. A record that other hands wrote may lack a key or a value, and its text may be none."""
    key, headers, at = record.key, record.headers, record.timestamp
    told = {name: (value or b"").decode("utf-8", "replace") for name, value in headers} if headers else NO_HEADERS
    # Not by the class itself, which calls this and takes as long again: every record that is read comes by here.
    return tuple.__new__(
        StoredRecord,
        (
            topic,
            record.partition,
            record.offset,
            key.decode("utf-8", "replace") if key else "",
            record.value or b"",
            told,
            at if at > 0 else 0,
        ),
    )


def size_of(record: ConsumerRecord) -> int:
    """Bytes, as ``Record.size`` counts them."""
    key, value = record.key, record.value
    size = (len(key) if key else 0) + (len(value) if value else 0)
    if record.headers:
        size += sum(len(name.encode()) + len(value or b"") for name, value in record.headers)
    return size
