"""One process of wirewatch under test: started, killed, frozen, and brought back as its supervisor would."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import psutil

from tests.faults.history import History
from tests.parts import reaper

ROOT = Path(__file__).parents[2]


class Worker:
    """``stages``: what it runs, all when empty · ``deaths``: named places where it kills itself (``dying``), at which
    passage, and "KILL" or "STOP"; one after the other, each in a life of its own."""

    def __init__(
        self, name: str, stages: Sequence[str], environment: Mapping[str, str], folder: Path, history: History
    ) -> None:
        self.name, self.stages = name, tuple(stages)
        self.environment = dict(environment)
        self.log = folder / f"{name}.log"
        self.wanted = False
        """Whether it is to be brought back when it is found dead."""
        self.deaths: list[tuple[str, int, str]] = []
        self.program: Sequence[str] = ("service.cli.main",)
        """The module that it is started by, and words that come before its own."""
        self.group: int | None = None
        """Group id to start it with; None: ours."""
        self._history = history
        self._lock = threading.RLock()
        """A receiver kills in its own thread, which is no end by itself to the supervisor."""
        self._process: subprocess.Popen[bytes] | None = None
        self._from = 0
        self._back = True
        self._back_at = 0.0

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None while it runs, or when it was waited for by who has ended it."""
        return self._process.poll() if self._process is not None else None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def address(self) -> str | None:
        """Where its page and metrics are; None until it is ready."""
        if not self.alive:
            return None
        with self.log.open("rb") as log:
            log.seek(self._from)
            found = re.search(rb"wirewatch is ready at (http://\S+)/", log.read())
        return found[1].decode() if found else None

    @property
    def stopped(self) -> bool:
        """It has frozen itself."""
        with suppress(psutil.NoSuchProcess):
            return self.alive and psutil.Process(self.pid).status() == psutil.STATUS_STOPPED
        return False

    def metric(self, name: str) -> float:
        """The sum of a metric's series; 0 where it does not answer."""
        with suppress(OSError):
            if address := self.address:
                lines = urlopen(f"{address}/metrics", timeout=30).read().decode().splitlines()
                return sum(float(line.split()[-1]) for line in lines if re.match(rf"{name}[ {{]", line))
        return 0.0

    def start(self) -> None:
        program = ["-m", *self.program]
        if self.deaths:
            place, times, how = self.deaths[0]
            program = ["-m", "tests.faults.dying", place, str(times), how]
        only = ["--only", ",".join(self.stages)] if self.stages else []
        with self.log.open("ab") as log:
            self._from = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, *program, "run", *only],
                env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, group=self.group,
            )  # fmt: skip
        reaper.started(self._process)
        self.wanted, self._back = True, False
        self._history.note("started", who=self.name, pid=self._process.pid)

    def kill(self, down: float = 0.0) -> None:
        """SIGKILL; brought back after ``down`` seconds. Its children are left to end by themselves, as they must."""
        with self._lock:
            if self.alive:
                self._history.note("killed", who=self.name)
                os.kill(self.pid, signal.SIGKILL)
                self._gone(down)

    def kill_child(self, nth: int) -> bool:
        """SIGKILL to one of its processes that read; False when it has none just now."""
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.pid).children(recursive=True) if self.alive else []
            readers = [one for one in children if "resource_tracker" not in " ".join(one.cmdline())]
            if readers:
                self._history.note("killed", who=f"{self.name} (a reading process)")
                readers[nth % len(readers)].kill()
                return True
        return False

    def freeze(self) -> None:
        if self.alive:
            self._history.note("froze", who=self.name)
            os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        self._history.note("thawed", who=self.name)
        if self.alive:
            os.kill(self.pid, signal.SIGCONT)

    def stop(self, within: float = 120.0) -> int:
        """SIGTERM and the exit code; killed when it takes longer."""
        self.wanted = False
        if self._process is None:
            return 0
        if self.alive:
            os.kill(self.pid, signal.SIGCONT)
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(within)
        if self.alive:
            self._history.note("ended", who=self.name, code="none: it had to be killed when told to stop")
            self._process.kill()
        return self._gone(0.0)

    def look_after(self) -> None:
        """Bring it back when it is dead and wanted; write down when it is ready, and how it ended when nobody here has
        killed it."""
        with self._lock:
            if not self._back and self.address:
                self._back = True
                self._history.note("back", who=self.name)
            if self.alive or not self.wanted:
                return
            if self._process is not None:
                code = self._process.returncode
                if self.deaths and code == -signal.SIGKILL:
                    self._history.note("killed", who=f"{self.name} at {self.deaths.pop(0)[0]}")
                else:
                    self._history.note("ended", who=self.name, code=code)
                self._gone(0.5)
            if time.monotonic() >= self._back_at:
                self.start()

    def resident(self) -> int:
        """Bytes of memory of it and its children."""
        total = 0
        with suppress(psutil.NoSuchProcess):
            with self._lock:
                mine = psutil.Process(self.pid) if self.alive else None
            for process in [mine, *mine.children(recursive=True)] if mine else []:
                with suppress(psutil.NoSuchProcess):
                    total += process.memory_info().rss
        return total

    def told(self) -> str:
        """The end of its log, for people."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def _gone(self, down: float) -> int:
        assert self._process is not None
        code = self._process.wait()
        reaper.ended(self._process)
        self._process = None
        self._back_at = time.monotonic() + down
        return code
