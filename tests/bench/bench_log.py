"""The embedded log beside SQLite itself: appends at 1, 16 and 128 in flight, consuming with commits, a stage's loop.

``python -m tests.bench.bench_log [SECONDS] [MESSAGES]`` prints messages a second, and how often the rate of the bare
loop that is: one connection, one row a transaction, synchronous=FULL, in the same folder and the same run.
``SECONDS`` for each kind of append, ``MESSAGES`` that are consumed.
"""

import asyncio
import itertools
import sqlite3
import sys
import tempfile
import time
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from service.contracts import Message
from service.log import Log, Record, lag, open_log
from service.stage import Batch, Done, Outcome, StageLoop, StageOptions

PAYLOAD = ("Шанхайская организация сотрудничества " * 70).encode()[:5000]


class Parcel(Message):
    text: str


class Forward:
    name = "forward"
    consumes = "read"
    produces = "forwarded"
    message = Parcel

    async def handle(self, batch: Batch[Parcel]) -> Sequence[Outcome]:
        return [Done([parcel]) for parcel in batch.messages]


def bare_commits(folder: Path, seconds: float) -> float:
    db = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, value BLOB)")
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        db.execute("INSERT INTO records (value) VALUES (?)", (PAYLOAD,))
        count += 1
    rate = count / (time.perf_counter() - begun)
    db.close()
    return rate


async def appends(log: Log, in_flight: int, seconds: float) -> float:
    count = 0
    begun = time.perf_counter()

    async def caller(number: int) -> None:
        nonlocal count
        for n in itertools.count():
            if time.perf_counter() - begun > seconds:
                return
            await log.append("appended", [Record(f"{number} {n}", PAYLOAD)])
            count += 1

    await asyncio.gather(*(caller(number) for number in range(in_flight)))
    return count / (time.perf_counter() - begun)


async def fill(log: Log, messages: int) -> None:
    parcel = Parcel(id="p", first_seen_at=datetime.now(UTC), text=PAYLOAD.decode("utf-8", "ignore"))
    for start in range(0, messages, 1000):
        numbers = range(start, min(start + 1000, messages))
        await log.append("read", [Record(str(number), parcel.to_json()) for number in numbers])


async def consume(log: Log, size: int, messages: int) -> float:
    count = 0
    begun = time.perf_counter()
    async with log.reader(f"reader-{size}", ["read"]) as reader:
        while count < messages and time.perf_counter() - begun < 10:
            for batch in await reader.poll(max_records=size):
                await reader.commit({batch.source: batch.next_offset})
                count += len(batch.records)
    return count / (time.perf_counter() - begun)


async def forward(log: Log, messages: int) -> float:
    loop = StageLoop(Forward(), log, StageOptions(batch=100))
    begun = time.perf_counter()
    task = asyncio.create_task(loop.run())
    while sum((await lag(log, "forward", "read")).values()):  # noqa: ASYNC110 - what is waited for is state of the log
        await asyncio.sleep(0.02)
    rate = messages / (time.perf_counter() - begun)
    loop.stop(5)
    await task
    return rate


async def main(seconds: float, messages: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory(prefix="wirewatch-bench-") as name:
        folder = Path(name)
        print(f"records of {len(PAYLOAD)} bytes, SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL")
        print(f"{'':40} {'this':>9} {'bare':>9} {'times':>7}")

        async def show(what: str, measured: Coroutine[None, None, float]) -> None:
            # Just before each: disks are shared and their speed changes from minute to minute.
            bare = await asyncio.to_thread(bare_commits, folder, min(seconds, 1.0))
            rate = await measured
            print(f"{what:40} {rate:7,.0f}/s {bare:7,.0f}/s {rate / bare:7.1f}")

        async with open_log("embedded:", folder) as log:
            for in_flight in (1, 16, 128):
                await show(f"append, {in_flight} in flight", appends(log, in_flight, seconds))
            await fill(log, messages)
            for size in (1, 10, 100, 1000):
                await show(f"consume and commit, batches of {size}", consume(log, size, messages))
            await show("stage: decode, handle, publish, commit", forward(log, messages))


if __name__ == "__main__":
    asyncio.run(
        main(
            float(sys.argv[1]) if len(sys.argv) > 1 else 3.0,
            int(sys.argv[2]) if len(sys.argv) > 2 else 20_000,
        )
    )
