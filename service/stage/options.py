"""How a stage loop tries, waits and gives up. Durations are seconds."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageOptions:
    batch: int = 64
    """Messages in a batch at most."""
    batch_bytes: int = 8 * 1024 * 1024
    in_flight: int = 0
    """0: a batch a partition at a time. More: messages are handled one by one, so many side by side; for stages that
    wait for others and do not gain by batches. Those of one key stay in order either way."""
    window: int = 256
    """Messages of a partition that may be unfinished when they are handled one by one."""
    deadline: float = 600.0
    """Of one call of ``handle``; a batch that takes longer is treated as one that raised."""
    attempts: int = 5
    """Tries of one message before it is dead-lettered."""
    crash_attempts: int = 3
    """Tries of a message at which ``handle`` raises something unforeseen."""
    first_wait: float = 0.5
    """Before the second try; doubled for each further one, with jitter."""
    longest_wait: float = 30.0
    longest_retry_after: float = 120.0
    """What a server asks for beyond this is cut: the partition waits meanwhile."""
    brake_after: int = 50
    """Dead letters one after another that stop the stage …"""
    brake_ratio: float = 0.8
    """… or this share of dead letters …"""
    brake_window: int = 100
    """… among so many messages."""
    probe_every: float = 30.0
    """A stopped stage tries one message so often, and only that one is put aside if it fails again."""
    lag_every: float = 5.0
    """Between two measurements of the lag."""


def wait_before(
    attempt: int, retry_after: float | None, options: StageOptions, *, jitter: float | None = None
) -> float:
    """Seconds to wait after ``attempt`` failed tries: exponential, cut, with jitter, never less than asked for.

    ``jitter``: 0 to 1, random when None (equal jitter: half fixed, half random; AWS Architecture Blog, "Exponential
    Backoff And Jitter", 2015).
    """
    whole = min(options.longest_wait, options.first_wait * 2.0 ** min(attempt - 1, 60))
    wait = whole * (0.5 + 0.5 * (random.random() if jitter is None else jitter))
    return max(wait, min(retry_after or 0.0, options.longest_retry_after))
