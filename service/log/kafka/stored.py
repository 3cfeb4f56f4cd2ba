"""From what the client gives to what we give."""

from collections.abc import Mapping
from types import MappingProxyType

from aiokafka import ConsumerRecord

from service.log.records import StoredRecord

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
"""Headers of most records."""


def stored(record: ConsumerRecord, topic: str) -> StoredRecord:
    """``topic``: by our name. A record that other hands wrote may lack a key or a value, and its text may be none."""
    key, headers = record.key, record.headers
    return StoredRecord(
        topic,
        record.partition,
        record.offset,
        key.decode(errors="replace") if key else "",
        record.value or b"",
        {name: (value or b"").decode(errors="replace") for name, value in headers} if headers else NO_HEADERS,
        max(0, record.timestamp),
    )


def size_of(record: ConsumerRecord) -> int:
    """Bytes, as ``Record.size`` counts them."""
    size = len(record.key or b"") + len(record.value or b"")
    if record.headers:
        size += sum(len(name.encode()) + len(value or b"") for name, value in record.headers)
    return size
