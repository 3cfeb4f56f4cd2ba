"""Polls, gives each partition's batch to a worker, keeps polling meanwhile, and drains when told to stop."""

import asyncio
import contextlib
import time
from collections.abc import Collection
from functools import partial
from typing import Generic, TypeVar

import structlog

from service import metrics
from service.contracts import Message
from service.errors import Transient, WirewatchError
from service.log import Fenced, Log, LogStuck, OffsetOutOfRange, Reader, RecordBatch, TopicPartition
from service.stage.brakes import Brakes
from service.stage.contract import KeepsPosition, Repositions, Stage
from service.stage.dead_letters import describe
from service.stage.health import Health, Pulse
from service.stage.lag import LagMeter
from service.stage.lanes import Lanes
from service.stage.options import StageOptions, wait_before
from service.stage.replaced import begins_anew
from service.stage.work import Draining, Work

M = TypeVar("M", bound=Message)

POLL = 0.2
"""Seconds of one poll: how late a stop or a failed worker is noticed at most."""
POLL_REST = 5.0
"""Seconds between polls that fail, at most: how late it is noticed that the log is back."""


class StageLoop(Generic[M]):
    """Runs one stage until ``stop``. At most one batch of a partition is in work, so its order holds."""

    def __init__(self, stage: Stage[M], log: Log, options: StageOptions | None = None) -> None:
        if isinstance(stage, KeepsPosition) and stage.produces is not None:
            raise TypeError(f"{stage.name}: a stage that moves its own position puts its outputs there too")
        if isinstance(stage, KeepsPosition) and options is not None and options.in_flight:
            raise TypeError(f"{stage.name}: a stage that moves its own position takes its messages in order")
        self._stage, self._log, self._options = stage, log, options or StageOptions()
        opts = self._options
        self._brakes = Brakes(opts.brake_after, opts.brake_ratio, opts.brake_window)
        self._pulse = Pulse(stage.name)
        self._draining = asyncio.Event()
        self._grace = 0.0
        self._workers: dict[TopicPartition, asyncio.Task[None]] = {}
        self._lanes: dict[TopicPartition, Lanes[M]] = {}
        self._probing = asyncio.Lock()
        self._turns = asyncio.Semaphore(max(1, opts.in_flight))
        self._assigned: frozenset[TopicPartition] = frozenset()
        self._blocked: set[TopicPartition] = set()
        self._failed_polls, self._told = 0, ""
        self._logger = structlog.get_logger().bind(stage=stage.name)

    @property
    def health(self) -> Health:
        return self._pulse.health

    def stop(self, grace: float) -> None:
        """Take no more; ``run`` ends when what is in work is finished, or after ``grace`` seconds without it."""
        self._grace = grace
        self._draining.set()

    async def run(self) -> None:
        """Until stopped. Raises what cannot be waited for: a damaged or closed log, a mistake of ours."""
        meter = LagMeter(self._log, self._stage.name, self._stage.consumes)
        measuring = asyncio.create_task(meter.run(self._options.lag_every))
        try:
            async with self._log.reader(self._stage.name, [self._stage.consumes]) as reader:
                try:
                    while not self._draining.is_set():
                        await self._turn(reader)
                    await self._drain(reader)
                finally:
                    await self._abandon(self._workers.keys())
        except BaseException as error:
            cancelled = isinstance(error, asyncio.CancelledError)
            self._pulse.phase("stopped" if cancelled else "failed", None if cancelled else describe(error))
            raise
        finally:
            measuring.cancel()
        self._pulse.phase("stopped")

    async def _turn(self, reader: Reader) -> None:
        batches: list[RecordBatch] = []
        try:
            batches = await self._poll(reader)
            await self._note_assignment(reader)
            self._pulse.phase("running")
        except Transient as error:
            self._pulse.trouble("poll", "stuck" if isinstance(error, LogStuck) else "waiting", str(error))
            if str(error) != self._told:
                self._told = str(error)
                self._logger.warning("the log cannot be read", error=self._told)
            self._failed_polls += 1
            await self._rest(min(POLL_REST, wait_before(self._failed_polls, error.retry_after, self._options)))
        else:
            self._failed_polls, self._told = 0, ""
        self._raise_failures()
        for batch in batches:
            if batch.source in reader.assignment:
                await self._begin(reader, batch)

    async def _begin(self, reader: Reader, batch: RecordBatch) -> None:
        """Give the batch to its partition's worker; a partition takes no more while that has enough to do."""
        source = batch.source
        lanes = self._lanes.get(source)
        if lanes is None or batch.first_offset < lanes.next_offset:
            await self._abandon([source])  # lost and had again between two polls
            work = Work(
                self._stage,
                self._log,
                reader,
                self._options,
                self._brakes,
                self._pulse,
                self._draining,
                self._probing,
                batch,
            )
            lanes = None
            if self._options.in_flight:
                room, report = partial(reader.resume, [source]), partial(self._report, work)
                lanes = self._lanes[source] = Lanes(work, self._turns, self._options.window, room, report)
            self._workers[source] = asyncio.create_task(self._run(reader, work, lanes))
        if lanes is not None:
            lanes.add(batch)
        if lanes is None or lanes.full:
            reader.pause([source])

    async def _poll(self, reader: Reader) -> list[RecordBatch]:
        options, reason = self._options, self._brakes.reason
        metrics.stage_braked.labels(self._stage.name).set(reason is not None)
        if reason:
            self._pulse.trouble("brakes", "braked", reason)
        else:
            self._pulse.fine("brakes")
        try:
            # With the brakes on, one message at a time: enough to notice when things go right again.
            records = 1 if reason else options.batch
            batches = await reader.poll(max_records=records, max_bytes=options.batch_bytes, wait=POLL)
        except OffsetOutOfRange as error:
            await self._outside(reader, error)
            return []
        self._pulse.fine("poll")
        return batches

    async def _note_assignment(self, reader: Reader) -> None:
        now = reader.assignment
        lost, new = self._assigned - now, now - self._assigned
        await self._abandon(lost)
        for source in self._blocked & lost:
            self._blocked.discard(source)
            self._pulse.fine(source)
        self._assigned = now
        for source in sorted(new):
            await self._seek(reader, source)

    async def _seek(self, reader: Reader, source: TopicPartition) -> None:
        """To where the stage itself says it stands, if it keeps that; the next poll finds whether records are there."""
        if not isinstance(self._stage, KeepsPosition):
            return
        tries = 0
        while not self._draining.is_set():
            try:
                position = await self._stage.position(source.topic, source.partition)
                start = await begins_anew(self._stage, self._log, source, position or 0)
                if start is not None and isinstance(self._stage, Repositions):
                    self._logger.error("the log was replaced", source=str(source), action=f"begins anew at {start}")
                    await self._stage.reposition(source.topic, source.partition, start)
                    position = start
            except Transient as error:
                tries += 1
                self._pulse.trouble(source, "waiting", describe(error))
                await self._rest(wait_before(tries, error.retry_after, self._options))
                continue
            self._pulse.fine(source)
            if position is not None and source in reader.assignment:
                reader.seek(source, position)
            return

    async def _outside(self, reader: Reader, error: OffsetOutOfRange) -> None:
        """Records are gone, or the log is another one than the stage's position is of: never passed over in silence."""
        source, start = error.source, error.kept.start
        if isinstance(self._stage, Repositions):
            await self._stage.reposition(source.topic, source.partition, start)
        elif isinstance(self._stage, KeepsPosition) and error.position > error.kept.end:
            # Reading on would have the stage take new records for ones that it has done.
            self._logger.error("partition blocked", error=str(error))
            self._pulse.trouble(source, "blocked", str(error))
            self._blocked.add(source)
            reader.pause([source])
            return
        self._logger.error("position outside of the log", error=str(error), action=f"goes on at {start}")
        reader.seek(source, start)

    async def _run(self, reader: Reader, work: Work[M], lanes: Lanes[M] | None) -> None:
        source = work.batch.source
        self._pulse.begin(source)
        try:
            if lanes is not None:
                await lanes.run()
            else:
                await work.run()
                self._report(work)
        except Draining:
            self._logger.info("unfinished, left for the next start", topic=source.topic, partition=source.partition)
        except Fenced as error:
            metrics.zombie_batches.labels(self._stage.name).inc()
            self._logger.warning("batch dropped, it is another member's", error=str(error))
            await self._rest(wait_before(1, None, self._options))
            if source in reader.assignment:
                reader.seek(source, work.batch.first_offset if lanes is None else lanes.unfinished)
                await self._seek(reader, source)
        finally:
            self._pulse.end(source)
        if self._workers.get(source) is asyncio.current_task():
            del self._workers[source]
            self._lanes.pop(source, None)
            if not self._draining.is_set():
                reader.resume([source])

    def _report(self, work: Work[M]) -> None:
        """The one line of a batch, or of what of a partition went out together."""
        source, tally = work.batch.source, work.tally
        self._pulse.begin(source)
        self._logger.info(
            "batch",
            topic=source.topic,
            partition=source.partition,
            next=work.batch.next_offset,
            done=tally.done,
            dead=tally.dead,
            retries=tally.retries,
            outputs=tally.outputs,
            seconds=round(time.perf_counter() - tally.began, 4),
        )

    def _raise_failures(self) -> None:
        for task in self._workers.values():
            if task.done():
                task.result()

    async def _drain(self, reader: Reader) -> None:
        """Finish what is in work; polls go on with all paused, for a broker would take silence for death."""
        deadline = time.monotonic() + self._grace
        while self._workers and (left := deadline - time.monotonic()) > 0:
            reader.pause(reader.assignment)
            await asyncio.wait(self._workers.values(), timeout=min(left, 0.1))
            self._raise_failures()
            with contextlib.suppress(WirewatchError):
                await reader.poll(max_records=1, wait=0)
        if self._workers:
            self._logger.warning("not finished in time; done again after the next start", batches=len(self._workers))

    async def _abandon(self, sources: Collection[TopicPartition]) -> None:
        tasks = [self._workers.pop(source) for source in list(sources) if source in self._workers]
        for source in list(sources):
            self._lanes.pop(source, None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._draining.wait()
        except TimeoutError:
            return
