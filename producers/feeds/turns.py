"""Which due feeds may be asked now: one poll at a time per server, and no crowd at one server hides the others."""

import time
from collections import deque
from collections.abc import Callable

from service.http.politeness import SLOW


class Turns:
    """Book-keeping for the polling loop. Keys are ``host_key``s; ``ready_in`` is ``Politeness.ready_in``.

    A registrable domain that is busy is left out of the next look into the database. A ``host:port`` cannot be, since
    the database knows hosts only: its feeds are parked here, oldest first.
    """

    def __init__(self, ready_in: Callable[[str], float], clock: Callable[[], float] = time.monotonic) -> None:
        self._ready_in = ready_in
        self._clock = clock
        self._active: dict[str, tuple[str, float]] = {}
        self._urls: dict[str, str] = {}
        self._parked: dict[str, deque[str]] = {}

    @property
    def active(self) -> int:
        """Polls under way."""
        return len(self._active)

    def start(self, source_id: str, key: str, url: str) -> bool:
        """Whether ``source_id`` may be asked now; it then holds its key until ``end``. Else it waits."""
        self._urls[key] = url
        if key not in self._busy() and self._ready_in(url) <= 0:
            self._active[source_id] = (key, self._clock())
            return True
        if ":" in key and not any(source_id in waiting for waiting in self._parked.values()):
            self._parked.setdefault(key, deque()).append(source_id)
        return False

    def end(self, source_id: str) -> None:
        self._active.pop(source_id, None)

    def _busy(self) -> set[str]:
        """Keys whose poll began a moment ago; a slow one no longer keeps the others waiting (see ``Politeness``)."""
        return {key for key, began in self._active.values() if self._clock() - began < SLOW}

    def next_parked(self) -> list[str]:
        """Parked feeds whose turn has come, one a key; they are no longer parked."""
        busy = self._busy()
        ready = [key for key in self._parked if key not in busy and self._ready_in(self._urls[key]) <= 0]
        found = [self._parked[key].popleft() for key in ready]
        self._parked = {key: waiting for key, waiting in self._parked.items() if waiting}
        return found

    def excluded(self) -> set[str]:
        """Ids and domains that the database need not offer."""
        busy = self._busy()
        self._urls = {
            key: url for key, url in self._urls.items() if key in busy or key in self._parked or self._ready_in(url) > 0
        }
        domains = {key for key in self._urls if ":" not in key}
        return set(self._active) | domains | {one for waiting in self._parked.values() for one in waiting}
