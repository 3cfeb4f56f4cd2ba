"""Being asked to stop. The first signal drains, the second ends at once, and a fuse ends a close that hangs.

Exit codes: 0 drained, 130 forced by a second signal, 1 when closing took longer than it may.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from service.notify import notify

FORCED = 130
HUNG = 1
CLOSING = 15.0
"""Seconds beyond the grace in which everything has to be closed: a broker or a database that hangs must not hold us."""


class Course:
    """Whether we are asked to stop. ``last``: what is done even when the end is forced; it must be short."""

    def __init__(self, grace: float, last: Callable[[], None] = lambda: None) -> None:
        self.asked = asyncio.Event()
        self._grace, self._last = grace, last
        self._opening: asyncio.Task[object] | None = None
        self._fuse: threading.Timer | None = None

    def watch(self) -> None:
        """Take over SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.signalled)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """While this lasts there is nothing to drain: a signal cancels the task that opens."""
        self._opening = asyncio.current_task()
        try:
            yield
        finally:
            self._opening = None

    def signalled(self) -> None:
        if self.asked.is_set():
            structlog.get_logger().warning("stopped by force; what was in work is done again after the next start")
            self._end(FORCED)
        structlog.get_logger().info("stopping: what is in work is finished; a second signal forces")
        notify("STOPPING=1")
        self.asked.set()
        self._light_fuse()
        if self._opening is not None:
            self._opening.cancel()

    def over(self) -> None:
        """Everything is closed."""
        if self._fuse is not None:
            self._fuse.cancel()

    def _light_fuse(self) -> None:
        self._fuse = threading.Timer(self._grace + CLOSING, self._hung)
        self._fuse.daemon = True
        self._fuse.start()

    def _hung(self) -> None:
        structlog.get_logger().error(
            "closing takes too long: ended; what was in work is done again after the next start",
            seconds=self._grace + CLOSING,
        )
        self._end(HUNG)

    def _end(self, code: int) -> None:
        try:
            self._last()
        finally:
            os._exit(code)
