"""kill -9 of a running stage: every acknowledged input has an output or a dead letter, and no key's order goes back."""

import asyncio
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from service.log import TopicPartition, open_log
from service.stage import read_dead_letters
from tests.unit.stage.notes import Note

ROOT = Path(__file__).parents[3]


def run(folder: Path, turn: str, in_flight: int, seconds: float | None) -> list[str]:
    """What one process acknowledged before it was killed, or, without ``seconds``, before it had done everything."""
    command = [sys.executable, "-m", "tests.unit.stage.copying_process", str(folder), turn, str(in_flight)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        if seconds is not None:
            lines.append(process.stdout.readline())
            killer = threading.Timer(seconds, process.kill)
            killer.start()
        lines += process.stdout.readlines()
    assert seconds is not None or process.returncode == 0
    return [line.split()[1] for line in lines if line.startswith("acknowledged") and line.endswith("\n")]


async def outcome(folder: Path) -> tuple[list[str], set[str]]:
    """What went out, by partition in order, and what was put aside."""
    async with open_log("embedded:", folder, read_only=True) as log:
        out = []
        for source, kept in (await log.offsets("out")).items():
            out += await log.fetch(
                TopicPartition("out", source.partition), kept.start, max_records=10**6, max_bytes=10**9
            )
        dead = {Note.model_validate_json(letter.payload).text async for letter in read_dead_letters(log, "in")}
        return [Note.model_validate_json(record.value).text for record in out], dead


@pytest.mark.parametrize("in_flight", [0, 8], ids=["batches", "one by one"])
def test_a_killed_stage_loses_nothing_and_keeps_order(tmp_path: Path, in_flight: int) -> None:
    chance = random.Random(in_flight)
    acknowledged: list[str] = []
    for turn in range(5):
        acknowledged += run(tmp_path, str(turn), in_flight, chance.uniform(0.05, 0.5))
    run(tmp_path, "last", in_flight, None)
    out, dead = asyncio.run(outcome(tmp_path))
    assert acknowledged
    assert set(acknowledged) <= set(out) | dead
    assert all(text.endswith("13") for text in dead)
    assert not dead & set(out)
    first_seen = list(dict.fromkeys(out))
    for key in "012345":
        order = [tuple(map(int, text.split("/")[1:])) for text in first_seen if text.startswith(f"{key}/")]
        assert order == sorted(order)
