"""Letting new entries go no faster than their pages may be fetched: one feed's backlog must not hold up others' news.

The article stage works through a partition in order; a hundred entries of one site at once would keep all behind them
waiting for that site's turn. Entries that bring their full text need no page and go at once.
"""

import time
from collections.abc import Callable, Sequence

from producers.feeds.identity import Identified
from service.errors import Invalid
from service.http import host_key

FULL_TEXT = 1500
"""Characters of an entry's content from which on it needs no page (as the article stage sees it, roughly)."""


class Pace:
    """``spacing``: seconds between two pages of one site."""

    def __init__(self, spacing: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._spacing = spacing
        self._clock = clock
        self._free_at: dict[str, float] = {}

    def wait_for(self, one: Identified) -> float:
        """Seconds until this entry should go; its place is taken with that."""
        entry = one.entry
        if self._spacing <= 0 or entry.link is None or len(entry.content or "") >= FULL_TEXT:
            return 0.0
        try:
            key = host_key(entry.link)
        except Invalid:
            return 0.0
        now = self._clock()
        if len(self._free_at) > 10_000:
            self._free_at = {name: at for name, at in self._free_at.items() if at > now}
        at = max(now, self._free_at.get(key, 0.0))
        self._free_at[key] = at + self._spacing
        return at - now


def slices(waits: Sequence[tuple[float, Identified]]) -> list[tuple[float, list[Identified]]]:
    """Entries that go together, with the seconds from the start at which they go, in order of time."""
    grouped: list[tuple[float, list[Identified]]] = []
    for wait, one in sorted(waits, key=lambda pair: pair[0]):
        if grouped and wait - grouped[-1][0] < 0.5:
            grouped[-1][1].append(one)
        else:
            grouped.append((wait, [one]))
    return grouped
