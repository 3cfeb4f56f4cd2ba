"""What is measured while the system runs: where its groups stand, how much memory it takes, how long its files are."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from service.errors import WirewatchError
from service.log import Log, open_log
from tests.faults.checker import GROUPS
from tests.faults.system import System

EVERY = 1.0


@contextmanager
def watched(system: System) -> Iterator[None]:
    """Note positions and sizes once a second while the block runs."""
    # Brokers are down now and then here; that the client says so is nothing to be told.
    client = logging.getLogger("aiokafka")
    level = client.level
    client.setLevel(logging.CRITICAL)
    ending = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_watch(system, ending)), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(30)
        client.setLevel(level)


async def _watch(system: System, ending: threading.Event) -> None:
    known: dict[tuple[str, str, int], int] = {}
    while not ending.is_set():
        try:
            async with asyncio.timeout(20), open_log(system.log_url, system.data, read_only=True) as log:
                while not ending.is_set():
                    async with asyncio.timeout(20):
                        await note_positions(system, log, known)
                    _sizes(system)
                    await asyncio.sleep(EVERY)
        except (WirewatchError, OSError, TimeoutError):
            # Brokers that are down, a file that is not there yet: look again.
            await asyncio.sleep(EVERY)


async def note_positions(system: System, log: Log, known: dict[tuple[str, str, int], int]) -> None:
    """Where each group stands in the log and in the database, if that has changed."""
    for topic, group in GROUPS.items():
        for source, following in (await log.committed(group, topic)).items():
            _note(system, known, "log", group, topic, source.partition, following)
    try:
        rows = await asyncio.to_thread(system.rows, "SELECT reader, topic, partition, next FROM positions")
    except Exception:  # the database may be what has just been killed
        return
    for reader, topic, partition, following in rows:
        _note(system, known, "database", reader, topic, partition, following)


def _note(
    system: System, known: dict[tuple[str, str, int], int], keeper: str, group: str, topic: str, partition: int, at: int
) -> None:
    if known.get((keeper, topic, partition)) != at:
        known[keeper, topic, partition] = at
        system.history.note("position", keeper=keeper, group=group, topic=topic, partition=partition, next=at)


def _sizes(system: System) -> None:
    for worker in list(system.workers.values()):
        if resident := worker.resident():
            system.history.note("gauge", name=f"resident {worker.name}", value=resident)
    for name in ("log.db-wal", "wirewatch.db-wal"):
        path = system.data / name
        if path.exists():
            system.history.note("gauge", name=f"wal {name}", value=path.stat().st_size)
