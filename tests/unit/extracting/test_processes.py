"""Reading processes do not outlive the service, however it ends, and end when it says so."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_service_leaves_no_reader_behind() -> None:
    service = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.extracting.orphan_process"], stdout=subprocess.PIPE, text=True
    )
    assert service.stdout is not None
    with service.stdout:
        reader = int(service.stdout.readline())
        os.kill(reader, signal.SIGINT)  # as Ctrl-C in a terminal
        time.sleep(0.5)
        assert alive(reader)
        os.kill(service.pid, signal.SIGKILL)
        service.wait(10)
        deadline = time.monotonic() + 10
        while alive(reader) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not alive(reader)
