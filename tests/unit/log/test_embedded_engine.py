"""What only the embedded engine has: its file, its lock, its view from outside, giving space back."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from service.errors import ConfigError, WirewatchError
from service.log import LogDamaged, OffsetRange, Record, Retention, TopicPartition, open_log
from service.log.embedded import file as log_file
from service.log.embedded.engine import EmbeddedLog
from service.log.embedded.file import has_wal_reset_bug
from service.log.embedded.vacuum import RESERVE

A0 = TopicPartition("a", 0)


async def test_a_second_writer_on_the_folder_is_told_who_has_it(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path):
        with pytest.raises(ConfigError, match=rf"already runs on this folder \(process {os.getpid()}\)"):
            async with EmbeddedLog(tmp_path):
                pass
        code = (
            "import asyncio,sys; from pathlib import Path; from service.log import open_log\n"
            "async def main():\n"
            "    async with open_log('embedded:', Path(sys.argv[1])): pass\n"
            "asyncio.run(main())"
        )
        other = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert f"process {os.getpid()}" in other.stderr
    async with EmbeddedLog(tmp_path):
        pass


async def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"file/data: not a folder to keep data in .* --data"):
        async with EmbeddedLog(tmp_path / "file" / "data"):
            pass


async def test_the_file_is_set_up_to_last(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path) as log:
        await log.append("a", [Record("k", b"x")])

        def ask(db: sqlite3.Connection) -> dict[str, int | str]:
            names = ("journal_mode", "synchronous", "auto_vacuum", "page_size")
            return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

        settings = await log._writer.run(ask)
        assert settings == {"journal_mode": "wal", "synchronous": 2, "auto_vacuum": 2, "page_size": 16384}
        assert await log._reads.run(lambda db: db.execute("PRAGMA wal_autocheckpoint").fetchone()) == (0,)
    assert sorted(os.listdir(tmp_path)) == ["log.db", "log.lock"], "closing leaves no -wal behind"  # noqa: PTH208


async def test_closing_drains_what_was_taken(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        await log.create_topics({"a": 1})
        waiting = [asyncio.create_task(log.append("a", [Record("k", str(n).encode())])) for n in range(50)]
        await asyncio.sleep(0)
    assert len(await asyncio.gather(*waiting)) == 50
    async with EmbeddedLog(tmp_path) as log:
        assert await log.offsets("a") == {A0: OffsetRange(0, 50)}


async def test_another_process_may_look_while_the_log_is_written(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path, partitions=1) as log, open_log("embedded:", tmp_path, read_only=True) as view:
        await log.append("a", [Record("k", b"1")])
        assert await view.topics() == {"a": 1}
        await log.append("a", [Record("k", b"2")])
        assert [record.value for record in await view.fetch(A0, 0)] == [b"1", b"2"]
        with pytest.raises(WirewatchError, match="for reading only"):
            await view.append("a", [Record("k", b"3")])
        with pytest.raises(WirewatchError, match="for reading only"):
            view.reader("g", ["a"])
    async with open_log("embedded:", tmp_path, read_only=True) as view:
        assert await view.offsets("a") == {A0: OffsetRange(0, 2)}
        assert await view.committed("g", "a") == {}


async def test_looking_where_no_log_is_finds_nothing_and_makes_nothing(tmp_path: Path) -> None:
    async with open_log("embedded:", tmp_path, read_only=True) as view:
        assert await view.topics() == {}
        assert await view.fetch(A0, 0) == []
    assert os.listdir(tmp_path) == []  # noqa: PTH208


async def test_a_file_that_is_no_log_is_named(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_bytes(b"this is not a database" * 500)
    with pytest.raises(LogDamaged, match=r"log\.db is damaged .* restore it"):
        async with EmbeddedLog(tmp_path):
            pass
    (tmp_path / "log.db").unlink()
    with sqlite3.connect(tmp_path / "log.db") as db:
        db.execute("CREATE TABLE other (x)")
    db.close()
    for read_only in (False, True):
        with pytest.raises(LogDamaged, match="not a log of wirewatch"):
            async with open_log("embedded:", tmp_path, read_only=read_only) as log:
                await log.topics()


async def test_damage_in_the_middle_is_reported_and_not_returned(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path, partitions=1) as log:
        await log.append("a", [Record("k", bytes([n]) * 3000) for n in range(200)])
    path = tmp_path / "log.db"
    content = bytearray(path.read_bytes())
    content[16384 * 3 : 16384 * 20] = b"\xa5" * (16384 * 17)
    path.write_bytes(content)
    with pytest.raises(LogDamaged, match="damaged"):
        async with EmbeddedLog(tmp_path) as log:
            await log.fetch(A0, 0)


async def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    async with EmbeddedLog(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "log.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ConfigError, match="newer wirewatch"):
        async with EmbeddedLog(tmp_path):
            pass


async def test_retention_gives_space_back_and_counts_what_was_unread(tmp_path: Path) -> None:
    clock = [datetime(2026, 11, 23, tzinfo=UTC)]
    keep = Retention(age=3600, size=10**9, hard_size=10**9)
    async with EmbeddedLog(tmp_path, partitions=1, retention=keep, now=lambda: clock[0]) as log:
        for _ in range(3):
            await log.append("a", [Record("k", b"x" * 20_000) for _ in range(700)])
        clock[0] += timedelta(hours=2)
        await log.append("a", [Record("k", b"new")])
        assert (await log.sweep()).removed == 2100
        assert await log.offsets("a") == {A0: OffsetRange(2100, 2101)}
    size = (tmp_path / "log.db").stat().st_size
    assert size < RESERVE + 4_000_000 < 2100 * 20_000


async def test_unread_records_beyond_the_hard_limit_are_counted_and_logged(tmp_path: Path) -> None:
    keep = Retention(size=100, hard_size=2000)
    async with EmbeddedLog(tmp_path, partitions=1, retention=keep) as log:
        async with log.reader("g", ["a"]) as reader:
            await reader.poll(wait=0)
        await log.append("a", [Record("k", b"x" * 99) for _ in range(30)])
        with capture_logs() as lines:
            swept = await log.sweep()
        assert (swept.removed, swept.unread) == (10, 10)
        (line,) = [line for line in lines if line["log_level"] == "error"]
        assert (line["topic"], line["records"]) == ("a", 10)


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_versions_with_the_wal_reset_bug_are_known(version: tuple[int, int, int], affected: bool) -> None:
    assert has_wal_reset_bug(version) is affected


async def test_an_affected_sqlite_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    log_file._warn_of_wal_reset_bug.cache_clear()
    with capture_logs() as lines:
        for _ in range(2):
            async with EmbeddedLog(tmp_path):
                pass
    assert [line["log_level"] for line in lines if "WAL-reset" in line["event"]] == ["warning"]
