"""What a service manager wants to know: ready, stopping, still alive (sd_notify(3), sd_watchdog_enabled(3)).

Nothing is said where nobody listens (``NOTIFY_SOCKET`` is not set).
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable


def notify(state: str) -> None:
    """One message, ``READY=1`` for example. It neither waits nor fails."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place.startswith(("/", "@")):
        return
    address = "\0" + place[1:] if place.startswith("@") else place
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(state.encode(), address)


async def keep_alive(alive: Callable[[], bool]) -> None:
    """Beat twice in every watchdog interval while ``alive``; an event loop that stands still beats no more."""
    interval = os.environ.get("WATCHDOG_USEC", "")
    if not interval.isdecimal() or int(interval) == 0:
        return
    while True:
        if alive():
            notify("WATCHDOG=1")
        await asyncio.sleep(int(interval) / 2_000_000)
