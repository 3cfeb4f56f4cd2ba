"""From what the client gives to what we give."""

from aiokafka import ConsumerRecord

from service.log.records import StoredRecord, from_milliseconds


def stored(record: ConsumerRecord, prefix: str) -> StoredRecord:
    """A record that other hands wrote may lack a key or a value, and its text may be none."""
    return StoredRecord(
        record.topic.removeprefix(prefix),
        record.partition,
        record.offset,
        (record.key or b"").decode(errors="replace"),
        record.value or b"",
        {name: (value or b"").decode(errors="replace") for name, value in record.headers},
        from_milliseconds(max(0, record.timestamp)),
    )
