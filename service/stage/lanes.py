"""Messages of one partition side by side, for stages that wait for others: a slow one holds up only its own key.

Each message is handled alone; those of one key one after the other. What is done goes out at once, the commit follows
the lowest offset that is not, and no more than a window of messages is unfinished: a crash repeats no more than that.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from service.contracts import Message
from service.log import RecordBatch
from service.stage.work import Draining, Item, Tally, Work

M = TypeVar("M", bound=Message)


@dataclass(slots=True)
class Lanes(Generic[M]):
    """``work``: how one message is taken through · ``turns``: bounds those in work over all partitions."""

    work: Work[M]
    turns: asyncio.Semaphore
    window: int
    room: Callable[[], None]
    """Called when there is room for more after it was full."""
    report: Callable[[], None]
    """Called when something went out; ``work.tally`` has what did since the last time."""
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _last: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def full(self) -> bool:
        return len(self.work.items) >= self.window

    @property
    def next_offset(self) -> int:
        return self.work.batch.next_offset

    @property
    def unfinished(self) -> int:
        """The lowest offset that is not out yet."""
        return min((item.record.offset for item in self.work.items if not item.published), default=self.next_offset)

    def add(self, batch: RecordBatch) -> None:
        self.work.batch = batch
        for record in batch.records:
            item: Item[M] = Item(record=record)
            self.work.items.append(item)
            task = asyncio.create_task(self._one(item, self._last.get(record.key)))
            self._last[record.key] = task
            self._tasks.add(task)
            task.add_done_callback(lambda _: self._news.set())

    async def run(self) -> None:
        """Until nothing is left to do. Raises Draining when something stays undone, else what ``Work`` raises."""
        left = False
        try:
            while self._tasks:
                await self._news.wait()
                self._news.clear()
                left |= self._collect()
                await self.work.publish()
                if self.work.tally != Tally():
                    self.report()
                    self.work.tally = Tally()
                was_full = self.full
                self.work.items = [item for item in self.work.items if not item.published]
                if was_full and not self.full:
                    self.room()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        if left:
            raise Draining

    def _collect(self) -> bool:
        """Take finished tasks away and raise what they raised; True when one gave up because of the drain."""
        left = False
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            try:
                task.result()
            except Draining:
                left = True
        self._last = {key: task for key, task in self._last.items() if not task.done()}
        return left

    async def _one(self, item: Item[M], before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        async with self.turns:
            if self.work.draining.is_set():
                raise Draining
            await self.work.decode(item)
        loop, offset = asyncio.get_running_loop(), item.record.offset
        while item.outcome is None:
            # Not while it waits for its next try: others may have the turn.
            async with self.turns:
                await self.work.handle([item], offset, offset + 1)
            if item.outcome is None:
                await self.work.wait(item.due - loop.time())
