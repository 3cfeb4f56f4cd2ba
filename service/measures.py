"""Gauges that nobody sets in passing: read from the stages, the database and the disk, again and again."""

import asyncio
import shutil
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, get_args

import structlog

from service import metrics
from service.contracts import SourceState
from service.errors import WirewatchError
from service.stage import Health
from service.stage.health import State, since
from service.storage import Storage

EVERY = 5.0
"""Seconds between two looks."""
DEADLINE = 20.0


class HasHealth(Protocol):
    @property
    def health(self) -> Health: ...


async def measure(
    running: Collection[HasHealth],
    storage: Storage | None,
    data: Path,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """For ever. What cannot be read keeps its last figure: the trouble itself shows in the stages' states."""
    stages = frozenset(stage.health.stage for stage in running)
    while True:
        for stage in running:
            note_state(stage.health)
        try:
            async with asyncio.timeout(DEADLINE):
                await asyncio.to_thread(note_disk, data)
                if storage is not None:
                    await note_database(storage, stages, now())
        except (WirewatchError, OSError, TimeoutError) as error:
            structlog.get_logger().debug("not measured", error=str(error))
        except Exception:  # a mistake in a figure must not end what it is a figure of
            structlog.get_logger().exception("not measured")
        await asyncio.sleep(EVERY)


def note_state(health: Health) -> None:
    for state in get_args(State):
        metrics.stage_state.labels(health.stage, state).set(state == health.state)


def note_disk(data: Path) -> None:
    """The write-ahead files of what the data folder holds, 0 for one that is not there, and the room that is left; a
    process that keeps nothing there has a small folder and needs no more."""
    for name in ("log", "wirewatch"):
        try:
            size = (data / f"{name}.db-wal").stat().st_size
        except FileNotFoundError:
            size = 0
        metrics.wal_bytes.labels(name).set(size)
    if any((data / name).exists() for name in ("log.db", "wirewatch.db")):
        metrics.disk_free_bytes.labels("data").set(shutil.disk_usage(data).free)


async def note_database(storage: Storage, stages: Collection[str], now: datetime) -> None:
    """What waits for the two stages that read no topic, and how the feeds are."""
    if "source_to_entry" in stages:
        feeds = await storage.figures.sources(now)
        for state in get_args(SourceState):
            metrics.sources.labels(state).set(feeds.by_state.get(state, 0))
        metrics.feeds_stale.set(feeds.stale)
        _note_lag("source_to_entry", feeds.due, feeds.oldest_due_at)
    if "alert_to_delivery" in stages:
        outbox = await storage.figures.outbox(now)
        metrics.outbox_size.set(outbox.waiting)
        metrics.outbox_oldest_age.set(since(outbox.oldest_raised_at) if outbox.oldest_raised_at else 0)
        _note_lag("alert_to_delivery", outbox.due, outbox.oldest_due_at)


def _note_lag(stage: str, records: int, oldest: datetime | None) -> None:
    metrics.stage_lag_records.labels(stage).set(records)
    metrics.stage_lag_seconds.labels(stage).set(since(oldest) if oldest else 0)
