"""Watching over a reader: a look round when nothing comes, by another client than the one that may hang."""

import asyncio
import time
from collections.abc import Collection, Mapping
from typing import Protocol

from aiokafka import TopicPartition as Place

from service import metrics
from service.log.failures import LogStuck, LogUnavailable
from service.log.kafka.cluster import Cluster
from service.log.kafka.connection import Connection
from service.log.kafka.watchdog import QUIET, Watchdog

LOOK_AGAIN = 2.0
"""Seconds after a look that failed."""


class Ensuring(Protocol):
    connection: Connection
    cluster: Cluster

    async def ensure(self, topics: Collection[str], *, fresh: bool = False) -> None:
        """They are there, or are made now; LogUnavailable where they are not and may not be made."""


class Lookout:
    def __init__(self, engine: Ensuring, group: str, topics: frozenset[str]) -> None:
        self._engine, self._group, self._topics = engine, group, topics
        connection = engine.connection
        limit = 2 * connection.rebalance_timeout + connection.session_timeout
        self._watch = Watchdog(limit, time.monotonic())
        self.looking: asyncio.Task[bool] | None = None
        self._away: LogUnavailable | None = None
        """What the last look has met."""

    def moved(self) -> None:
        self._away = None
        if self._watch.rebuilt:
            metrics.group_stuck.labels(self._group).set(0)
        self._watch.moved(time.monotonic())

    def settled(self) -> None:
        """The partitions are dealt out: time counts from now."""
        self._watch.idle(time.monotonic())

    def stuck(self, settled: bool, since: float, wanted: Mapping[Place, int]) -> bool:
        """Is it time to make the client anew? ``wanted``: places that records are asked for of, and from where."""
        now = time.monotonic()
        if self.looking is not None and self.looking.done():
            looked, self.looking = self.looking, None
            try:
                self._watch.looked(now, looked.result())
                self._away = None
            except LogUnavailable as error:
                self._watch.idle(now - QUIET + LOOK_AGAIN)
                self._away = error
            if not self._watch.rebuilt:
                metrics.group_stuck.labels(self._group).set(0)
        verdict = self._watch.verdict(now, settled, since)
        if verdict == "stuck":
            self._watch.renewed(now)
            metrics.group_stuck.labels(self._group).set(1)
            return True
        if verdict == "look" and self.looking is None:
            self.looking = asyncio.create_task(self._look(dict(wanted)))
        return False

    def check(self) -> None:
        """When nothing comes. LogUnavailable while brokers do not answer: then nobody is stuck, everybody waits.
        LogStuck once making the client anew has not helped.
        """
        if self._watch.helpless:
            raise LogStuck(
                f"{self._engine.connection}: group {self._group} has work and gets none, though its client was made "
                f"anew {self._watch.rebuilt} times; restart this process"
            )
        if self._away is not None:
            raise LogUnavailable(str(self._away))

    async def end(self) -> None:
        if self.looking is not None:
            self.looking.cancel()
            await asyncio.gather(self.looking, return_exceptions=True)
        metrics.group_stuck.labels(self._group).set(0)

    async def _look(self, wanted: Mapping[Place, int]) -> bool:
        """Are there records behind what has been read? A topic that has gone is an error."""
        await self._engine.ensure(self._topics, fresh=True)
        if not wanted:
            return False
        kept = await self._engine.cluster.offsets(wanted)
        return any(kept[place].end > offset for place, offset in wanted.items())
