"""What goes on beside the stages: old rows are dropped, the event loop's lateness is measured."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from service.errors import WirewatchError
from service.metrics import event_loop_lag
from service.storage import Storage

BEAT = 0.5
PRUNE_EVERY = 600.0


async def watch_loop() -> None:
    """Measure how late the loop runs, for ever."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        event_loop_lag.observe(max(0.0, loop.time() - due))


async def prune(storage: Storage, keep: float) -> None:
    """Every ten minutes, drop what is older than ``keep`` seconds and no longer needed; for ever."""
    logger = structlog.get_logger()
    while True:
        try:
            gone = await storage.prune(datetime.now(UTC) - timedelta(seconds=keep))
            if gone:
                logger.info("old rows dropped", rows=gone)
        except WirewatchError as error:
            logger.warning("old rows could not be dropped", error=str(error))
        await asyncio.sleep(PRUNE_EVERY)
