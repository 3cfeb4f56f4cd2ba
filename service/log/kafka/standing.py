"""Where a reader stands: its client in the group, what it holds, and how the one follows the other.

Joining, asking for records and looking round are tasks of their own; a poll waits for them as long as it may, and the
next one finds them. So nothing here waits without limit, and nothing is cancelled that may have taken records already.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence

import structlog
from aiokafka import ConsumerRecord, errors
from aiokafka import TopicPartition as Place

from service import metrics
from service.errors import WirewatchError
from service.log.failures import Fenced, LogUnavailable, OffsetOutOfRange
from service.log.kafka.asking import Asking
from service.log.kafka.calls import explained, within
from service.log.kafka.holdings import Held, settled
from service.log.kafka.lookout import Ensuring, Lookout
from service.log.kafka.membership import Membership
from service.log.kafka.stored import size_of, stored
from service.log.records import TopicPartition

JOIN = 5.0
"""Seconds that a poll waits at least for the first answer of a broker."""
SETTLE_STEP = 0.02
"""Seconds between looks whether a rebalance is over, for a commit that waits for it."""


class NameTaken(WirewatchError):
    """Another process runs under our instance's name; going on would have the two evict each other for ever."""


class Standing:
    def __init__(self, engine: Ensuring, group: str, topics: frozenset[str], name: str) -> None:
        self._engine, self._group, self._topics, self._name = engine, group, topics, name
        self._prefix, self._connection = engine.connection.prefix, engine.connection
        self.held: dict[TopicPartition, Held] = {}
        self.news = asyncio.Event()
        self.lookout = Lookout(engine, group, topics)
        self._membership: Membership | None = None
        self._asking: Asking | None = None
        self._joining: asyncio.Task[Membership] | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._settling = asyncio.Lock()
        self._logger = structlog.get_logger().bind(group=group)

    @property
    def stable(self) -> bool:
        return self._membership is not None and self._membership.phase == "stable"

    @property
    def pending(self) -> list["asyncio.Task[object]"]:
        """What brings news when it ends."""
        looking = [self.lookout.looking] if self.lookout.looking is not None else []
        return [*looking, *(self._asking.tasks if self._asking is not None else ())]

    async def join(self, wait: float) -> None:
        """Have a client in the group, made within ``wait`` seconds or some more. LogUnavailable when there is none."""
        if self._membership is not None:
            return
        if self._joining is None:
            self._joining = asyncio.create_task(self._join())
        await asyncio.wait([self._joining], timeout=max(wait, JOIN))
        if not self._joining.done():
            raise LogUnavailable(f"{self._connection}: no answer yet; are the brokers up?")
        joining, self._joining = self._joining, None
        self._membership = joining.result()
        self._asking = Asking(self._membership.consumer)

    async def _join(self) -> Membership:
        await self._engine.ensure(self._topics, fresh=True)
        membership = Membership(
            self._connection,
            self._engine.cluster,
            self._prefix + self._group,
            frozenset(self._prefix + topic for topic in self._topics),
            self._name,
            holds=lambda: [self._place(source) for source in self.held],
            finished=lambda: all(held.finished for held in self.held.values()),
            wake=self.news.set,
        )
        try:
            await membership.start()
        except BaseException:
            await membership.stop(graceful=False)
            raise
        return membership

    async def leave(self) -> None:
        membership, self._membership = self._membership, None
        self.held.clear()
        if self._asking is not None:
            self._asking.drop()
        if self._joining is not None:
            self._joining.cancel()
            await asyncio.gather(self._joining, return_exceptions=True)
        await self.lookout.end()
        if membership is not None:
            await membership.stop(graceful=True)
        if self._leaving:
            await asyncio.wait(self._leaving)

    def watch(self) -> None:
        """Make the client anew where it is stuck; LogUnavailable then."""
        membership = self._membership
        if membership is None:
            return
        if membership.taken_over is not None:
            self._renew("taken over")
            raise NameTaken(
                f'log.instance = "{self._connection.instance}": another process ({membership.taken_over}) has joined '
                f"group {self._group} under this name; give each process its own"
            )
        membership.learn()
        wanted = {self._place(source): held.fetched for source, held in self._wanted()}
        if self.held and not wanted and self.stable:
            self.lookout.moved()  # all is paused, or waits to be given
        elif self.lookout.stuck(membership.phase == "stable", membership.since, wanted):
            self._renew("no progress")
            self.lookout.check()  # when that has not helped before, it is told all the same
            raise LogUnavailable(f"{self._connection}: group {self._group} does not move; its client is made anew")

    async def settle(self) -> None:
        """After a rebalance: find out where to read, and what of what was held goes on. LogUnavailable."""
        async with self._settling:
            membership, asking = self._membership, self._asking
            if membership is None or asking is None or membership.phase != "assigned":
                return
            epoch = membership.epoch
            await asking.end()
            assigned = {self._source(place): place for place in membership.incoming}
            cluster = self._engine.cluster
            found = await cluster.committed(membership.group, assigned.values()) if assigned else {}
            committed = {self._source(place): offset for place, offset in found.items()}
            begin = [place for source, place in assigned.items() if source not in committed]
            kept = await cluster.offsets(begin) if begin else {}
            if membership.epoch != epoch or membership.phase != "assigned":
                return  # it was dealt out again meanwhile
            outcome = settled(self.held, assigned.keys(), committed)
            for source in outcome.lost:
                del self.held[source]
            for source in outcome.new:
                start = committed[source] if source in committed else kept[assigned[source]].start
                self.held[source] = Held.at(start, committed.get(source))
            for source, place in assigned.items():
                membership.consumer.seek(place, self.held[source].fetched)
            membership.stabilise()
            self.lookout.settled()
            new, lost = sorted(map(str, outcome.new)), sorted(map(str, outcome.lost))
            self._logger.info("partitions", kept=len(outcome.kept), new=new, lost=lost)

    async def ask(self, max_records: int) -> None:
        """Take what has come, and ask for more where nothing waits. LogUnavailable, OffsetOutOfRange."""
        asking = self._asking
        if asking is None:
            return
        try:
            for answer in asking.answers():
                self._take(answer)
        except errors.OffsetOutOfRangeError as error:
            await self._outside(error)
        except (errors.KafkaError, AssertionError) as error:
            self._renew(repr(error))
            raise explained(error, self._connection, f"read in group {self._group}") from error
        asking.ask([self._place(source) for source, _ in self._wanted()] if self.stable else (), max_records)

    async def commit(self, positions: Mapping[TopicPartition, int], held: Mapping[TopicPartition, Held]) -> None:
        """Fenced when one of them is not ours any more; in a rebalance that is known when it is over.

        ``held``: what the work was done for. A partition that has been lost and come back is another one.
        """
        what = f"commit in group {self._group}"
        try:
            async with within(self._connection, what):
                while True:
                    membership = await self._dealt_out()
                    lost = [source for source in positions if self.held.get(source) is not held[source]]
                    if membership is None or lost:
                        raise Fenced(
                            f"{(lost or list(positions))[0]}: another member of group {self._group} has it now"
                        )
                    epoch = membership.epoch
                    try:
                        await membership.commit({self._place(source): offset for source, offset in positions.items()})
                        break
                    except errors.CommitFailedError as error:
                        self._logger.info(
                            "the group has moved on; the commit waits for it", error=repr(error.__cause__)
                        )
                        metrics.commit_failures.labels(self._group).inc()
                        membership.doubt(epoch)
        except LogUnavailable:
            metrics.commit_failures.labels(self._group).inc()
            raise
        for source, offset in positions.items():
            held[source].committed(offset)
        membership.advanced()

    def point(self, source: TopicPartition) -> None:
        """Have the client read on from where ``source`` stands."""
        asking, membership = self._asking, self._membership
        if asking is not None and membership is not None and membership.phase in ("stable", "finishing"):
            membership.consumer.seek(self._place(source), self.held[source].fetched)

    async def _dealt_out(self) -> Membership | None:
        """The membership, once no rebalance is under way or we may still commit in it."""
        while (membership := self._membership) is not None and membership.phase in ("joining", "assigned"):
            if membership.phase == "assigned":
                await self.settle()
            else:
                await asyncio.sleep(SETTLE_STEP)
        return membership

    def _renew(self, cause: str) -> None:
        """Abandon the client and all that is held; the next poll makes another one."""
        membership, self._membership = self._membership, None
        if self._asking is not None:
            self._asking.drop()
            self._asking = None
        self.held.clear()
        if membership is None:
            return
        metrics.client_rebuilds.labels("consumer").inc()
        self._logger.warning("the reader's client is made anew", cause=cause)
        leaving = asyncio.create_task(membership.stop(graceful=membership.taken_over is None))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    def _take(self, answer: Mapping[Place, Sequence[ConsumerRecord]]) -> None:
        for place, records in answer.items():
            source = self._source(place)
            held = self.held.get(source)
            if held is not None and records:
                # After a seek an older answer may bring what lies before it.
                topic, first = source.topic, held.fetched
                held.waiting.extend(
                    [(stored(record, topic), size_of(record)) for record in records if record.offset >= first]
                )
                held.fetched = max(held.fetched, records[-1].offset + 1)

    async def _outside(self, error: errors.OffsetOutOfRangeError) -> None:
        for place in error.args[0]:
            source = self._source(place)
            kept = (await self._engine.cluster.offsets([place]))[place]
            held = self.held.get(source)
            if held is not None and not kept.start <= held.fetched <= kept.end:
                raise OffsetOutOfRange(source, held.fetched, kept)

    def _wanted(self) -> Collection[tuple[TopicPartition, Held]]:
        return [(source, held) for source, held in self.held.items() if not held.paused and not held.waiting]

    def _place(self, source: TopicPartition) -> Place:
        return Place(self._prefix + source.topic, source.partition)

    def _source(self, place: Place) -> TopicPartition:
        return TopicPartition(place.topic.removeprefix(self._prefix), place.partition)
