"""kill -9 at any moment: nothing acknowledged is lost, order holds, outputs and positions agree, the file is whole."""

import asyncio
import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from service.log import Log, StoredRecord, TopicPartition, open_log

ROOT = Path(__file__).parents[3]


def killed_after(seconds: float, folder: Path, turn: int) -> list[str]:
    """Acknowledgements of one process that ran for ``seconds`` from its first one on."""
    command = [sys.executable, "-m", "tests.contract.log.appending_process", str(folder), str(turn)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [process.stdout.readline()]
        assert lines[0], process.stderr.read()
        killer = threading.Timer(seconds, process.kill)
        killer.start()
        lines += process.stdout.readlines()
        killer.join()
    return [line for line in lines if line.startswith("key-") and line.endswith("\n")]


async def everything(log: Log, topic: str) -> list[StoredRecord]:
    found: list[StoredRecord] = []
    for source, kept in (await log.offsets(topic)).items():
        offset = kept.start
        while offset < kept.end:
            records = await log.fetch(source, offset)
            found += records
            offset = records[-1].offset + 1
    return found


async def check(folder: Path, acknowledged: list[str]) -> None:
    async with open_log("embedded:", folder, read_only=True) as view:
        seen = len(await everything(view, "in"))
    async with open_log("embedded:", folder) as log:
        stored = {(r.partition, r.offset): r for r in await everything(log, "in")}
        assert acknowledged
        assert seen == len(stored), "what a killed process left can be looked at before anybody opens it for writing"
        for line in acknowledged:
            key, turn, number, partition, offset = line.split()
            record = stored[int(partition), int(offset)]
            assert record.key == key
            assert record.value.rstrip(b".") == f"{turn} {number}".encode()
        per_key: dict[str, list[tuple[int, int]]] = {}
        for place in sorted(stored):
            turn, number = stored[place].value.rstrip(b".").split()
            per_key.setdefault(stored[place].key, []).append((int(turn), int(number)))
        for order in per_key.values():
            assert order == sorted(set(order)), "no key goes back or repeats"
        copied = sorted(tuple(map(int, r.headers["from"].split())) for r in await everything(log, "out"))
        committed = await log.committed("copy", "in")
        done = [place for place in sorted(stored) if place[1] < committed.get(TopicPartition("in", place[0]), 0)]
        assert copied == done, "copied once each, exactly up to the committed positions"
    with sqlite3.connect(folder / "log.db") as db:
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    db.close()


def kill_often(folder: Path, rounds: int) -> None:
    chance = random.Random(20261123)
    acknowledged: list[str] = []
    for turn in range(rounds):
        acknowledged += killed_after(chance.uniform(0.0, 0.3), folder, turn)
    asyncio.run(check(folder, acknowledged))


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    kill_often(tmp_path, 10)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_over_many_kills(tmp_path: Path) -> None:
    kill_often(tmp_path, 60)
