"""outbox → the outside: webhooks and the console, tried until they are taken, with a receipt for every try.

The outbox is in the database, written with the alert. A delivery is claimed under a lease, sent, and settled; who dies
between sending and settling sends again, with the same id.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import structlog

from consumers.delivering import Answer, Console, Next, following, send
from consumers.delivering.lanes import Lanes
from consumers.delivering.measured import note_delivered
from service import metrics
from service.contracts import DeliveryTry
from service.errors import Transient
from service.http import HttpClient, without_credentials
from service.settings import DeliverySettings
from service.stage import Health
from service.stage.health import Pulse
from service.storage import Storage
from service.storage.leases import LEASE, renewed
from service.storage.outbox import CONSOLE, Claim

NAME = "alert_to_delivery"
LOOK_EVERY = 0.5
"""Seconds between two looks into the outbox: how soon what another process put there is noticed where the database
does not tell."""
PER_ENDPOINT = 4
"""Deliveries under way to one endpoint."""
STOPPED_EVERY = 5.0
"""Seconds between two looks at which endpoints are given up."""
PROMPT = 5.0
"""Seconds within which an endpoint that says no still counts as one that holds nobody up."""


class AlertToDelivery:
    """``run`` until ``stop``. ``wake`` when something has been put into the outbox."""

    def __init__(
        self,
        storage: Storage,
        http: HttpClient,
        settings: DeliverySettings,
        console: Console | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage, self._http, self._settings, self._clock = storage, http, settings, clock
        self._console = console or Console()
        self._lanes = Lanes(settings.concurrency)
        self._lease = uuid4().hex
        self._held: set[str] = set()
        """Ids of what is claimed and not settled."""
        self._woken, self._stopping = self._lanes.freed, asyncio.Event()
        self._grace = self._stopped_due = 0.0
        self._pulse = Pulse(NAME)
        self._logger = structlog.get_logger().bind(stage=NAME)

    @property
    def health(self) -> Health:
        return self._pulse.health

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    def stop(self, grace: float) -> None:
        """Begin no more tries; ``run`` ends when those under way have, or after ``grace`` seconds."""
        self._grace = grace
        self._stopping.set()
        self._woken.set()

    async def run(self) -> None:
        """Until stopped; trouble with the database is waited out."""
        async with renewed(self._storage.outbox.renew, self._held, self._lease, self._clock):
            try:
                await self._while_it_works(self._storage.outbox.break_leases)
                self._pulse.phase("running")
                async with self._storage.outbox.told(self.wake):
                    while not self._stopping.is_set():
                        self._woken.clear()
                        await self._while_it_works(self._look)
                        await self._while_it_works(self._note_stopped)
                        await self._rest()
            finally:
                await self._lanes.finish(self._grace)
                self._console.close()
                self._pulse.phase("stopped")

    async def _while_it_works(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            self._pulse.fine("storage")
        except Transient as error:
            self._pulse.trouble("storage", "waiting", str(error))
            self._logger.warning("the outbox cannot be read", error=str(error))

    async def _look(self) -> None:
        """Open a lane for every endpoint that something is due for, as far as there is room."""
        while not self._stopping.is_set() and (room := self._lanes.room()):
            claims = await self._storage.outbox.claim(
                self._clock(),
                room.limit,
                self._lease,
                LEASE,
                exclude=room.exclude,
                only=room.only,
                per_endpoint=PER_ENDPOINT,
            )
            if not claims:
                return
            self._held.update(claim.id for claim in claims)
            by_endpoint: dict[str, list[Claim]] = {}
            for claim in claims:
                by_endpoint.setdefault(claim.endpoint, []).append(claim)
            for endpoint, mine in by_endpoint.items():
                self._lanes.open(endpoint, self._lane(mine))

    async def _note_stopped(self) -> None:
        """Endpoints that are given up are told of with the health, which stays good: we do what we can."""
        if time.monotonic() < self._stopped_due:
            return
        self._stopped_due = time.monotonic() + STOPPED_EVERY
        stopped = await self._storage.endpoints.stopped()
        shown = ", ".join(without_credentials(url) for url in list(stopped)[:3]) + (", …" if len(stopped) > 3 else "")
        many = "1 endpoint" if len(stopped) == 1 else f"{len(stopped)} endpoints"
        note = f"{many} answered 410 and got nothing since: {shown}; see wirewatch subscriptions list"
        self._pulse.note("stopped", note if stopped else None)

    async def _rest(self) -> None:
        """Until woken, or the next is due, or it is time to look what other processes have put there."""
        now = self._clock()
        due_at = None
        with contextlib.suppress(Transient):  # the next look says so
            due_at = await self._storage.outbox.next_due_at()
        late = (now - due_at).total_seconds() if due_at else 0.0
        wait = min(LOOK_EVERY, -late) if due_at and late < 0 else LOOK_EVERY
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._woken.wait()

    async def _lane(self, claims: Sequence[Claim]) -> None:
        """All that is claimed for one endpoint: side by side, but one after the other on the console."""
        turn = asyncio.Semaphore(1 if claims[0].channel == CONSOLE else len(claims))
        await asyncio.gather(*(self._deliver(claim, turn) for claim in claims))

    async def _deliver(self, claim: Claim, turn: asyncio.Semaphore) -> None:
        try:
            await self._send(claim, turn)
        finally:
            self._held.discard(claim.id)

    async def _send(self, claim: Claim, turn: asyncio.Semaphore) -> None:
        try:
            async with turn:
                at, began = self._clock(), time.perf_counter()
                with metrics.stage_in_progress.labels(NAME).track_inprogress():
                    answer = await self._try(claim, at)
                seconds = time.perf_counter() - began
                metrics.stage_duration.labels(NAME).observe(seconds)
        except asyncio.CancelledError:
            # We have to stop: the next to start sends it at once, with the same id.
            await asyncio.shield(self._storage.outbox.release(claim))
            raise
        quiet = self._clock() + timedelta(seconds=answer.retry_after) if answer.retry_after else None
        self._lanes.answered(claim.endpoint, well=answer.delivered or seconds < PROMPT)
        after = following(answer, claim.attempt, self._settings.schedule, self._clock(), random.random())
        tried = DeliveryTry(at=at, status=answer.status, error=answer.error, seconds=seconds)
        line = self._logger.bind(delivery=claim.id, alert=claim.alert.id, endpoint=without_credentials(claim.endpoint))
        try:
            await self._settle(claim, tried, after, quiet)
        except Transient as error:
            line.error("receipt lost; it is sent again when its lease ends", error=str(error))
            return
        metrics.deliveries.labels(claim.channel, _outcome(after)).inc()
        if after.state == "pending":
            metrics.stage_retries.labels(NAME).inc()
        else:
            metrics.stage_messages.labels(NAME, "done" if answer.delivered else "dead").inc()
        if answer.delivered:
            self._pulse.success()
            note_delivered(claim, self._clock())
        (line.info if answer.delivered else line.warning)(
            "delivery",
            outcome=_outcome(after),
            attempt=claim.attempt + 1,
            status=answer.status,
            error=answer.error,
            seconds=round(seconds, 4),
            next_try_at=after.next_try_at and after.next_try_at.isoformat(),
        )

    async def _try(self, claim: Claim, at: datetime) -> Answer:
        try:
            if claim.channel == CONSOLE:
                return await self._console.send(claim.alert, self._settings.timeout)
            return await send(self._http, claim, at, self._settings.timeout)
        except Exception as error:  # a mistake of ours must cost this delivery a try, not all others their sender
            self._logger.exception("a try broke", delivery=claim.id)
            return Answer(error=f"{type(error).__name__}: {error}")

    async def _settle(self, claim: Claim, tried: DeliveryTry, after: Next, quiet: datetime | None) -> None:
        """Keep the receipt; an endpoint that asked for quiet (Retry-After) has it from all its deliveries."""
        waits = [0.2, 1.0, 5.0]
        while True:
            try:
                if quiet is not None:
                    await self._storage.endpoints.pause(claim.endpoint, quiet)
                await self._storage.outbox.settle(claim, tried, after.state, after.next_try_at)
                return
            except Transient:
                if not waits:
                    raise
                await asyncio.sleep(waits.pop(0))


def _outcome(after: Next) -> str:
    return "retried" if after.state == "pending" else after.state
