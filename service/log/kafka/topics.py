"""How topics should be, and what differs from it. Pure: no brokers here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from service.log.kafka.connection import Connection
from service.log.kafka.producer import MAX_REQUEST_BYTES
from service.log.retention import Retention

SEGMENTS = 4
"""Files that a partition's limit is made of: brokers remove whole files only."""
MIN_SEGMENT, MAX_SEGMENT = 32 * 1024 * 1024, 1024 * 1024 * 1024
"""Bytes; at least the largest record, at most Kafka's own default."""
PARTITIONS = "partitions"
TOPIC = "topic"
"""What differs where the whole topic is missing."""
FOR_EVER = str(2**63 - 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A topic as it should be; ``name`` as the brokers have it."""

    name: str
    partitions: int
    replication: int
    config: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A topic as it is. ``replication``: of its worst partition · ``own``: what of ``config`` is set on the topic."""

    name: str
    partitions: int
    replication: int
    config: Mapping[str, str]
    own: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """``remedy``: what a person has to do where ``topics apply`` does not."""

    topic: str
    what: str
    found: str
    wanted: str
    remedy: str | None = None

    def __str__(self) -> str:
        if self.what == TOPIC:
            return f"{self.topic}: is missing, should be there with {self.wanted}"
        line = f"{self.topic}: {self.what} is {self.found}, should be {self.wanted}"
        return f"{line}; {self.remedy}" if self.remedy else line


def wanted(topic: str, partitions: int, retention: Retention, connection: Connection, brokers: int) -> Wanted:
    """``topic``: as wirewatch calls it · ``brokers``: how many there are.

    Kafka removes by age and size whether or not a group has read; so a topic's limit here is the hard one.
    """
    replication = connection.replication or max(1, min(3, brokers))
    insync = connection.min_insync or (2 if replication >= 3 else 1)
    kept = max(MIN_SEGMENT * SEGMENTS, retention.hard_size // partitions)
    config = {
        "cleanup.policy": "delete",
        "compression.type": "producer",
        "max.message.bytes": str(MAX_REQUEST_BYTES),
        # A clock that jumps, ours or a broker's, must not have records refused.
        "message.timestamp.after.max.ms": FOR_EVER,
        "message.timestamp.before.max.ms": FOR_EVER,
        "message.timestamp.type": "CreateTime",
        "min.insync.replicas": str(insync),
        "retention.bytes": str(kept),
        "retention.ms": str(int(retention.age_of(topic) * 1000)),
        "segment.bytes": str(min(MAX_SEGMENT, max(MIN_SEGMENT, kept // SEGMENTS))),
        "unclean.leader.election.enable": "false",
    }
    return Wanted(connection.prefix + topic, partitions, replication, config)


def differences(wanted: Wanted, found: Found | None) -> list[Difference]:
    """In reading order; none when all is well. More partitions or copies than wanted are well."""
    if found is None:
        return [Difference(wanted.name, TOPIC, "missing", f"{wanted.partitions} partitions")]
    differing = []
    if found.partitions < wanted.partitions:
        differing.append(
            Difference(
                wanted.name, PARTITIONS, str(found.partitions), str(wanted.partitions),
                "with more of them keys move (`wirewatch topics apply --add-partitions`)",
            )
        )  # fmt: skip
    if found.replication < wanted.replication:
        differing.append(
            Difference(
                wanted.name, "replication", str(found.replication), str(wanted.replication),
                "copies are added with kafka-reassign-partitions",
            )
        )  # fmt: skip
    differing += [
        Difference(wanted.name, key, found.config.get(key, "unknown to the brokers"), value)
        for key, value in wanted.config.items()
        if key in found.config and found.config[key] != value
    ]
    return differing


def repaired(wanted: Wanted, found: Found) -> dict[str, str]:
    """The topic's own configuration after the repair: this client can only set all of it, so the rest is kept."""
    return {**found.own, **{key: value for key, value in wanted.config.items() if key in found.config}}


def brokers_matter(config: Mapping[str, str]) -> Collection[str]:
    """What of the brokers' own configuration puts topics at risk, one line each."""
    if config.get("auto.create.topics.enable") == "true":
        return [
            "auto.create.topics.enable is true on the brokers: a topic that is deleted comes back with one "
            "partition and the brokers' limits; set it to false"
        ]
    return []
