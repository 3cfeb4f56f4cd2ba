"""The client in its group: how it joins, and what it does while partitions are shared out anew.

Brokers take every partition from every member when one joins or leaves, and give them out again when all have let go.
Before we let go, what was given to the caller is finished and committed, within a deadline that is shorter than the
brokers'. Heartbeats go on meanwhile. The client logs and swallows what its callbacks raise, so nothing here may raise.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, errors
from aiokafka import TopicPartition as Place
from aiokafka.structs import OffsetAndMetadata

from service import metrics
from service.errors import WirewatchError
from service.log.kafka.abandon import abandon, begin
from service.log.kafka.assignor import Assignor
from service.log.kafka.calls import within
from service.log.kafka.cluster import Cluster
from service.log.kafka.connection import Connection

MAX_POLL_INTERVAL = 300.0
"""Seconds without a poll after which the client gives its place away: the process lives, its loop does not."""
FETCH_WAIT = 0.05
"""Seconds that a broker holds back an empty answer. A broker is asked once at a time, and a partition that is read up
would hold up the others for so long."""
PARTITION_BYTES = 1024 * 1024
"""Of one partition in one answer, and so what may wait here."""

JOINING = 5.0
"""Seconds that a join may take beyond the rebalance, as Kafka's own client has it."""
ASK_AGAIN = 0.5
"""Seconds between two questions for a topic that is not known yet; the client by itself takes a minute."""
UUID = 36
"""Characters of one."""

Phase = Literal["joining", "finishing", "assigned", "stable"]
"""joining: nothing is ours to read · finishing: to be let go, commits still count · assigned: given out, positions not
known yet · stable."""


