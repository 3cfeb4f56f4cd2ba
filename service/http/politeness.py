"""One request at a time to one registrable domain, with room between, and none while the domain asked for quiet."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from service.errors import Transient
from service.http.urls import host_key

CROWD = 4096
"""Keys remembered before idle ones are forgotten."""


class _Gate:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0
        self.paused_until = 0.0
        self.users = 0


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
        """Seconds until a request could start; 0 when at once. A guess while another one is under way."""
        gate = self._gates.get(host_key(url))
        if gate is None:
            return 0.0
        free_at = self._clock() + self._spacing if gate.users else gate.free_at
        return max(0.0, max(free_at, gate.paused_until) - self._clock())

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
            async with gate.lock:
                while (wait := max(gate.free_at, gate.paused_until) - self._clock()) > 0:
                    paused = gate.paused_until - self._clock()
                    if paused > patience:
                        raise Transient(f"{key} asked to be left alone for {paused:.0f} s", retry_after=paused)
                    await asyncio.sleep(wait)
                try:
                    yield
                finally:
                    gate.free_at = self._clock() + self._spacing
        finally:
            gate.users -= 1
