"""One request at a time to one registrable domain, with room between, and none while the domain asked for quiet."""

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol
from uuid import uuid4

from service.errors import Transient
from service.http.urls import host_key

CROWD = 4096
"""Keys remembered before idle ones are forgotten."""


SLOW = 5.0
"""Seconds after which a request that is still under way no longer keeps the next from starting: an answer that drips is
no burden on its server, and must not shut the door on all its neighbours."""
MOST_AT_ONCE = 4
"""Requests to one key under way at the same time, all but one of them slow."""


FIRST_COME = 2.0
"""Seconds that the turns shared with other processes may take to answer; without an answer ours alone count."""


class SharedTurns(Protocol):
    """Turns that processes share (``service.storage`` has them, in a database that is shared). May raise Transient."""

    async def take(self, key: str, holder: str, longest: float) -> tuple[float, float]:
        """Seconds to wait before asking again, and how much of that is a quiet time; (0, 0): the turn is ours, for
        ``longest`` seconds at most."""

    async def leave(self, key: str, holder: str, spacing: float) -> None:
        """The request is over; the next may come after ``spacing`` seconds."""

    async def pause(self, key: str, seconds: float) -> None:
        """Nobody asks there for so long."""


class _Gate:
    def __init__(self) -> None:
        self.queue = asyncio.Lock()
        self.left = asyncio.Event()
        self.free_at = 0.0
        self.paused_until = 0.0
        self.started_at = 0.0
        self.running = 0
        self.users = 0

    def ready_at(self) -> float:
        """When the next request may start, as things stand."""
        full = self.running >= MOST_AT_ONCE
        busy = math.inf if full else self.started_at + SLOW if self.running else 0.0
        return max(busy, self.free_at, self.paused_until)


class Politeness:
    """Shared by everything in the process that reads other people's servers.

    ``spacing``: seconds between the end of one request and the start of the next to the same key (``host_key``).
    Keys do not wait for each other. Whoever runs many tasks should ask ``ready_in`` first, so that one busy key does
    not hold them all. ``shared``: turns that other processes take too; while they cannot be had, each process keeps
    its own.
    """

    def __init__(
        self, spacing: float, clock: Callable[[], float] = time.monotonic, shared: SharedTurns | None = None
    ) -> None:
        self._spacing = spacing
        self._clock = clock
        self._shared = shared
        self._gates: dict[str, _Gate] = {}

    def _gate(self, key: str) -> _Gate:
        if len(self._gates) > CROWD:
            now = self._clock()
            self._gates = {
                name: gate
                for name, gate in self._gates.items()
                if gate.users or gate.free_at > now or gate.paused_until > now
            }
        return self._gates.setdefault(key, _Gate())

    def ready_in(self, url: str) -> float:
        """Seconds until a request could start; 0 when at once. A guess while another one is under way or waiting."""
        gate = self._gates.get(host_key(url))
        if gate is None:
            return 0.0
        waiting = self._spacing if gate.users > gate.running else 0.0
        seconds = gate.ready_at() - self._clock()
        return max(0.0, SLOW if math.isinf(seconds) else seconds, waiting)

    def pause(self, url: str, seconds: float) -> None:
        """Nobody asks the key of ``url`` for ``seconds``; a pause is only ever made longer."""
        gate = self._gate(host_key(url))
        gate.paused_until = max(gate.paused_until, self._clock() + seconds)

    def paused_for(self, url: str) -> float:
        """Seconds that the key of ``url`` is still to be left alone; 0 when it is not."""
        gate = self._gates.get(host_key(url))
        return 0.0 if gate is None else max(0.0, gate.paused_until - self._clock())

    @asynccontextmanager
    async def turn(self, url: str, patience: float = 5.0) -> AsyncIterator[None]:
        """Wait for the turn of ``url``'s key (first come, first served) and hold it. ``Transient`` with what is left
        of a pause longer than ``patience`` seconds."""
        key = host_key(url)
        gate = self._gate(key)
        gate.users += 1
        try:
            async with gate.queue:
                holder = uuid4().hex
                await self._wait(key, gate, patience)
                while await self._is_others(key, gate, holder):
                    await self._wait(key, gate, patience)
                gate.running += 1
                gate.started_at = self._clock()
                gate.free_at = max(gate.free_at, gate.started_at + self._spacing)
            known = gate.paused_until
            try:
                yield
            finally:
                gate.running -= 1
                gate.free_at = self._clock() + self._spacing
                gate.left.set()
                await self._give_back(key, gate, holder, known)
        finally:
            gate.users -= 1

    async def _wait(self, key: str, gate: _Gate, patience: float) -> None:
        """Until the key is free as far as this process knows."""
        while (wait := gate.ready_at() - self._clock()) > 0:
            paused = gate.paused_until - self._clock()
            if paused > patience:
                raise Transient(f"{key} asked to be left alone for {paused:.0f} s", retry_after=paused)
            gate.left.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(wait, SLOW)):
                    await gate.left.wait()

    async def _is_others(self, key: str, gate: _Gate, holder: str) -> bool:
        """Whether another process has the turn; then the gate knows until when. Else it is ours."""
        if self._shared is None:
            return False
        try:
            async with asyncio.timeout(FIRST_COME):
                wait, quiet = await self._shared.take(key, holder, SLOW)
        except (Transient, TimeoutError):
            return False
        now = self._clock()
        if quiet > 0:
            gate.paused_until = max(gate.paused_until, now + quiet)
        elif wait > 0:
            gate.free_at = max(gate.free_at, now + wait)
        return wait > 0

    async def _give_back(self, key: str, gate: _Gate, holder: str, known: float) -> None:
        """Also tells the others of a pause that the request has brought."""
        if self._shared is None:
            return
        with contextlib.suppress(Transient, TimeoutError):
            async with asyncio.timeout(FIRST_COME):
                await self._shared.leave(key, holder, self._spacing)
                if gate.paused_until > known:
                    await self._shared.pause(key, gate.paused_until - self._clock())
