"""Due sources → new entries in the log. Asks politely, publishes, then keeps what the poll has taught.

The schedule is in the database, so a restart asks nobody early. What is published is durable in the log before the poll
is saved: a crash between the two publishes the same entries (same ids) again, and loses none.
"""

import asyncio
import contextlib
import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from producers.feeds.check import Report, check
from producers.feeds.dates import months
from producers.feeds.decide import Answer, decide
from producers.feeds.pace import Pace
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

__all__ = ["Report", "SourceToEntry", "check"]

NAME = "source_to_entry"
LOOK_EVERY = 0.5
"""Seconds between two looks for due sources: how soon one that another process added is noticed."""
ASK_AGAIN = 30.0
"""Seconds before a feed whose answer was lost to trouble of ours is asked again."""
PATIENCE = 5.0
"""Seconds of a server's pause that a poll waits for; for longer ones it is put off."""


class SourceToEntry:
    """``run`` until ``stop``. One process at a time polls a database."""

    def __init__(self, http: HttpClient, log: Log, storage: Storage, settings: PollSettings) -> None:
        self._http, self._log, self._storage, self._settings = http, log, storage, settings
        self._turns = Turns(http.politeness.ready_in)
        self._tasks: set[asyncio.Task[None]] = set()
        self._publishing: set[str] = set()
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
            poller = Poller(self._http, reader, self._log, self._storage, self._settings, pace)
            await asyncio.to_thread(months)
            self._pulse.phase("running")
            try:
                await self._recall_pauses()
                while not self._stopping.is_set():
                    try:
                        begun = await self._look(poller)
                        self._pulse.fine("storage")
                    except Transient as error:
                        begun = False
                        self._pulse.trouble("storage", "waiting", str(error))
                        self._logger.warning("sources cannot be read", error=str(error))
                    await self._until_worth_looking(begun)
                if self._tasks:
                    await asyncio.wait(self._tasks, timeout=self._grace)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
                self._pulse.phase("stopped")

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

    async def _recall_pauses(self) -> None:
        """A server that asked for quiet before the restart still has it, from all of its feeds."""
        cursor = None
        while True:
            try:
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
        begun = False
        for source_id in self._turns.next_parked():
            try:
                source, state = await self._storage.sources.get(source_id)
            except NotFound:
                continue
            if state.state != "gone" and (state.next_poll_at is None or state.next_poll_at <= datetime.now(UTC)):
                begun |= await self._begin(poller, source, state)
        free = self._settings.concurrency - self._turns.active
        if free > 0:
            now, excluded = datetime.now(UTC), self._turns.excluded() | self._publishing
            for source, state in await self._storage.sources.due(now, free, excluded):
                begun |= await self._begin(poller, source, state)
        return begun

    async def _begin(self, poller: Poller, source: Source, state: PollState) -> bool:
        url = state.fetch_url or source.url
        try:
            key = host_key(url)
        except Invalid as error:
            await self._put_off(source, state, str(error), datetime.now(UTC))
            return False
        paused = self._http.politeness.paused_for(url)
        if paused > PATIENCE:
            later = datetime.now(UTC) + timedelta(seconds=paused * (1 + 0.02 * random.random()))
            await self._storage.sources.save_state(source.id, state.model_copy(update={"next_poll_at": later}))
            return False
        if not self._turns.start(source.id, key, url):
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
            _tell(line, polled, seconds)
            await self._keep(poller, source, polled, now, line)
        except NotFound:
            line.info("removed meanwhile")
        except Transient as error:
            # The server has been asked: trouble of ours is no reason to ask it again at once.
            line.warning("poll lost, it is done again", error=str(error))
            await self._rest(ASK_AGAIN)
        except Exception as error:
            line.exception("poll broke")
            await self._put_off(source, state, f"could not be polled ({type(error).__name__}: {error})", now)
        finally:
            self._publishing.discard(source.id)

    async def _keep(self, poller: Poller, source: Source, polled: Polled, now: datetime, line: Any) -> None:
        """Publish and save, however long the log or the database may be in trouble."""
        wait = 0.5
        while True:
            try:
                await poller.hand_on(source, polled, now, self._stopping)
                self._pulse.fine(source.id)
                self._pulse.success()
                if polled.decision.state.failures == 0:
                    metrics.feed_last_success.set_to_current_time()
                return
            except Transient as error:
                self._pulse.trouble(source.id, "waiting", str(error))
                line.warning("poll cannot be kept yet", error=str(error))
            await self._rest(wait)
            if self._stopping.is_set():
                return
            wait = min(2 * wait, ASK_AGAIN)

    async def _put_off(self, source: Source, state: PollState, problem: str, now: datetime) -> None:
        """A mistake of ours with one source must neither end the others nor be repeated at once."""
        decision = decide(state, Answer(problem=problem), now, self._settings, random.random())
        metrics.polls.labels(decision.outcome).inc()
        with contextlib.suppress(Transient):
            await self._storage.sources.save_state(source.id, decision.state)


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
