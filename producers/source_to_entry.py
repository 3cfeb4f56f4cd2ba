"""Due sources → new entries in the log. Asks politely, publishes, then keeps what the poll has taught.

Any number of processes may poll one database on a server: a feed is taken under a lease, which runs out when its
process is gone. The schedule is in the database, so a restart asks nobody early. What is published is durable in the
log before the poll is saved: a crash between the two publishes the same entries (same ids) again, and loses none.
"""

import asyncio
import contextlib
import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog

from producers.feeds.check import Report, check
from producers.feeds.dates import months
from producers.feeds.decide import Answer, decide
from producers.feeds.pace import Pace
from producers.feeds.poll import STAGE as NAME
from producers.feeds.poll import Polled, Poller
from producers.feeds.reader import FeedReader
from producers.feeds.turns import Turns
from service import metrics
from service.contracts import PollState, Source
from service.errors import Invalid, NotFound, Transient
from service.http import HttpClient, host_key, without_credentials
from service.log import Log
from service.settings import PollSettings
from service.stage import Health
from service.stage.health import Pulse
from service.storage import Storage
from service.storage.leases import LEASE, renewed

__all__ = ["Report", "SourceToEntry", "check"]

LOOK_EVERY = 0.5
"""Seconds between two looks for due sources: how soon one that another process added is noticed."""
ASK_AGAIN = 30.0
"""Seconds before a feed whose answer was lost to trouble of ours is asked again."""
PATIENCE = 5.0
"""Seconds of a server's pause that a poll waits for; for longer ones it is put off."""


