"""Which member gets which partition: even to one, moving no more than that needs; the rule of ``service.log.groups``.

aiokafka's own sticky assignor keeps its memory on the class, for all groups of a process together. Members tell what
they hold in their request to join; one of them, chosen by the brokers, deals out.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from aiokafka import TopicPartition as Place
from aiokafka.coordinator.assignors.abstract import AbstractPartitionAssignor
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment, ConsumerProtocolMemberMetadata

from service.log.groups import assign
from service.log.records import TopicPartition

VERSION = 0
MAX_TOLD = 100_000
"""Bytes that a member may tell of what it holds; more is not ours."""


class Assignor(AbstractPartitionAssignor):  # type: ignore[misc]
    """One for each member. ``holds``: what it has now and may go on with."""

    name = "wirewatch"

    def __init__(self, holds: Callable[[], Collection[Place]]) -> None:
        self._holds = holds

    def metadata(self, topics: Iterable[str]) -> ConsumerProtocolMemberMetadata:
        held = json.dumps(sorted([place.topic, place.partition] for place in self._holds()))
        return ConsumerProtocolMemberMetadata(VERSION, list(topics), held.encode())

    def assign(
        self, cluster: Any, members: Mapping[str, ConsumerProtocolMemberMetadata]
    ) -> dict[str, ConsumerProtocolMemberAssignment]:
        topics = {member: frozenset(told.subscription) for member, told in members.items()}
        partitions = {
            topic: len(cluster.partitions_for_topic(topic) or ()) for topic in frozenset[str]().union(*topics.values())
        }
        dealt = assign(topics, partitions, holders({member: told.user_data for member, told in members.items()}))
        given: dict[str, dict[str, list[int]]] = {member: {} for member in members}
        for source, member in sorted(dealt.items()):
            given[member].setdefault(source.topic, []).append(source.partition)
        return {
            member: ConsumerProtocolMemberAssignment(VERSION, list(sources.items()), b"")
            for member, sources in given.items()
        }

    def on_assignment(self, assignment: ConsumerProtocolMemberAssignment) -> None:
        """What we got is what we hold: the reader knows."""


def holders(told: Mapping[str, bytes | None]) -> dict[TopicPartition, str]:
    """Partition → who says that it holds it; what cannot be read holds nothing."""
    found: dict[TopicPartition, str] = {}
    for member in sorted(told):
        try:
            held = json.loads((told[member] or b"[]")[:MAX_TOLD])
            for topic, partition in held:
                found.setdefault(TopicPartition(str(topic), int(partition)), member)
        except (ValueError, TypeError):
            continue
    return found
