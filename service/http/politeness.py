"""One request at a time to one registrable domain, with room between, and none while the domain asked for quiet."""

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from service.errors import Transient
from service.http.urls import host_key

CROWD = 4096
"""Keys remembered before idle ones are forgotten."""


SLOW = 5.0
"""Seconds after which a request that is still under way no longer keeps the next from starting: an answer that drips is
no burden on its server, and must not shut the door on all its neighbours."""
MOST_AT_ONCE = 4
"""Requests to one key under way at the same time, all but one of them slow."""


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
    not hold them all.
    """

    def __init__(self, spacing: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._spacing = spacing
        self._clock = clock
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
                while (wait := gate.ready_at() - self._clock()) > 0:
                    paused = gate.paused_until - self._clock()
                    if paused > patience:
                        raise Transient(f"{key} asked to be left alone for {paused:.0f} s", retry_after=paused)
                    gate.left.clear()
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(min(wait, SLOW)):
                            await gate.left.wait()
                gate.running += 1
                gate.started_at = self._clock()
                gate.free_at = max(gate.free_at, gate.started_at + self._spacing)
            try:
                yield
            finally:
                gate.running -= 1
                gate.free_at = self._clock() + self._spacing
                gate.left.set()
        finally:
            gate.users -= 1
