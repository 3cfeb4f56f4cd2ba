"""Single kills, each after calm: how long a recovery takes by itself."""

import time
from collections.abc import Sequence

from tests.faults.actions import kill
from tests.faults.scenario import Action, Running

PATIENCE = 120.0
"""Seconds after which the next one falls all the same: the checker says how slow it was."""


def kills_after_calm(stages: Sequence[str], calm: float) -> Action:
    """One of the processes of each of ``stages``, in this order."""
    left = list(stages)

    def act(running: Running) -> None:
        kill(left.pop(0))(running)
        mark, latest = running.wire.originals, time.monotonic() + PATIENCE

        def wait(running: Running) -> None:
            started = all(one.address for one in running.system.workers.values() if one.wanted)
            if not (started and len(running.receiver.items) >= mark) and time.monotonic() < latest:
                running.later(0.2, wait)
            elif left:
                running.later(calm, act)

        running.later(1, wait)

    return act
