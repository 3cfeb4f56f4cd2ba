"""What follows a try: done, again at a time, or never. Pure (Standard Webhooks 1.0, "Operational considerations")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consumers.delivering.answer import Answer
from service.contracts import DeliveryState

JITTER = 0.1
"""A wait grows by up to this share of itself, never shrinks: retries of many deliveries spread out."""


@dataclass(frozen=True)
class Next:
    state: DeliveryState
    next_try_at: datetime | None = None


def following(answer: Answer, attempt: int, schedule: Sequence[float], now: datetime, chance: float) -> Next:
    """After try number ``attempt`` (from 0). ``schedule[n]``: seconds before try ``n``; ``chance``: 0 to 1, for jitter.

    A server that asks for more time (Retry-After) gets it; asking for less does not bring the try forward.
    """
    if answer.delivered:
        return Next("delivered")
    if answer.gone:
        return Next("disabled")
    if attempt + 1 >= len(schedule):
        return Next("failed")
    wait = max(schedule[attempt + 1], answer.retry_after or 0.0) * (1 + JITTER * chance)
    return Next("pending", now + timedelta(seconds=wait))
