"""One batch on its way through a stage: decode, handle, try again, put aside, publish, commit."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from service import metrics
from service.contracts import Message
from service.errors import Invalid, Transient
from service.log import Fenced, Log, LogClosed, LogDamaged, Reader, Record, RecordBatch, StoredRecord
from service.stage.brakes import Brakes
from service.stage.contract import Batch, Done, Failed, KeepsPosition, Outcome, Stage
from service.stage.dead_letters import SUFFIX, dead_letter, describe, reason_of
from service.stage.decode import decode
from service.stage.health import Pulse, since
from service.stage.options import StageOptions, wait_before
from service.stage.publish import Publishable, chunks, ready, records_of

M = TypeVar("M", bound=Message)


class Draining(Exception):
    """The loop is to stop while this batch waits for something."""


@dataclass(slots=True)
class Item(Publishable, Generic[M]):
    record: StoredRecord
    message: M | None = None
    outcome: Outcome | None = None
    tries: int = 0
    due: float = 0.0
    probed: bool = False


@dataclass(slots=True)
class Tally:
    """What became of a batch, for its log line. ``began``: by the monotonic clock."""

    done: int = 0
    dead: int = 0
    retries: int = 0
    outputs: int = 0
    began: float = field(default_factory=time.perf_counter, compare=False)


@dataclass(slots=True)
class Work(Generic[M]):
    """``run`` takes the batch to its end or raises: Draining, Fenced (drop it), or what the log cannot survive."""

    stage: Stage[M]
    log: Log
    reader: Reader
    options: StageOptions
    brakes: Brakes
    pulse: Pulse
    draining: asyncio.Event
    probing: asyncio.Lock
    batch: RecordBatch
    tally: Tally = field(default_factory=Tally)
    items: list[Item[M]] = field(default_factory=list)

    @property
    def _moves_itself(self) -> bool:
        return isinstance(self.stage, KeepsPosition)

    async def run(self) -> None:
        self.items = [Item(record) for record in self.batch.records]
        for item in self.items:
            await self.decode(item)
        good = [item for item in self.items if item.outcome is None]
        if good or self._moves_itself:
            await self._handle_all(good)
        await self.publish()

    async def decode(self, item: Item[M]) -> None:
        try:
            item.message = decode(item.record, self.stage.message)
        except Invalid as error:
            while not await self._give_up(item, error):
                pass

    async def _handle_all(self, pending: list[Item[M]]) -> None:
        """Rounds: those that failed for now are tried again when their time comes; the rest need not wait for them."""
        loop = asyncio.get_running_loop()
        first, following = self.batch.first_offset, self.batch.next_offset
        await self.handle(pending, first, following)
        while pending := [item for item in pending if item.outcome is None]:
            await self.publish()
            await self.wait(min(item.due for item in pending) - loop.time())
            due = [item for item in pending if item.due <= loop.time()]
            if due:
                await self.handle(due, due[0].record.offset, due[-1].record.offset + 1)

    async def handle(self, items: Sequence[Item[M]], first: int, following: int) -> None:
        """Until each item has an outcome or a time to be tried again; halves what raises to find the one at fault."""
        held_up = 0
        while True:
            try:
                outcomes = await self._call(items, first, following)
                break
            except (Draining, Fenced, LogClosed, LogDamaged):
                raise
            except Transient as error:
                held_up += 1
                await self._hold_up(error, held_up)
            except Exception as error:
                if len(items) > 1:
                    middle = len(items) // 2
                    cut = items[middle].record.offset
                    await self.handle(items[:middle], first, cut)
                    await self.handle(items[middle:], cut, following)
                    return
                held_up += 1
                if not items:
                    await self._hold_up(error, held_up)
                elif await self._raised(items[0], error):
                    if self._moves_itself:
                        await self.handle([], first, following)
                    return
        for item, outcome in zip(items, outcomes, strict=True):
            await self._settle(item, outcome)

    async def _call(self, items: Sequence[Item[M]], first: int, following: int) -> Sequence[Outcome]:
        messages = tuple(item.message for item in items if item.message is not None)
        name = self.stage.name
        with metrics.stage_duration.labels(name).time(), self._in_progress(len(messages)):
            async with asyncio.timeout(self.options.deadline):
                outcomes = await self.stage.handle(
                    Batch(self.batch.topic, self.batch.partition, first, following, messages)
                )
        if len(outcomes) != len(items):
            raise RuntimeError(f"{self.stage.name} gave {len(outcomes)} outcomes for {len(items)} messages")
        self.pulse.fine(self.batch.source)
        return outcomes

    @contextmanager
    def _in_progress(self, count: int) -> Iterator[None]:
        gauge = metrics.stage_in_progress.labels(self.stage.name)
        gauge.inc(count)
        try:
            yield
        finally:
            gauge.dec(count)

    async def _raised(self, item: Item[M], error: Exception) -> bool:
        """The one message at which ``handle`` raises. True: put aside; False: it is to be tried again now."""
        item.tries += 1
        if not isinstance(error, Invalid) and item.tries < self.options.crash_attempts:
            self._count_retry()
            await self.wait(wait_before(item.tries, None, self.options))
            return False
        return await self._give_up(item, error)

    async def _settle(self, item: Item[M], outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            try:
                item.outputs = records_of(item.record, outcome, self.stage.produces)
            except Invalid as too_large:
                outcome = Failed(too_large)
        if isinstance(outcome, Done):
            item.outcome = outcome
            self.brakes.succeeded()
            self.tally.done += 1
            metrics.stage_messages.labels(self.stage.name, "done").inc()
            return
        item.tries += 1
        error = outcome.error
        # A stage that moves its own position has moved it past this message: there is no second try.
        final = self._moves_itself or item.tries >= self.options.attempts
        if isinstance(error, Transient) and not final:
            self._count_retry()
            wait = wait_before(item.tries, error.retry_after, self.options)
            item.due = asyncio.get_running_loop().time() + wait
        elif not await self._give_up(item, error, probe=not self._moves_itself):
            item.due = asyncio.get_running_loop().time()

    async def _give_up(self, item: Item[M], error: Exception, *, probe: bool = True) -> bool:
        """Put the message aside, durably. False: the brakes are on, it has waited and deserves one more try."""
        if probe and not item.probed and self.brakes.reason:
            item.probed = True
            async with self.probing:  # one message a stage, however many fail at the same time
                if reason := self.brakes.reason:
                    self.pulse.trouble(self.batch.source, "braked", f"{reason}; the last one: {describe(error)}")
                    await self.wait(self.options.probe_every)
            return False
        foreseen = isinstance(error, Invalid | Transient)
        first_seen = None if item.message is None else item.message.first_seen_at
        letter = dead_letter(
            item.record, error, stage=self.stage.name, attempts=max(1, item.tries), foreseen=foreseen, seen=first_seen
        )
        await self._append(self.batch.topic + SUFFIX, [letter])
        item.outcome = Failed(error)
        self.brakes.failed()
        self.tally.dead += 1
        metrics.stage_messages.labels(self.stage.name, "dead").inc()
        metrics.dead_letters.labels(self.stage.name, reason_of(error, readable=item.message is not None)).inc()
        return True

    async def publish(self) -> None:
        """What may go out now, in order, and the offset before which all is out, in one transaction if it fits."""
        going, offset = ready(self.items, self.batch.next_offset)
        if not going:
            return
        source, topic = self.batch.source, self.stage.produces
        *early, last = chunks(going)
        for outputs in early:
            await self._append(topic or "", outputs)
        held_up = 0
        while True:
            try:
                await self.reader.append_and_commit({topic: last} if topic and last else {}, {source: offset})
                break
            except Transient as error:
                held_up += 1
                await self._hold_up(error, held_up)
        for item in going:
            item.published = True
            self.tally.outputs += len(item.outputs)
            if item.message is not None:
                metrics.stage_reached.labels(self.stage.name).observe(since(item.message.first_seen_at))
        self.pulse.fine(source)
        self.pulse.success()

    async def _append(self, topic: str, records: Sequence[Record]) -> None:
        held_up = 0
        while True:
            try:
                await self.log.append(topic, records)
                return
            except Transient as error:
                held_up += 1
                await self._hold_up(error, held_up)

    async def _hold_up(self, error: Exception, times: int) -> None:
        """Nothing works just now: say so and wait."""
        self._count_retry()
        self.pulse.trouble(self.batch.source, "waiting", describe(error))
        await self.wait(wait_before(times, getattr(error, "retry_after", None), self.options))

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self.draining.wait()
        except TimeoutError:
            return
        raise Draining

    def _count_retry(self) -> None:
        self.tally.retries += 1
        metrics.stage_retries.labels(self.stage.name).inc()
