"""Asking the client for records without ever cancelling the question: a cancelled one may have taken some already."""

import asyncio
from collections.abc import Collection, Iterator
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka import TopicPartition as Place

WAIT = 0.2
"""Seconds until a question that nothing answers ends by itself."""
NOWHERE = Place("", -1)
"""Nobody's: asked where there is nothing to ask for, since a question is also the sign that the caller lives, and the
only way to hear what is wrong with the group."""


class Asking:
    """Questions that are out, each for places that no other one asks for. One client, one assignment."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer
        self._out: dict[asyncio.Task[Any], frozenset[Place]] = {}

    @property
    def tasks(self) -> Collection["asyncio.Task[Any]"]:
        return self._out.keys()

    def ask(self, places: Collection[Place], max_records: int) -> None:
        """For those that are not asked for yet. Nothing to ask for: still one question."""
        asked = frozenset[Place]().union(*self._out.values())
        new = frozenset(places) - asked
        if not new and not self._out:
            new = frozenset([NOWHERE])
        if new:
            question = self._consumer.getmany(*new, timeout_ms=int(WAIT * 1000), max_records=max_records)
            self._out[asyncio.ensure_future(question)] = new

    def answers(self) -> Iterator[dict[Place, list[ConsumerRecord]]]:
        """Those that are there. Raises what the client raised, the other answers stay for the next call."""
        for task in [task for task in self._out if task.done()]:
            del self._out[task]
            yield task.result()

    async def end(self) -> None:
        """Wait until none is out, and drop what comes: the client is about to be told where to read."""
        if self._out:
            _, pending = await asyncio.wait(self._out, timeout=10 * WAIT)
            for task in pending:
                task.cancel()
            await asyncio.gather(*self._out, return_exceptions=True)
        self._out.clear()

    def drop(self) -> None:
        """The client is abandoned."""
        for task in self._out:
            task.cancel()
            task.add_done_callback(_seen)
        self._out.clear()


def _seen(task: "asyncio.Task[Any]") -> None:
    if not task.cancelled():
        task.exception()
