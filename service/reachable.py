"""The page and the API as a part of the service: ready while the database answers."""

import asyncio
import contextlib

from service.errors import WirewatchError
from service.stage import Health
from service.stage.health import Pulse
from service.storage import Storage
from service.topology import WEB

LOOK_EVERY = 2.0
DEADLINE = 5.0
"""Seconds for the smallest read there is."""


class Reachable:
    """Runs like a stage, until ``stop``."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._pulse = Pulse(WEB)
        self._stopping = asyncio.Event()

    @property
    def health(self) -> Health:
        return self._pulse.health

    def stop(self, grace: float) -> None:
        """Requests under way are the server's to finish."""
        self._stopping.set()

    async def run(self) -> None:
        while not self._stopping.is_set():
            await self._look()
            self._pulse.phase("running")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._stopping.wait()
        self._pulse.phase("stopped")

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(DEADLINE):
                await self._storage.changes.version("alerts")
        except TimeoutError:
            self._pulse.trouble("storage", "waiting", f"the database has not answered for {DEADLINE:g} s")
        except WirewatchError as error:
            self._pulse.trouble("storage", "waiting", str(error))
        else:
            self._pulse.fine("storage")
