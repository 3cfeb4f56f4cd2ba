"""Log lines that cannot be written stop nobody."""

import subprocess
import sys
from pathlib import Path

import pytest

TELLING = """
import logging, structlog
from service.logs import configure
from service.settings import LogsSettings
configure(LogsSettings())
for number in range(1000):
    structlog.get_logger().info("a line", number=number)
    logging.getLogger("uvicorn").warning("a line of a library")
print("went on")
"""


def told(stderr: int | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", TELLING]
    if isinstance(stderr, int):
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=stderr, text=True, timeout=120, check=False)
    with stderr.open("w") as sink:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=sink, text=True, timeout=120, check=False)


def test_lines_are_written_on_standard_error() -> None:
    done = told(subprocess.PIPE)
    assert done.stdout == "went on\n"
    assert len(done.stderr.splitlines()) == 2000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_the_lines_stops_nobody() -> None:
    assert told(Path("/dev/full")).stdout == "went on\n"