class Membership(ConsumerRebalanceListener):  # type: ignore[misc]
    """``holds``: what would go on after a rebalance · ``finished``: is everything that was given out committed? ·
    ``wake``: something has changed."""

    def __init__(
        self,
        connection: Connection,
        cluster: Cluster,
        group: str,
        topics: frozenset[str],
        name: str,
        holds: Callable[[], Collection[Place]],
        finished: Callable[[], bool],
        wake: Callable[[], None],
    ) -> None:
        self.connection, self.group, self.name = connection, group, name
        self._cluster, self._topics = cluster, topics
        self._finished, self._wake = finished, wake
        self._progress = asyncio.Event()
        self.phase: Phase = "joining"
        self.since = time.monotonic()
        """When the phase began."""
        self.incoming: frozenset[Place] = frozenset()
        self.epoch = 0
        """Rises with every assignment."""
        self._known_as = ""
        """Our member id in the last assignment."""
        self.taken_over: str | None = None
        """Who has joined under our instance's name."""
        self._asked = 0.0
        session = connection.session_timeout
        self.consumer = AIOKafkaConsumer(
            **connection.client(name)
            # Brokers answer a request to join only when everybody has let go.
            | {
                "request_timeout_ms": int(
                    max(connection.network_timeout, connection.rebalance_timeout + JOINING) * 1000
                )
            },
            group_id=group,
            group_instance_id=connection.instance or None,
            enable_auto_commit=False,
            auto_offset_reset="none",
            isolation_level="read_committed",
            partition_assignment_strategy=(Assignor(lambda: holds() if self.recognised else ()),),
            session_timeout_ms=int(session * 1000),
            heartbeat_interval_ms=int(min(3.0, session / 5) * 1000),
            rebalance_timeout_ms=int(connection.rebalance_timeout * 1000),
            max_poll_interval_ms=int(MAX_POLL_INTERVAL * 1000),
            fetch_max_wait_ms=int(FETCH_WAIT * 1000),
            max_partition_fetch_bytes=PARTITION_BYTES,
            max_poll_records=500,
        )

    async def start(self) -> None:
        """Reach a broker and begin to join. LogUnavailable."""
        async with within(self.connection, f"join group {self.group}"):
            await begin(self.consumer)
        self.consumer.subscribe(list(self._topics), listener=self)
        self._enter("joining")

    async def stop(self, *, graceful: bool) -> None:
        await abandon(self.consumer, graceful=graceful)

    def learn(self) -> None:
        """Ask again for topics of which the client knows no partition. A topic that was made a moment ago may be news
        to the broker that the client has asked; the member that deals out would then give nobody any of it. Once it is
        known, the client has the group deal out anew."""
        known = all(self.consumer.partitions_for_topic(topic) for topic in self._topics)
        if not known and time.monotonic() >= self._asked + ASK_AGAIN:
            self._asked = time.monotonic()
            client: Any = self.consumer._client
            client.force_metadata_update()

    @property
    def recognised(self) -> bool:
        """The brokers knew us when they were last heard. False: a commit would go out as nobody's."""
        coordinator: Any = self.consumer._coordinator
        return coordinator is not None and coordinator.generation > 0

    async def commit(self, offsets: Mapping[Place, int]) -> None:
        """CommitFailedError where the group has moved on without us.

        The client's own ``commit`` would go on trying after it has lost its membership, then as nobody; and in a group
        that is empty at that moment brokers take that from anybody, however late. So each try looks first.
        """
        coordinator: Any = self.consumer._coordinator
        committing = {place: OffsetAndMetadata(offset, "") for place, offset in offsets.items()}
        while True:
            await coordinator.ensure_coordinator_known()
            if not self.recognised:
                raise errors.CommitFailedError("no longer a member")
            try:
                await coordinator._do_commit_offsets(None, committing)
            except (
                errors.UnknownMemberIdError,
                errors.IllegalGenerationError,
                errors.RebalanceInProgressError,
            ) as error:
                raise errors.CommitFailedError(str(error)) from error
            except errors.KafkaError as error:
                if not error.retriable:
                    raise
                await asyncio.sleep(0.1)
            else:
                return

    def advanced(self) -> None:
        """Something was committed."""
        self._progress.set()

    def doubt(self, epoch: int) -> None:
        """A commit of that assignment was refused: nothing counts until the partitions are given out again."""
        if epoch == self.epoch and self.phase in ("stable", "finishing"):
            self._enter("joining")

    def stabilise(self) -> None:
        self._enter("stable")

    def _enter(self, phase: Phase) -> None:
        self.phase, self.since = phase, time.monotonic()
        self._progress.set()
        self._wake()

    # Called by the client, from its own task.

    async def on_partitions_revoked(self, revoked: set[Place]) -> None:
        # Before anything is waited for: from here on the client holds up whoever asks it for records.
        self._enter("finishing" if self.phase == "stable" and self.recognised else "joining")
        try:
            if revoked:
                metrics.rebalances.labels(self._plain_group).inc()
                if self.connection.instance and await self._lost_our_name():
                    await asyncio.get_running_loop().create_future()  # never join again; the reader cuts this off
                await self._finish()
        except Exception as error:
            structlog.get_logger().error("letting go of partitions went wrong", group=self.group, error=repr(error))
        self._enter("joining")

    async def on_partitions_assigned(self, assigned: set[Place]) -> None:
        self.epoch += 1
        coordinator: Any = self.consumer._coordinator
        self._known_as = coordinator.member_id
        self.incoming = frozenset(assigned)
        self._enter("assigned")

    async def _finish(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.connection.rebalance_timeout / 2):
                while not self._finished() and self.phase == "finishing":
                    self._progress.clear()
                    await self._progress.wait()

    async def _lost_our_name(self) -> bool:
        """Brokers give every client of an instance an id "instance-…" of its own, and know the last one only."""
        try:
            members = await self._cluster.members(self.group)
        except WirewatchError:
            return False  # cannot be asked now; the next rebalance asks again
        ours = f"{self.connection.instance}-"
        for member in members:
            if member.startswith(ours) and len(member) == len(ours) + UUID and member != self._known_as:
                self.taken_over = member
                self._wake()
                return True
        return False

    @property
    def _plain_group(self) -> str:
        return self.group.removeprefix(self.connection.prefix)
