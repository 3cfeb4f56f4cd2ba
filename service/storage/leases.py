"""How long what a process has in hand is its own: feeds it polls, deliveries it sends.

Who lives renews its leases, so that the work of a dead one waits this long and no longer. Who was held up longer (a
frozen process, clocks further apart than this) finds its work taken over: a feed is then saved by one of the two alone,
a delivery made twice with the same id.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Set
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from service.errors import Transient

LEASE = 10.0
"""Seconds."""
RENEW_EVERY = LEASE / 4

Renew = Callable[[Collection[str], datetime, str, float], Awaitable[None]]
"""Ids, now, lease and seconds to a repository's ``renew``."""


@asynccontextmanager
async def renewed(renew: Renew, held: Set[str], lease: str, clock: Callable[[], datetime]) -> AsyncIterator[None]:
    """While the block runs, what is ``held`` (ids; may change meanwhile) stays ``lease``'s."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY)
            try:
                if held:
                    await renew(tuple(held), clock(), lease, LEASE)
            except Transient:
                continue  # whoever looks for more work says so
            except Exception:
                structlog.get_logger().exception("leases were not renewed")

    keeping = asyncio.create_task(keep(), name="renew leases")
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
