"""Nothing is left behind: a small process that outlives the tests, even when they are killed, ends what they started.

It reads lines from a pipe whose other end only the tests hold; at the end of the pipe it kills every process group and
removes every folder that was named and not taken back.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

_lock = threading.Lock()
_pipe: IO[str] | None = None


def started(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """``process`` was started with ``start_new_session=True`` and is to end when we do."""
    _say(f"+process {process.pid}")


def ended(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """It has been waited for; its number may be another's by now."""
    _say(f"-process {process.pid}")


def made(folder: Path) -> None:
    _say(f"+folder {folder}")


def removed(folder: Path) -> None:
    _say(f"-folder {folder}")


def _say(line: str) -> None:
    global _pipe
    with _lock:
        if _pipe is None:
            reaper = subprocess.Popen(
                [sys.executable, __file__], stdin=subprocess.PIPE, text=True, start_new_session=True
            )
            # It ends after us: nobody waits for it, and nobody is warned that nobody did.
            reaper.returncode = 0
            _pipe = reaper.stdin
        assert _pipe is not None
        _pipe.write(line + "\n")
        _pipe.flush()


def _reap(lines: IO[str]) -> None:
    left: dict[str, None] = {}
    for line in lines:
        if line.startswith("+"):
            left[line[1:].strip()] = None
        else:
            left.pop(line[1:].strip(), None)
    for kind, name in (entry.split(" ", 1) for entry in left):
        if kind == "process":
            try:
                os.killpg(int(name), signal.SIGKILL)
            except ProcessLookupError:
                continue
    for kind, name in (entry.split(" ", 1) for entry in left):
        if kind == "folder":
            shutil.rmtree(name, ignore_errors=True)


if __name__ == "__main__":
    _reap(sys.stdin)
