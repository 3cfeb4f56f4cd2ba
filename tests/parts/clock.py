"""A wall clock that jumps under a process: libfaketime, told by a file how far off the time is. Its monotonic clock and
its sleeps stay right, as when an operator or NTP sets the system's clock."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.parts.missing import MissingPart

PLACES = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
    "/usr/lib64/faketime/libfaketimeMT.so.1",
)


class Clock:
    """``environment``: what a process that is to have this clock is started with."""

    def __init__(self, library: Path, file: Path) -> None:
        self._file = file
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",  # its cache trusts its own clock: after a jump back it never looks again
            "NO_FAKE_STAT": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",  # its name before 0.9.10
        }
        self.jump(0)

    def jump(self, seconds: float) -> None:
        """From now on the clock is so far off the true time."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+g}\n")
        new.replace(self._file)  # never seen half written


def clock(folder: Path) -> Clock:
    """MissingPart without libfaketime."""
    for place in PLACES:
        if os.path.exists(place):  # noqa: PTH110
            return Clock(Path(place), folder / "faketime")
    raise MissingPart("libfaketime is not installed: apt-get install libfaketime")


@contextmanager
def jumping(folder: Path) -> Iterator[Clock]:
    """A clock that is right again at the end of the block."""
    made = clock(folder)
    try:
        yield made
    finally:
        made.jump(0)
