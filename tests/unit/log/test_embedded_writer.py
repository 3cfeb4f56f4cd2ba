"""The writer when things go wrong: everyone who waits hears of it, nothing is half done, and it goes on."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from service.errors import Invalid
from service.log import LogUnavailable, OffsetRange, Record, TopicPartition, open_log
from service.log.embedded.engine import EmbeddedLog

A0 = TopicPartition("a", 0)
ROOT = Path(__file__).parents[3]


async def test_a_full_disk_is_heard_by_everyone_who_waits_and_passes(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        (kept,) = await log.append("a", [Record("k", b"before")])
        # SQLite's own limit of pages gives its own SQLITE_FULL.
        await log._writer.run(lambda db: db.execute("PRAGMA max_page_count = 12").fetchall(), alone=True)
        big = [Record("k", b"x" * 100_000)]
        results = await asyncio.gather(*(log.append("a", big) for _ in range(10)), return_exceptions=True)
        failed = [result for result in results if isinstance(result, LogUnavailable)]
        assert failed
        assert "disk is full" in str(failed[0])
        acknowledged = [kept, *(place for result in results if isinstance(result, list) for place in result)]
        await log._writer.run(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchall(), alone=True)
        acknowledged += await log.append("a", [Record("k", b"after")])
        assert await log.offsets("a") == {A0: OffsetRange(0, len(acknowledged))}
        assert [place.offset for place in acknowledged] == list(range(len(acknowledged)))


FILE_LIMIT = """
import asyncio, resource, sys
from pathlib import Path
from service.log import LogUnavailable, Record, open_log

async def main(folder):
    async with open_log("embedded:", folder, partitions=1) as log:
        acknowledged = await log.append("a", [Record("k", b"x" * 50_000)])
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
        failed = 0
        while not failed:
            answers = [log.append("a", [Record("k", b"x" * 50_000)]) for _ in range(8)]
            for answer in await asyncio.gather(*answers, return_exceptions=True):
                if isinstance(answer, LogUnavailable):
                    failed += 1
                else:
                    acknowledged += answer
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        acknowledged += await log.append("a", [Record("k", b"after")])
        print(failed, len(acknowledged), acknowledged[-1].offset)

asyncio.run(main(Path(sys.argv[1])))
"""


async def test_a_write_that_the_system_refuses_loses_nothing_acknowledged(tmp_path: Path) -> None:
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", FILE_LIMIT, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    failed, acknowledged, last = map(int, done.stdout.split()[-3:])
    assert failed > 0
    assert last == acknowledged - 1
    async with open_log("embedded:", tmp_path) as log:
        assert (await log.offsets("a"))[A0] == OffsetRange(0, acknowledged)


async def test_one_callers_mistake_costs_the_others_nothing(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        await log.create_topics({"a": 1})

        def half(db: sqlite3.Connection) -> None:
            db.execute("UPDATE partitions SET next = 99")
            raise Invalid("changed my mind")

        def wrong(db: sqlite3.Connection) -> None:
            db.execute("UPDATE partitions SET next = 99")
            db.execute("INSERT INTO partitions (topic, partition) VALUES ('a', 0)")

        tasks = [log.append("a", [Record("k", b"1")]), log._writer.run(half), log._writer.run(wrong)]
        first, second, third = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(first, list)
        assert isinstance(second, Invalid)
        assert isinstance(third, sqlite3.IntegrityError)
        assert await log.offsets("a") == {A0: OffsetRange(0, 1)}


async def test_a_writer_that_has_died_answers_everyone(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        await log.create_topics({"a": 1})

        def fatal(db: sqlite3.Connection) -> None:
            raise SystemExit  # as an error in the writer itself would be: outside of what a job may raise

        attempts = [log._writer.run(fatal), *(log.append("a", [Record("k", b"1")]) for _ in range(3))]
        for answer in await asyncio.wait_for(asyncio.gather(*attempts, return_exceptions=True), 20):
            assert isinstance(answer, LogUnavailable)
            assert "writer has stopped" in str(answer)
        with pytest.raises(LogUnavailable, match="restart wirewatch"):
            await log.append("a", [Record("k", b"1")])
    async with EmbeddedLog(tmp_path) as log:
        assert await log.offsets("a") == {A0: OffsetRange(0, 0)}


async def test_callers_wait_when_too_many_bytes_are_queued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.log.embedded.writer.MAX_WAITING_BYTES", 100_000)
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        await log.create_topics({"a": 1})
        most = 0

        async def append() -> None:
            nonlocal most
            await log.append("a", [Record("k", b"x" * 30_000)])
            most = max(most, log._writer._waiting_bytes)

        await asyncio.gather(*(append() for _ in range(40)))
        assert most <= 100_000 + 30_001
        assert await log.offsets("a") == {A0: OffsetRange(0, 40)}


async def test_the_write_ahead_file_stays_small_while_nobody_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.log.embedded.writer.MAX_WAL_BYTES", 1_000_000)
    monkeypatch.setattr("service.log.embedded.writer.CHECK_EVERY", 2)
    wal = tmp_path / "log.db-wal"
    largest = 0
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        for n in range(60):
            await log.append("a", [Record("k", b"x" * 400_000)])
            await log.fetch(A0, n)
            largest = max(largest, wal.stat().st_size)
    assert largest < 8_000_000
    assert not wal.exists()
