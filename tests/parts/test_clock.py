"""The wall clock of a process jumps both ways; what it measures and how long it sleeps stay right."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.parts.clock import Clock, jumping
from tests.parts.missing import needed

ASKED = """
import asyncio, sys, time
while sys.stdin.readline():
    before = time.monotonic()
    asyncio.run(asyncio.sleep(0.1))
    print(time.time(), time.monotonic() - before, flush=True)
"""


@pytest.fixture
def clock(tmp_path: Path):
    with needed(), jumping(tmp_path) as made:
        yield made


def test_the_wall_clock_jumps_and_nothing_else_does(clock: Clock) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ASKED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=clock.environment,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for off in (0, 3600, -3600, 0):
            clock.jump(off)
            child.stdin.write("\n")
            child.stdin.flush()
            now, slept = (float(word) for word in child.stdout.readline().split())
            assert abs(now - time.time() - off) < 60
            assert 0.09 < slept < 60
        child.kill()
