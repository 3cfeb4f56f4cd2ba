"""librdkafka's mock cluster as a fault injector: brokers in this process that answer what they are told to.

It speaks the protocol well enough for real clients, keeps records in memory, and gives errors on request. It fences
nobody and tells duplicates from nothing, so what must hold against a true broker is tested against one. The functions
are those of ``rdkafka_mock.h``, exported by the library that confluent-kafka brings.
"""

import ctypes
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any

from tests.parts.missing import MissingPart

PRODUCER = 0


class Api(IntEnum):
    """Requests by their number in the protocol (https://kafka.apache.org/protocol#protocol_api_keys)."""

    PRODUCE = 0
    FETCH = 1
    LIST_OFFSETS = 2
    METADATA = 3
    OFFSET_COMMIT = 8
    OFFSET_FETCH = 9
    FIND_COORDINATOR = 10
    JOIN_GROUP = 11
    HEARTBEAT = 12
    SYNC_GROUP = 14
    INIT_PRODUCER_ID = 22


class Error(IntEnum):
    """What may be answered (https://kafka.apache.org/protocol#protocol_error_codes)."""

    TRANSPORT = -195
    """The connection is closed instead of an answer."""
    NONE = 0
    OFFSET_OUT_OF_RANGE = 1
    NOT_LEADER = 6
    REQUEST_TIMED_OUT = 7
    MESSAGE_TOO_LARGE = 10
    COORDINATOR_LOADING = 14
    COORDINATOR_NOT_AVAILABLE = 15
    NOT_COORDINATOR = 16
    NOT_ENOUGH_REPLICAS = 19
    NOT_ENOUGH_REPLICAS_AFTER_APPEND = 20
    ILLEGAL_GENERATION = 22
    UNKNOWN_MEMBER = 25
    REBALANCE_IN_PROGRESS = 27
    OUT_OF_ORDER_SEQUENCE = 45
    UNKNOWN_PRODUCER = 59
    INVALID_RECORD = 87


GROUP_WAITS = 200
"""Milliseconds for which a group that begins waits for more members; 3,000 by default."""


class MockCluster:
    """``with mock_cluster() as cluster``: brokers 1 to n at ``bootstrap``."""

    def __init__(self, library: ctypes.CDLL, cluster: int, brokers: int) -> None:
        self._library, self._cluster, self.brokers = library, ctypes.c_void_p(cluster), brokers
        self.bootstrap = library.rd_kafka_mock_cluster_bootstraps(self._cluster).decode()

    def url(self, prefix: str = "") -> str:
        return f"kafka://{self.bootstrap}" + (f"/{prefix}" if prefix else "")

    def create_topic(self, name: str, partitions: int = 4) -> None:
        self._checked("topic_create", name.encode(), partitions, 1)

    def fail(self, api: Api, *errors: Error) -> None:
        """The next requests of this kind, at any broker, are answered so, each error once."""
        codes = (ctypes.c_int * len(errors))(*errors)
        self._function("push_request_errors_array")(self._cluster, ctypes.c_int16(api), len(errors), codes)

    def answer_late(self, broker: int, api: Api, *answers: tuple[Error, float]) -> None:
        """The next requests at one broker: (error, seconds until the answer). Without an error the request is done."""
        words: list[Any] = []
        for error, seconds in answers:
            words += [ctypes.c_int(error), ctypes.c_int(int(seconds * 1000))]
        self._checked("broker_push_request_error_rtts", broker, ctypes.c_int16(api), len(answers), *words)

    def forgive(self, api: Api) -> None:
        """What was to fail and has not yet does not."""
        self._function("clear_request_errors")(self._cluster, ctypes.c_int16(api))

    def down(self, broker: int = 1) -> None:
        """Its connections end, nobody listens."""
        self._checked("broker_set_down", broker)

    def up(self, broker: int = 1) -> None:
        self._checked("broker_set_up", broker)

    def latency(self, seconds: float, broker: int = 1) -> None:
        """Of every answer."""
        self._checked("broker_set_rtt", broker, int(seconds * 1000))

    def move_leader(self, topic: str, partition: int, broker: int) -> None:
        self._checked("partition_set_leader", topic.encode(), partition, broker)

    def move_group(self, group: str, broker: int) -> None:
        """Another broker coordinates the group."""
        self._checked("coordinator_set", b"group", group.encode(), broker)

    def drop_records(self, topic: str, partition: int, before: int) -> None:
        """As retention does."""
        self._checked("partition_delete_records", topic.encode(), partition, ctypes.c_int64(before))

    def _function(self, name: str) -> Any:
        return getattr(self._library, f"rd_kafka_mock_{name}")

    def _checked(self, name: str, *words: Any) -> None:
        if code := self._function(name)(self._cluster, *words):
            raise RuntimeError(f"rd_kafka_mock_{name}{words}: {self._library.rd_kafka_err2name(code).decode()}")


@contextmanager
def mock_cluster(brokers: int = 1) -> Iterator[MockCluster]:
    """MissingPart without confluent-kafka."""
    library = _load()
    why = ctypes.create_string_buffer(512)
    handle = library.rd_kafka_new(PRODUCER, library.rd_kafka_conf_new(), why, len(why))
    if not handle:
        raise RuntimeError(f"librdkafka: {why.value.decode()}")
    cluster = library.rd_kafka_mock_cluster_new(ctypes.c_void_p(handle), brokers)
    library.rd_kafka_mock_group_initial_rebalance_delay_ms(ctypes.c_void_p(cluster), GROUP_WAITS)
    try:
        yield MockCluster(library, cluster, brokers)
    finally:
        library.rd_kafka_mock_cluster_destroy(ctypes.c_void_p(cluster))
        library.rd_kafka_destroy(ctypes.c_void_p(handle))


def _load() -> ctypes.CDLL:
    found = importlib.util.find_spec("confluent_kafka")
    if found is None or found.origin is None:
        raise MissingPart("confluent-kafka is not installed: it brings the mock cluster")
    import confluent_kafka  # noqa: F401 - loads the library with all that it needs itself

    files = list(Path(found.origin).parent.parent.glob("confluent_kafka.libs/librdkafka-*"))
    if not files:
        raise MissingPart("confluent-kafka has no librdkafka of its own here")
    library = ctypes.CDLL(str(files[0]))
    library.rd_kafka_conf_new.restype = ctypes.c_void_p
    library.rd_kafka_new.restype = ctypes.c_void_p
    library.rd_kafka_new.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
    library.rd_kafka_err2name.restype = ctypes.c_char_p
    library.rd_kafka_mock_cluster_new.restype = ctypes.c_void_p
    library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p
    library.rd_kafka_mock_push_request_errors_array.argtypes = [
        ctypes.c_void_p,
        ctypes.c_int16,
        ctypes.c_size_t,
        ctypes.c_void_p,
    ]
    library.rd_kafka_mock_push_request_errors_array.restype = None
    return library
