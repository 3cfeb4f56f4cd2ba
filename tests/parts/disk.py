"""Disks that are full, broken or read-only: real file systems of a few megabytes, and calls that fail on request.

``small_disk`` mounts one in memory (root). ``failing_calls`` attaches strace to a running process and makes its calls
fail from then until the end of the block.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.parts.missing import MissingPart

MIB = 1024 * 1024


class SmallDisk:
    """A folder that is a file system of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def free(self) -> int:
        """Bytes."""
        found = os.statvfs(self.path)
        return found.f_bavail * found.f_frsize

    def resize(self, megabytes: float) -> None:
        _run("mount", "-o", f"remount,size={int(megabytes * MIB)}", str(self.path))

    def fill(self, leave: int = 0) -> None:
        """Take all space but ``leave`` bytes, as somebody else's file would."""
        with (self.path / "ballast").open("ab") as file, suppress(OSError):
            while (room := self.free - leave) > 0:
                file.write(b"\0" * min(room, MIB))
                file.flush()

    def empty(self) -> None:
        """Give back what ``fill`` took."""
        (self.path / "ballast").unlink(missing_ok=True)

    def read_only(self) -> None:
        """When nobody writes to a file of it any more; under a running process, let ``failing_calls`` give EROFS."""
        deadline = time.monotonic() + 30
        while True:
            try:
                _run("mount", "-o", "remount,ro", str(self.path))
                return
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(0.1)

    def writable(self) -> None:
        _run("mount", "-o", "remount,rw", str(self.path))


@contextmanager
def small_disk(path: Path, megabytes: float) -> Iterator[SmallDisk]:
    """A file system of so many MiB at ``path``, which is made. MissingPart without the right to mount."""
    if os.geteuid() != 0:
        raise MissingPart("mounting a small disk needs root")
    path.mkdir(parents=True, exist_ok=True)
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={int(megabytes * MIB)}", "wirewatch-test", str(path))
    except RuntimeError as error:
        raise MissingPart(f"no small disk can be mounted here: {error}") from error
    try:
        yield SmallDisk(path)
    finally:
        while os.path.ismount(path):
            _run("umount", "--lazy", str(path))


@contextmanager
def failing_calls(process: int, calls: str, error: str, when: str = "1+", file: Path | None = None) -> Iterator[None]:
    """Each of ``calls`` ("fsync,fdatasync") of a running process and its threads fails with ``error`` ("EIO").

    ``when``: which of them, in strace's words ("3": the third, "3+": from the third on) · ``file``: only calls on it.
    """
    if not shutil.which("strace"):
        raise MissingPart("strace is not installed: apt-get install strace")
    chosen = ["-P", str(file)] if file else []
    words = ["strace", "-f", "-q", "-o", "/dev/null", "-e", f"trace={calls}", "-e", "signal=none", *chosen]
    tracer = subprocess.Popen(
        [*words, "-e", f"inject={calls}:error={error}:when={when}", "-p", str(process)], stderr=subprocess.PIPE
    )
    try:
        deadline = time.monotonic() + 30
        while _tracer_of(process) != tracer.pid:
            if tracer.poll() is not None or time.monotonic() > deadline:
                assert tracer.stderr is not None
                raise MissingPart(f"strace cannot attach here: {tracer.stderr.read(500).decode(errors='replace')}")
            time.sleep(0.01)
        yield
    finally:
        tracer.send_signal(signal.SIGINT)  # it lets go of the process and ends
        with suppress(subprocess.TimeoutExpired):
            tracer.communicate(timeout=10)
        tracer.kill()
        tracer.communicate()


def _tracer_of(process: int) -> int:
    """The process that traces every thread of another one; 0 while there is a thread without."""
    tracers = set()
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError):
            lines = (task / "status").read_text().splitlines()
            tracers |= {int(line.split()[1]) for line in lines if line.startswith("TracerPid")}
    return tracers.pop() if len(tracers) == 1 else 0


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
