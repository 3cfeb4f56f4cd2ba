"""What the client says in its log: kept from people's eyes, since failures are told by us, except for the one thing
that it tells nowhere else: why a broker could not be reached.
"""

import logging
import re
import time

import structlog

FRESH = 60.0
"""Seconds for which a cause is taken for that of a failure now."""
_CAUSE = re.compile(r'Unable connect to "?([^"]+?)"?: (.+)')

_OBJECT = re.compile(r"<[^<>]*>")


class Said(logging.Handler):
    """``cause``: why the last connection failed, "" when none did lately."""

    def __init__(self) -> None:
        super().__init__()
        self._last, self._at = "", 0.0

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        structlog.get_logger().debug("the brokers' client", says=text)
        if found := _CAUSE.fullmatch(text):
            self._last, self._at = f"{found[1]}: {_OBJECT.sub('', found[2]).rstrip(': ')}", time.monotonic()

    @property
    def cause(self) -> str:
        return self._last if time.monotonic() - self._at < FRESH else ""


said = Said()


def listen() -> None:
    """From now on, to everything that the client says in this process."""
    logger = logging.getLogger("aiokafka")
    logger.propagate = False
    if said not in logger.handlers:
        logger.addHandler(said)
