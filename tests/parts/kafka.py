"""A real Kafka on loopback: KRaft brokers from Maven Central's jars, one or three, their data in a scratch folder."""

import base64
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.parts import reaper
from tests.parts.jars import java, kafka_jars
from tests.parts.kafka_node import Node, PortTaken
from tests.parts.ports import free_ports

NEWEST, OLDEST = "4.3.1", "3.9.1"
TRIES = 5

Advertised = Callable[[int, int], str]
"""(index of a node, its port) → the "host:port" that clients are told; for something that stands between."""


@dataclass(frozen=True)
class Cluster:
    """``bootstrap``: the addresses for clients, "127.0.0.1:p,…" """

    version: str
    bootstrap: str
    nodes: tuple[Node, ...]

    def url(self, prefix: str = "") -> str:
        """As the setting log.url takes it."""
        return f"kafka://{self.bootstrap}" + (f"/{prefix}" if prefix else "")

    def fresh_url(self) -> str:
        """One whose topics and groups nobody else has."""
        return self.url(f"t{uuid.uuid4().hex[:10]}")

    def wait_ready(self) -> None:
        """Until every node answers and knows all the others."""
        for node in self.nodes:
            node.wait_ready(len(self.nodes))


@contextmanager
def kafka(
    version: str = NEWEST,
    nodes: int = 1,
    *,
    advertised: Advertised | None = None,
    properties: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """A running cluster. MissingPart without Java or Maven. ``properties`` are added to each server's own.

    Topics without a replication factor of their own get one of min(3, nodes), and need two in-sync replicas of three.
    """
    java()
    jars = kafka_jars(version)
    for attempt in range(TRIES):
        folder = Path(tempfile.mkdtemp(prefix="wirewatch-kafka-"))
        reaper.made(folder)
        cluster = None
        try:
            cluster = _prepare(folder, jars, version, nodes, advertised, properties or {})
            for node in cluster.nodes:
                node.start()
            try:
                cluster.wait_ready()
            except PortTaken:
                if attempt == TRIES - 1:
                    raise
                continue
            yield cluster
            return
        finally:
            for node in cluster.nodes if cluster else ():
                node.kill()
            shutil.rmtree(folder, ignore_errors=True)
            reaper.removed(folder)


def _prepare(
    folder: Path, jars: Path, version: str, count: int, advertised: Advertised | None, more: Mapping[str, str]
) -> Cluster:
    ports = free_ports(3 * count)
    clients, between, controllers = ports[:count], ports[count : 2 * count], ports[2 * count :]
    voters = ",".join(f"{index + 1}@127.0.0.1:{port}" for index, port in enumerate(controllers))
    told = [advertised(index, port) if advertised else f"127.0.0.1:{port}" for index, port in enumerate(clients)]
    built = []
    for index in range(count):
        place = folder / f"node{index + 1}"
        own = {
            "node.id": str(index + 1),
            "controller.quorum.voters": voters,
            "listeners": f"CLIENT://127.0.0.1:{clients[index]},BETWEEN://127.0.0.1:{between[index]},"
            f"CONTROLLER://127.0.0.1:{controllers[index]}",
            "advertised.listeners": f"CLIENT://{told[index]},BETWEEN://127.0.0.1:{between[index]}",
            "log.dirs": str(place / "data"),
        }
        settings = {**_settings(version, count), **own, **more}
        built.append(Node(index + 1, place, jars, 384 if count == 1 else 288, clients[index], settings))
    # One that does not begin with a dash, which the tool would take for an option.
    cluster_id = base64.urlsafe_b64encode(b"w" + uuid.uuid4().bytes[1:]).decode().rstrip("=")
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda node: node.format(cluster_id), built))
    return Cluster(version, ",".join(told), tuple(built))


def _settings(version: str, count: int) -> dict[str, str]:
    """Small, quick to notice a death, and as strict about what is durable as production."""
    copies, in_sync = str(min(3, count)), "2" if count >= 3 else "1"
    settings = {
        "process.roles": "broker,controller",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "BETWEEN",
        "listener.security.protocol.map": "CLIENT:PLAINTEXT,BETWEEN:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "auto.create.topics.enable": "false",
        "num.partitions": "4",
        "default.replication.factor": copies,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": in_sync,
        "transaction.state.log.num.partitions": "4",
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        "broker.session.timeout.ms": "5000",
        "broker.heartbeat.interval.ms": "1000",
        "num.network.threads": "2",
        "num.io.threads": "2",
        "log.segment.bytes": "16777216",
        "log.cleaner.dedupe.buffer.size": "4194304",
    }
    if not version.startswith("3."):
        settings |= {
            "share.coordinator.state.topic.replication.factor": copies,
            "share.coordinator.state.topic.min.isr": in_sync,
        }
    return settings
