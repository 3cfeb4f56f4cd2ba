"""Consumer groups within one process: who is a member, who should read which partition, who may take it now.

Kafka's broker does this for the Kafka engine; the engines without a broker use this. Partitions move one by one
(cooperatively): the owner finishes and gives, then the new one takes. Whoever does not give in time, or has stopped
polling while others could do the work, loses it; the epoch that the engine raises at every take fences the loser off.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from service.log.records import TopicPartition

SESSION_TIMEOUT = 45.0
"""Seconds without a poll after which a member of a shared group is taken for dead (Kafka's own default)."""
REBALANCE_TIMEOUT = 30.0
"""Seconds an owner has for finishing what it was given of a partition that is to move."""


def assign(
    members: Mapping[str, frozenset[str]],
    partitions: Mapping[str, int],
    owners: Mapping[TopicPartition, str],
) -> dict[TopicPartition, str]:
    """Partition → member: even to one, and moving no more than that needs.

    ``members``: member → topics it reads · ``partitions``: topic → how many · ``owners``: as it is now.
    """
    wanted: dict[TopicPartition, str] = {}
    load = dict.fromkeys(members, 0)
    for topic in sorted(partitions):
        readers = sorted(member for member, topics in members.items() if topic in topics)
        if not readers:
            continue
        sources = [TopicPartition(topic, number) for number in range(partitions[topic])]
        least, extra = divmod(len(sources), len(readers))
        mine = {reader: [source for source in sources if owners.get(source) == reader] for reader in readers}
        # Who owns most keeps the odd ones; of equals who has least from other topics, so that small topics spread.
        by_need = sorted(readers, key=lambda reader: (-len(mine[reader]), load[reader], reader))
        quota = {reader: least + (index < extra) for index, reader in enumerate(by_need)}
        for reader in readers:
            wanted |= dict.fromkeys(mine[reader][: quota[reader]], reader)
        free = iter([source for source in sources if source not in wanted])
        for reader in readers:
            for _ in range(quota[reader] - min(quota[reader], len(mine[reader]))):
                wanted[next(free)] = reader
            load[reader] += quota[reader]
    return wanted


@dataclass
class _Member:
    topics: frozenset[str]
    wake: Callable[[], None]
    seen: float


@dataclass
class _Group:
    members: dict[str, _Member] = field(default_factory=dict)
    owners: dict[TopicPartition, str] = field(default_factory=dict)
    wanted: dict[TopicPartition, str] = field(default_factory=dict)
    since: float = 0.0


class Groups:
    """All groups of one log. ``partitions``: topic → number of partitions, kept up to date by the engine."""

    def __init__(
        self,
        partitions: Mapping[str, int],
        clock: Callable[[], float],
        *,
        session_timeout: float = SESSION_TIMEOUT,
        rebalance_timeout: float = REBALANCE_TIMEOUT,
    ) -> None:
        self._partitions, self._clock = partitions, clock
        self._session_timeout, self._rebalance_timeout = session_timeout, rebalance_timeout
        self._groups: dict[str, _Group] = {}

    def heartbeat(self, group: str, member: str, topics: frozenset[str], wake: Callable[[], None]) -> None:
        """The member lives; joins it if it is new or was taken for dead."""
        state, now = self._groups.setdefault(group, _Group()), self._clock()
        dead = [
            name
            for name, other in state.members.items()
            if name != member and now - other.seen >= self._session_timeout
        ]
        for name in dead:
            self._remove(state, name)
        joined = member not in state.members
        state.members[member] = _Member(topics, wake, now)
        if joined or dead:
            self._rebalance(state)
        if now - state.since >= self._rebalance_timeout:
            for source in [source for source, owner in state.owners.items() if state.wanted.get(source) != owner]:
                del state.owners[source]

    def leave(self, group: str, member: str) -> None:
        state = self._groups.get(group)
        if state is None or member not in state.members:
            return
        self._remove(state, member)
        if state.members:
            self._rebalance(state)
        else:
            del self._groups[group]

    def owned(self, group: str, member: str) -> frozenset[TopicPartition]:
        state = self._groups.get(group) or _Group()
        return frozenset(source for source, owner in state.owners.items() if owner == member)

    def wanted(self, group: str, member: str) -> frozenset[TopicPartition]:
        state = self._groups.get(group) or _Group()
        return frozenset(source for source, owner in state.wanted.items() if owner == member)

    def take(self, group: str, member: str) -> frozenset[TopicPartition]:
        """Mark as the member's what it should have and nobody holds; these are returned."""
        state = self._groups[group]
        free = self.wanted(group, member) - state.owners.keys()
        state.owners |= dict.fromkeys(free, member)
        return free

    def give(self, group: str, member: str, sources: Collection[TopicPartition]) -> None:
        """The member holds these no longer."""
        state = self._groups.get(group)
        if state is None:
            return
        for source in sources:
            if state.owners.get(source) == member:
                del state.owners[source]
        self._wake(state)

    def _remove(self, state: _Group, member: str) -> None:
        del state.members[member]
        for source in [source for source, owner in state.owners.items() if owner == member]:
            del state.owners[source]

    def _rebalance(self, state: _Group) -> None:
        topics = {name: member.topics for name, member in state.members.items()}
        read = frozenset[str]().union(*topics.values())
        state.wanted = assign(topics, {topic: self._partitions[topic] for topic in read}, state.owners)
        state.since = self._clock()
        self._wake(state)

    def _wake(self, state: _Group) -> None:
        for member in state.members.values():
            member.wake()
