"""wirewatch as a process, as its users run it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class Program:
    """Commands and the service over one data folder. Settings are environment variables, as an operator's would be."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.data = folder / "data"
        self.folder = folder
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("WIREWATCH_")} | {
            "WIREWATCH_DATA": str(self.data),
            "WIREWATCH_LISTEN": "127.0.0.1:0",
            "WIREWATCH_HTTP__ALLOW": '["127.0.0.0/8"]',
            "WIREWATCH_POLL__MIN_INTERVAL": "1s",
            "WIREWATCH_POLL__HOST_SPACING": "0",
            "WIREWATCH_EXTRACT__PROCESSES": "1",
            **{f"WIREWATCH_{key.upper()}": value for key, value in settings.items()},
        }
        self.module = "service.cli.main"
        """What the service is started by; commands are always the program's own."""
        self.service: subprocess.Popen[str] | None = None
        self.address = ""

    def command(self, *words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "service.cli.main", *words],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def listing(self, *words: str) -> list[dict[str, Any]]:
        """The objects that a listing command prints."""
        done = self.command(*words, "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *words: str) -> None:
        """Start the service and wait for the line that says where it is."""
        with (self.folder / "service.log").open("a") as log:
            self.service = subprocess.Popen(
                [sys.executable, "-m", self.module, *(words or ("run",))],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.service.stdout is not None
        for line in self.service.stdout:
            if "http://" in line:
                self.address = next(word for word in line.split() if word.startswith("http://")).rstrip("/")
                return
        raise AssertionError(f"the service ended: {(self.folder / 'service.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """As when the machine dies."""
        if self.service:
            self.service.send_signal(signal.SIGKILL)
            self._gone(10)

    def stop(self, within: float = 30) -> int:
        """As an operator stops it; the exit code."""
        if self.service is None:
            return 0
        if self.service.poll() is None:
            self.service.send_signal(signal.SIGTERM)
        return self._gone(within)

    def _gone(self, within: float) -> int:
        assert self.service is not None
        try:
            code = self.service.wait(within)
        finally:
            if self.service.stdout:
                self.service.stdout.close()
            if self.service.poll() is None:
                self.service.kill()
                self.service.wait()
            self.service = None
        return code


def until(look: Callable[[], T], seconds: float = 30, every: float = 0.1) -> T:
    """The first true value of ``look``; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, f"nothing within {seconds} s"
        time.sleep(every)
