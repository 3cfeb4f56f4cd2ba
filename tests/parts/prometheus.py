"""Prometheus and its tool: installed, or Debian's package unpacked into the cache folder (nothing of it is started)."""

import fcntl
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.parts import reaper
from tests.parts.jars import cache_folder
from tests.parts.missing import MissingPart
from tests.parts.ports import free_port

TRIES = 5
START = 120.0


def promtool() -> str:
    """The command; MissingPart where there is none and none can be had."""
    return _command("promtool")


def prometheus_command() -> str:
    return _command("prometheus")


@cache
def _command(name: str) -> str:
    installed = shutil.which(name)
    return installed or str(_unpacked() / "usr" / "bin" / name)


def _unpacked() -> Path:
    home = cache_folder()
    folder = home / "prometheus-debian"
    home.mkdir(parents=True, exist_ok=True)
    with (home / "fetching-prometheus.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            if shutil.which("apt-get") is None:
                raise MissingPart("rules are checked by promtool, which is not installed: it comes with Prometheus")
            with tempfile.TemporaryDirectory(dir=home) as scratch:
                _fetch(Path(scratch), folder)
    return folder


def _fetch(scratch: Path, folder: Path) -> None:
    fetched = subprocess.run(
        ["apt-get", "download", "prometheus"], cwd=scratch, capture_output=True, text=True, timeout=600, check=False
    )
    packages = list(scratch.glob("prometheus_*.deb"))
    if fetched.returncode or not packages:
        raise MissingPart(f"apt-get brings no Prometheus: {fetched.stderr[-500:]}")
    subprocess.run(["dpkg", "-x", str(packages[0]), str(scratch / "unpacked")], check=True, timeout=120)
    (scratch / "unpacked").rename(folder)


class Prometheus:
    """A running server. ``base``: http://127.0.0.1:port"""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"

    def query(self, expression: str) -> list[dict[str, Any]]:
        """Samples of an instant query: ``{"metric": {…}, "value": [time, "text"]}``."""
        found: list[dict[str, Any]] = self._asked("query", query=expression)["result"]
        return found

    def value(self, expression: str) -> float | None:
        """Of the first sample, None without one."""
        found = self.query(expression)
        return float(found[0]["value"][1]) if found else None

    def targets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._asked("targets", state="active")["activeTargets"]
        return found

    def alerts(self) -> dict[str, str]:
        """Name → pending or firing."""
        return {one["labels"]["alertname"]: one["state"] for one in self._asked("alerts")["alerts"]}

    def rules(self) -> list[dict[str, Any]]:
        """Every rule with its health and last error."""
        return [rule for group in self._asked("rules")["groups"] for rule in group["rules"]]

    def _asked(self, what: str, **parameters: str) -> Any:
        with urlopen(f"{self.base}/api/v1/{what}?{urlencode(parameters)}", timeout=30) as answer:
            return json.load(answer)["data"]


@contextmanager
def prometheus(configuration: Path) -> Iterator[Prometheus]:
    """A server of its own with this prometheus.yml, its data in a scratch folder."""
    command = prometheus_command()
    for attempt in range(TRIES):
        port, folder = free_port(), Path(tempfile.mkdtemp(prefix="wirewatch-prometheus-"))
        reaper.made(folder)
        log = (folder / "log").open("w")
        process = subprocess.Popen(
            [
                command, f"--config.file={configuration}", f"--storage.tsdb.path={folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        reaper.started(process)
        try:
            if _ready(port, process):
                yield Prometheus(port)
                return
            if attempt == TRIES - 1:
                raise RuntimeError(f"Prometheus does not start: {(folder / 'log').read_text()[-1500:]}")
        finally:
            process.kill()
            process.wait()
            reaper.ended(process)
            log.close()
            shutil.rmtree(folder, ignore_errors=True)
            reaper.removed(folder)


def _ready(port: int, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=5) as answer:
                if answer.status == 200:
                    return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False
