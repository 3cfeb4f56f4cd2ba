"""Who may be sent to now: one lane an endpoint, so that a slow or dead one delays nobody but itself.

Endpoints that have answered well since the start have room of their own; those that have not (new, dead, slow) share
another. So any number of dead endpoints leaves the good ones as quick as they were.
"""

import asyncio
from collections.abc import Collection, Coroutine
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Room:
    """What may be claimed: ``limit`` deliveries, not for ``exclude``, and when ``only`` is given for no others."""

    limit: int
    exclude: Collection[str]
    only: Collection[str] | None = None


class Lanes:
    """Tasks by endpoint. ``width``: lanes open at once, of each of the two kinds."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._open: dict[str, asyncio.Task[None]] = {}
        self._proven: set[str] = set()
        self.freed = asyncio.Event()
        """Set when a lane has closed."""

    def room(self) -> Room | None:
        """None when nobody may be sent to before a lane closes."""
        proven = sum(1 for endpoint in self._open if endpoint in self._proven)
        free_proven, free_other = self._width - proven, self._width - (len(self._open) - proven)
        if free_proven > 0 and free_other > 0:
            return Room(min(free_proven, free_other), tuple(self._open))
        if free_other > 0:
            return Room(free_other, (*self._open, *self._proven))
        waiting = self._proven - self._open.keys()
        return Room(free_proven, (), tuple(waiting)) if free_proven > 0 and waiting else None

    def open(self, endpoint: str, work: Coroutine[Any, Any, None]) -> None:
        """Run ``work`` as the endpoint's lane."""
        task = asyncio.create_task(work, name=f"lane {endpoint}")
        self._open[endpoint] = task
        task.add_done_callback(lambda _: self._close(endpoint))

    def _close(self, endpoint: str) -> None:
        self._open.pop(endpoint, None)
        self.freed.set()

    def answered(self, endpoint: str, *, well: bool) -> None:
        """Remember how the endpoint does."""
        (self._proven.add if well else self._proven.discard)(endpoint)

    async def finish(self, grace: float) -> None:
        """Wait for all lanes; those still open after ``grace`` seconds are cancelled."""
        if self._open:
            _, late = await asyncio.wait(self._open.values(), timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
