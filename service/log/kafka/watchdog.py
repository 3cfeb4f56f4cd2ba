"""Telling a group that is stuck from one that has nothing to do. Pure: times come in, a verdict comes out.

A client of the brokers can hang for ever: a join that is never answered, a fetch that is never sent. From outside it
looks like a quiet topic. So after a while without records somebody else is asked what there is to read.
"""

from dataclasses import dataclass
from typing import Literal

QUIET = 10.0
"""Seconds without records after which it is looked whether there are any."""
PATIENCE = 30.0
"""Seconds with records that do not come; longer than brokers need to choose another leader."""
RETRIES = 2
"""Clients that are made anew before only a restart of the process is left."""

Verdict = Literal["fine", "look", "stuck"]


@dataclass(slots=True)
class Watchdog:
    """Times are monotonic seconds. ``joining_limit``: seconds that a rebalance may take."""

    joining_limit: float
    moved_at: float
    behind_since: float | None = None
    rebuilt: int = 0
    """Clients made anew since the last progress."""

    def moved(self, now: float) -> None:
        """Records came, or there was nothing to read."""
        self.moved_at, self.behind_since, self.rebuilt = now, None, 0

    def idle(self, now: float) -> None:
        """Nothing may come just now: all is paused, or nothing is ours."""
        self.moved_at, self.behind_since = now, None

    def looked(self, now: float, behind: bool) -> None:
        """``behind``: there are records after our position."""
        if not behind:
            self.moved(now)
        elif self.behind_since is None:
            self.behind_since = now

    def renewed(self, now: float) -> None:
        """The client was made anew because of us."""
        self.rebuilt += 1
        self.moved_at, self.behind_since = now, None

    def verdict(self, now: float, settled: bool, since: float) -> Verdict:
        """``settled``: the partitions are shared out · ``since``: when this or the opposite began."""
        if not settled:
            return "stuck" if now - since > self.joining_limit else "fine"
        if self.behind_since is not None and now - self.behind_since > PATIENCE:
            return "stuck"
        return "look" if now - self.moved_at > QUIET else "fine"

    @property
    def helpless(self) -> bool:
        return self.rebuilt > RETRIES