class SourceToEntry:
    """``run`` until ``stop``."""

    def __init__(self, http: HttpClient, log: Log, storage: Storage, settings: PollSettings) -> None:
        self._http, self._log, self._storage, self._settings = http, log, storage, settings
        self._turns = Turns(http.politeness.ready_in)
        self._tasks: set[asyncio.Task[None]] = set()
        self._publishing: set[str] = set()
        self._lease = uuid4().hex
        self._held: set[str] = set()
        self._stopping = asyncio.Event()
        self._grace = 0.0
        self._pulse = Pulse(NAME)
        self._logger = structlog.get_logger().bind(stage=NAME)

    @property
    def health(self) -> Health:
        return self._pulse.health

    def stop(self, grace: float) -> None:
        """Begin no more polls; ``run`` ends when those under way have, or after ``grace`` seconds."""
        self._grace = grace
        self._stopping.set()

    async def run(self) -> None:
        """Until stopped; trouble with one source, or with the database, is waited out."""
        async with FeedReader() as reader:
            pace = Pace(self._settings.host_spacing)
            poller = Poller(self._http, reader, self._log, self._storage, self._settings, pace, self._lease)
            await asyncio.to_thread(months)
            self._pulse.phase("running")
            async with renewed(self._storage.sources.renew, self._held, self._lease, lambda: datetime.now(UTC)):
                try:
                    await self._recall()
                    while not self._stopping.is_set():
                        await self._until_worth_looking(await self._looked(poller))
                    if self._tasks:
                        await asyncio.wait(self._tasks, timeout=self._grace)
                finally:
                    for task in self._tasks:
                        task.cancel()
                    await asyncio.gather(*self._tasks, return_exceptions=True)
                    self._pulse.phase("stopped")

    async def _looked(self, poller: Poller) -> bool:
        """Whether a poll has begun; trouble with the database is told."""
        try:
            begun = await self._look(poller)
        except Transient as error:
            self._pulse.trouble("storage", "waiting", str(error))
            self._logger.warning("sources cannot be read", error=str(error))
            return False
        self._pulse.fine("storage")
        return begun

    async def _until_worth_looking(self, begun: bool) -> None:
        """Soon after something has begun, since more may be due; when a slot gets free if none was; else a while."""
        if not begun and self._turns.active >= self._settings.concurrency:
            await asyncio.wait(self._tasks, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
            begun = True
        await self._rest(0.02 if begun else LOOK_EVERY)

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _recall(self) -> None:
        """What was in work is free again; a server that asked for quiet before the restart still has it, from all of
        its feeds."""
        cursor = None
        while True:
            try:
                if cursor is None:
                    await self._storage.sources.break_leases()
                page = await self._storage.sources.list(limit=500, cursor=cursor)
            except Transient:
                return
            for source, state in page.items:
                if state.state == "paused" and state.last_status is not None and state.next_poll_at:
                    left = (state.next_poll_at - datetime.now(UTC)).total_seconds()
                    if left > PATIENCE:
                        self._http.politeness.pause(state.quiet_at or state.fetch_url or source.url, left)
            cursor = page.next
            if cursor is None:
                return

    async def _look(self, poller: Poller) -> bool:
        """Begin what is due and may be asked. Whether it is worth looking again at once."""
        now, found = datetime.now(UTC), list[tuple[Source, PollState]]()
        for source_id in self._turns.next_parked():
            with contextlib.suppress(NotFound):
                source, state = await self._storage.sources.get(source_id)
                if state.state != "gone" and (state.next_poll_at is None or state.next_poll_at <= now):
                    found.append((source, state))
        free = self._settings.concurrency - self._turns.active
        if free > 0:
            found += await self._storage.sources.due(now, free, self._turns.excluded() | self._publishing)
        chosen = [source.id for source, state in found if self._may_begin(source, state)]
        try:
            claimed = await self._storage.sources.claim(chosen, now, self._lease, LEASE)
        except BaseException:
            claimed = []
            raise
        finally:
            for source_id in set(chosen) - {source.id for source, _ in claimed}:
                self._turns.end(source_id)
        self._held |= {source.id for source, _ in claimed}
        return any([await self._begin(poller, source, state) for source, state in claimed])

    def _may_begin(self, source: Source, state: PollState) -> bool:
        """Its turn is taken with that; one that cannot be asked needs none."""
        url = state.fetch_url or source.url
        try:
            key = host_key(url)
        except Invalid:
            return True
        return self._http.politeness.paused_for(url) > PATIENCE or self._turns.start(source.id, key, url)

    async def _begin(self, poller: Poller, source: Source, state: PollState) -> bool:
        """Poll what is ours, unless it cannot be asked, or not now."""
        url = state.fetch_url or source.url
        try:
            host_key(url)
        except Invalid as error:
            await self._put_off(source, state, str(error), datetime.now(UTC))
            return False
        paused = self._http.politeness.paused_for(url)
        if paused > PATIENCE:
            later = datetime.now(UTC) + timedelta(seconds=paused * (1 + 0.02 * random.random()))
            postponed = state.model_copy(update={"next_poll_at": later})
            self._turns.end(source.id)
            self._held.discard(source.id)
            await self._storage.sources.save_state(source.id, postponed, lease=self._lease)
            return False
        task = asyncio.create_task(self._poll(poller, source, state), name=f"poll {source.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        metrics.stage_in_progress.labels(NAME).inc()
        task.add_done_callback(lambda _: metrics.stage_in_progress.labels(NAME).dec())
        return True

    async def _poll(self, poller: Poller, source: Source, state: PollState) -> None:
        now, began = datetime.now(UTC), time.perf_counter()
        line = self._logger.bind(source=without_credentials(source.url))
        given_back = False
        due = state.next_poll_at or (source.added_at if state.polls == 0 else now)
        metrics.poll_lateness.observe(max(0.0, (now - due).total_seconds()))
        try:
            try:
                polled = await poller.ask(source, state, now)
            finally:
                # Others of this server may go now; this source is left alone until its entries are out.
                self._publishing.add(source.id)
                self._turns.end(source.id)
            seconds = time.perf_counter() - began
            metrics.poll_duration.observe(seconds)
            metrics.stage_duration.labels(NAME).observe(seconds)
            _tell(line, polled, seconds)
            given_back = await self._keep(poller, source, polled, now, line)
        except NotFound:
            line.info("removed meanwhile, or taken over")
        except Transient as error:
            # The server has been asked: trouble of ours is no reason to ask it again at once.
            line.warning("poll lost, it is done again", error=str(error))
            await self._rest(ASK_AGAIN)
        except Exception as error:
            line.exception("poll broke")
            await self._put_off(source, state, f"could not be polled ({type(error).__name__}: {error})", now)
        finally:
            self._held.discard(source.id)
            if not given_back:
                with contextlib.suppress(Transient):
                    await self._storage.sources.release(source.id, self._lease)
            self._publishing.discard(source.id)

    async def _keep(self, poller: Poller, source: Source, polled: Polled, now: datetime, line: Any) -> bool:
        """Publish and save, however long the log or the database may be in trouble; whether it is given back."""
        wait = 0.5
        while True:
            try:
                given_back = await poller.hand_on(source, polled, now, self._stopping)
                self._pulse.fine(source.id)
                self._pulse.success()
                if polled.decision.state.failures == 0:
                    metrics.feed_last_success.set_to_current_time()
                return given_back
            except Transient as error:
                self._pulse.trouble(source.id, "waiting", str(error))
                line.warning("poll cannot be kept yet", error=str(error))
                metrics.stage_retries.labels(NAME).inc()
            await self._rest(wait)
            if self._stopping.is_set():
                return False
            wait = min(2 * wait, ASK_AGAIN)

    async def _put_off(self, source: Source, state: PollState, problem: str, now: datetime) -> None:
        """A mistake of ours with one source must neither end the others nor be repeated at once."""
        decision = decide(state, Answer(problem=problem), now, self._settings, random.random())
        metrics.polls.labels(decision.outcome).inc()
        self._held.discard(source.id)
        with contextlib.suppress(Transient):
            await self._storage.sources.save_state(source.id, decision.state, lease=self._lease)


def _tell(line: Any, polled: Polled, seconds: float) -> None:
    state, answer, choice = polled.decision.state, polled.answer, polled.choice
    fields: dict[str, object] = {"outcome": polled.decision.outcome, "status": answer.status}
    fields |= {"published": len(choice.publish), "seconds": round(seconds, 3)}
    fields |= {"older": choice.older} if choice.older else {}
    fields |= {"left_for_next_poll": choice.held_back} if choice.held_back else {}
    fields |= {"validators_were_frozen": True} if polled.was_frozen else {}
    fields |= {"notes": answer.feed.notes} if answer.feed and answer.feed.notes else {}
    fields |= {"next": state.next_poll_at.isoformat(timespec="seconds")} if state.next_poll_at else {}
    if answer.problem or state.state == "gone":
        line.warning("poll", **fields, failures=state.failures, error=state.last_error)
    else:
        line.info("poll", **fields)
