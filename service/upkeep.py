"""What goes on beside the stages: old rows are dropped, the loop's lateness is measured, the clock is watched."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import structlog

from service.errors import WirewatchError
from service.metrics import event_loop_lag
from service.settings import StorageSettings
from service.storage import Storage

BEAT = 0.5
PRUNE_EVERY = 600.0
LOOK_AT_CLOCK_EVERY = 2.0
UNDER_WAY = 120.0
"""Seconds in which a poll or a try that began before the jump may still plan by the old time."""
JUMP = 30.0
"""Seconds; by less the clock is corrected all the time."""


async def watch_loop() -> None:
    """Measure how late the loop runs, for ever."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        event_loop_lag.observe(max(0.0, loop.time() - due))


async def prune(storage: Storage, settings: StorageSettings) -> None:
    """Every ten minutes, drop what is older than ``settings`` keep it and no longer needed; for ever."""
    logger = structlog.get_logger()
    keeps = (settings.retention, settings.retention_alerts)
    while True:
        try:
            now = datetime.now(UTC)
            before, alerts_before = (now - timedelta(seconds=keep) for keep in keeps)
            gone = await storage.prune(before, alerts_before)
            if gone:
                logger.info("old rows dropped", rows=gone)
        except WirewatchError as error:
            logger.warning("old rows could not be dropped", error=str(error))
        await asyncio.sleep(PRUNE_EVERY)


async def watch_clock(storage: Storage) -> None:
    """At the start, and when the wall clock was set back, put right what times from the future hold up; for ever."""
    logger = structlog.get_logger()
    known: float | None = None
    unsettled_until = 0.0
    while True:
        ahead_of_monotonic = time.time() - time.monotonic()
        if known is not None and ahead_of_monotonic > known + JUMP:
            logger.warning("the clock was set forward", seconds=round(ahead_of_monotonic - known))
            known = ahead_of_monotonic
        set_back = known is None or ahead_of_monotonic < known - JUMP
        if set_back or time.monotonic() < unsettled_until:
            try:
                brought = await storage.set_right(datetime.now(UTC))
                if set_back:
                    known, unsettled_until = ahead_of_monotonic, time.monotonic() + UNDER_WAY
                if brought:
                    logger.warning("polls and deliveries were planned by a clock that was ahead", brought=brought)
            except WirewatchError as error:
                logger.warning("what a wrong clock has put off could not be put right yet", error=str(error))
        await asyncio.sleep(LOOK_AT_CLOCK_EVERY)
