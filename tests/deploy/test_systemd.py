"""The systemd units: taken by systemd's own checks, and their command run as the unit has it, with a listener for what
the service tells its manager."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from service.course import CLOSING
from service.settings import Settings
from service.topology import PARTS
from tests.deploy.tools import ROOT, said, tool

UNITS = ("wirewatch.service", "wirewatch@.service")
HERE = Path(sys.executable).parent
INSTALLED = "/opt/wirewatch/bin"
EXPOSURE = 20
"""Most that `systemd-analyze security` may find, of 100."""


def unit(name: str) -> dict[str, list[str]]:
    """Setting → its values, all sections together."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (ROOT / "deploy/systemd" / name).read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith(("#", "[")):
            found[key].append(value)
    return found


@pytest.fixture(
    params=["wirewatch.service", *(f"wirewatch@{part}.service" for part in ("web", "article_to_extraction"))]
)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The unit with its program where this machine has it."""
    for name in UNITS:
        text = (ROOT / "deploy/systemd" / name).read_text()
        (tmp_path / name).write_text(text.replace(INSTALLED, str(HERE)))
    made = tmp_path / request.param
    if not made.exists():
        made.write_text((tmp_path / "wirewatch@.service").read_text())
    return made


def test_systemd_takes_the_units(installed: Path) -> None:
    done = subprocess.run(
        [tool("systemd-analyze"), "verify", "--man=no", str(installed)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_units_are_shut_in(installed: Path) -> None:
    said(tool("systemd-analyze"), "security", "--offline=true", f"--threshold={EXPOSURE}", str(installed))


@pytest.mark.parametrize("name", UNITS)
def test_what_the_units_say_fits_the_service(name: str) -> None:
    found = unit(name)
    assert int(found["TimeoutStopSec"][0]) > Settings().shutdown.grace + CLOSING
    assert found["RestartPreventExitStatus"] == ["2"]
    assert found["KillMode"] == ["mixed"], "readers are ended by the service, after what they read is done"


def environment(found: dict[str, list[str]], folder: Path, part: str) -> dict[str, str]:
    marks = {"%S": str(folder), "%H": "host-1", "%d": str(folder), "%i": part}
    pairs = [pair for line in found["Environment"] for pair in shlex.split(line)]
    known = dict(pair.split("=", 1) for pair in pairs)
    return {key: re.sub("%[SHdi]", lambda mark: marks[mark[0]], value) for key, value in known.items()}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "part"), [("wirewatch.service", ""), ("wirewatch@.service", "web")])
def test_the_command_tells_systemd_that_it_is_ready_alive_and_stopping(name: str, part: str, tmp_path: Path) -> None:
    found = unit(name)
    settings = environment(found, tmp_path, part)
    settings.pop("WIREWATCH_STORAGE__PASSWORD_FILE", None)  # for PostgreSQL, which is tested elsewhere
    (tmp_path / "wirewatch.toml").write_text("")
    settings |= {"WIREWATCH_CONFIG": str(tmp_path / "wirewatch.toml"), "WIREWATCH_LISTEN": "127.0.0.1:0"}
    command = found["ExecStart"][0].replace(INSTALLED, str(HERE)).replace("%i", part)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(250)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.deploy.hardened", *shlex.split(command)],
            env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "500000"}
            | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            told: list[bytes] = []
            while not {b"READY=1", b"WATCHDOG=1"} <= set(told):
                assert process.poll() is None, process.stderr and process.stderr.read()
                told.append(manager.recv(100))
            process.send_signal(signal.SIGTERM)
            while b"STOPPING=1" not in told:
                told.append(manager.recv(100))
            assert process.wait(250) == 0
        finally:
            process.kill()
            _, errors = process.communicate()
        assert "prctl" not in errors or "Invalid argument" in errors, "this kernel is older than what it is asked for"


def test_every_part_can_be_an_instance_and_has_its_port_in_the_manual() -> None:
    manual = (ROOT / "docs/operating.md").read_text()
    for part in PARTS:
        assert re.search(rf"/etc/wirewatch/{part}\.env", manual), part
