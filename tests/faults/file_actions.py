"""What can be done to the files of the embedded system, as steps of a scenario."""

import shutil
import sqlite3
import time

from tests.faults.dying import FOLDED
from tests.faults.observed import Observed
from tests.faults.scenario import Action, Running
from tests.parts.missing import MissingPart

FILES = ("log.db", "wirewatch.db")
HELD, TOLD, LEFT = "write-ahead files while they were held", "of which its metric told", "left when it was quiet"
"""Gauges, in bytes of both files."""
SMALL = 6 * 1024 * 1024
"""Bytes below which nobody needs to fold a file back."""
WAL_METRIC = "wirewatch_wal_bytes"
TELLS_BY, SHRINKS_BY = 30.0, 60.0
"""Seconds for the metric to be measured again, and for the next quiet moment."""


def tracer() -> None:
    """MissingPart without that which kills in the middle of SQLite's own work."""
    if shutil.which("strace") is None:
        raise MissingPart("strace is not installed: apt-get install strace")


def die_while_folding(times: int, then: Action) -> Action:
    """Killed at the ``times``-th page that is copied from a write-ahead file to where it belongs, once for each file;
    ``then`` comes when it has died of both."""

    def act(running: Running) -> None:
        tracer()
        worker = running.system.workers["all"]
        worker.deaths[:0] = [(place, times, "KILL") for place in FOLDED]
        worker.kill()
        wait(running)

    def wait(running: Running) -> None:
        worker = running.system.workers["all"]
        # A death that never comes by fails the run.
        running.later(0.2, wait if worker.deaths or not worker.address else then)

    return act


def read_for_long(seconds: float) -> Action:
    """Somebody has a read transaction over everything in both files, so that nothing can be folded back meanwhile. Then
    the wire is quiet until the files are short again. What was to be seen of that is written down as gauges."""

    def act(running: Running) -> None:
        running.system.history.note("broke", who="somebody reads from both files for long")
        readers = []
        for name in FILES:
            uri = f"file:{running.system.data / name}?mode=ro"
            reader = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
            reader.execute("BEGIN")
            for (table,) in reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                reader.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            readers.append(reader)
        running.later(seconds, lambda running: tell(running, readers, time.monotonic() + TELLS_BY))

    def tell(running: Running, readers: list[sqlite3.Connection], latest: float) -> None:
        held, told = wal_bytes(running), running.system.workers["all"].metric(WAL_METRIC)
        if told < held / 2 and time.monotonic() < latest:
            running.later(0.5, lambda running: tell(running, readers, latest))
            return
        running.system.history.note("gauge", name=HELD, value=held)
        running.system.history.note("gauge", name=TOLD, value=told)
        for reader in readers:
            reader.close()
        rate, running.wire.rate = running.wire.rate, 0.0
        shrink(running, rate, time.monotonic() + SHRINKS_BY)

    def shrink(running: Running, rate: float, latest: float) -> None:
        left = wal_bytes(running)
        if left > SMALL and time.monotonic() < latest:
            running.later(0.3, lambda running: shrink(running, rate, latest))
            return
        running.system.history.note("gauge", name=LEFT, value=left)
        running.wire.rate = rate

    return act


def wal_bytes(running: Running) -> int:
    """Of both write-ahead files."""
    files = [running.system.data / f"{name}-wal" for name in FILES]
    return sum(file.stat().st_size for file in files if file.exists())


def told_and_short_again(seen: Observed) -> list[str]:
    """The files were held, the operator could see it, and they became short by themselves when the reader had gone."""
    value = {one.name: one.value for one in seen.gauges}
    wrong = []
    if value[HELD] <= SMALL:
        wrong.append(f"nothing was held: {value[HELD]:g} bytes")
    if value[TOLD] < value[HELD] / 2:
        wrong.append(f"{WAL_METRIC} told {value[TOLD]:g} of {value[HELD]:g} bytes")
    if value[LEFT] > SMALL:
        wrong.append(f"{value[LEFT]:g} bytes were left when nobody read any more")
    return wrong
