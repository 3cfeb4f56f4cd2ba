"""The durable log through which stages meet: partitioned, replayable, with consumer groups.

In: records, by topic and key. Out: batches, in order within a partition, as often as needed until committed. Engines:
``embedded:`` one SQLite file in the data folder (the default), ``memory:`` the model that tests compare with. Begin
with ``protocol``; ``open_log`` gives one.
"""

from service.log.engines import check_log, open_configured_log, open_log, retention
from service.log.failures import Fenced, LogClosed, LogDamaged, LogStuck, LogUnavailable, OffsetOutOfRange
from service.log.protocol import Log, Reader, lag
from service.log.records import (
    OffsetRange,
    Position,
    Record,
    RecordBatch,
    StoredRecord,
    TopicPartition,
    checked_records,
    partition_of,
)
from service.log.retention import Retention

__all__ = [
    "Fenced",
    "Log",
    "LogClosed",
    "LogDamaged",
    "LogStuck",
    "LogUnavailable",
    "OffsetOutOfRange",
    "OffsetRange",
    "Position",
    "Reader",
    "Record",
    "RecordBatch",
    "Retention",
    "StoredRecord",
    "TopicPartition",
    "check_log",
    "checked_records",
    "lag",
    "open_configured_log",
    "open_log",
    "partition_of",
    "retention",
]
