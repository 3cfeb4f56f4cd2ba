"""What the clients are made with: this client's own defaults lose records, skip them, or commit by themselves."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition

from service.errors import WirewatchError
from service.log import Record
from service.log.kafka import cluster, membership, producer
from service.log.kafka.connection import connection
from service.settings import LogSettings

NOBODY = LogSettings(url="kafka://127.0.0.1:1", request_timeout=1, create_topics=False)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, Any]]]:
    """Arguments of every client, by its class; the clients are the real ones."""
    found: dict[str, list[dict[str, Any]]] = {"AIOKafkaProducer": [], "AIOKafkaConsumer": []}
    for module in (producer, membership, cluster):
        for name, seen in found.items():
            if (real := getattr(module, name, None)) is not None:

                def record(*words: Any, _real: Any = real, _seen: list[dict[str, Any]] = seen, **arguments: Any) -> Any:
                    _seen.append(arguments)
                    return _real(*words, **arguments)

                monkeypatch.setattr(module, name, record)
    return found


async def test_a_producer_waits_for_all_replicas_and_numbers_its_batches(
    made: dict[str, list[dict[str, Any]]],
) -> None:
    made_one = producer.Producer(connection(NOBODY), "test")
    with pytest.raises(WirewatchError):
        await made_one.append("t", 1, [Record("k", b"v")], 1)
    await made_one.close()
    (arguments,) = made["AIOKafkaProducer"]
    assert arguments["acks"] == "all"
    assert arguments["enable_idempotence"] is True
    assert arguments["max_batch_size"] >= 256 * 1024
    assert arguments["compression_type"] == "zstd"
    assert "transactional_id" not in arguments, "transactions of this client lose, tear and repeat; there are none"


async def test_a_reader_commits_only_what_it_is_told_and_begins_at_the_oldest(
    made: dict[str, list[dict[str, Any]]],
) -> None:
    member = membership.Membership(
        connection(NOBODY),
        cluster.Cluster(connection(NOBODY), "test"),
        "g",
        frozenset(["t"]),
        "test",
        lambda: (),
        lambda: True,
        lambda: None,
    )
    await member.stop(graceful=False)
    (arguments,) = made["AIOKafkaConsumer"]
    assert arguments["enable_auto_commit"] is False
    assert arguments["auto_offset_reset"] in ("none", "earliest")
    assert arguments["session_timeout_ms"] == 30_000
    assert arguments["heartbeat_interval_ms"] * 3 <= arguments["session_timeout_ms"]
    assert arguments["max_poll_interval_ms"] > arguments["session_timeout_ms"]
    assert arguments["rebalance_timeout_ms"] <= arguments["session_timeout_ms"]
    assert arguments["max_poll_records"], "without a limit one poll may bring everything"
    assert arguments["isolation_level"] == "read_committed", "what another's transaction takes back is not read"


async def test_who_only_looks_begins_at_the_oldest_and_commits_nothing(made: dict[str, list[dict[str, Any]]]) -> None:
    looking = cluster.Cluster(connection(NOBODY), "test")
    with pytest.raises(WirewatchError):
        await looking.offsets([TopicPartition("t", 0)])
    await looking.close()
    (arguments,) = made["AIOKafkaConsumer"]
    assert arguments["group_id"] is None
    assert arguments["enable_auto_commit"] is False
    assert arguments["auto_offset_reset"] == "earliest"
    assert arguments["isolation_level"] == "read_committed"


def test_no_older_client_is_allowed() -> None:
    """Before 0.14 a coordinator that is lost in a transaction or a rebalance is looked for without end."""
    project = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text())
    (needed,) = [line for line in project["project"]["dependencies"] if line.startswith("aiokafka")]
    assert needed.startswith("aiokafka>=0.14")
