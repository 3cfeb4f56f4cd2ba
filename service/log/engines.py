"""Which engine a URL means."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from service.errors import ConfigError
from service.log.embedded.engine import EmbeddedLog
from service.log.embedded.view import EmbeddedView
from service.log.memory import MemoryLog
from service.log.protocol import Log
from service.log.retention import Retention


def open_log(
    url: str, data: Path, *, partitions: int = 4, retention: Retention | None = None, read_only: bool = False
) -> AbstractAsyncContextManager[Log]:
    """The log that ``log.url`` names, opened by ``async with``.

    ``data``: folder of the embedded engine · ``partitions``: of topics that do not exist yet · ``read_only``: beside a
    running service: ``fetch``, ``offsets``, ``committed``, ``topics`` only. ConfigError for what cannot be opened.
    """
    if url == "memory:":
        return MemoryLog(partitions=partitions, retention=retention)
    if url.startswith("kafka:"):
        raise ConfigError(
            f"log.url = {url!r}: comes with the Kafka engine, which this edition does not have; use embedded:"
        )
    if url == "embedded:":
        if read_only:
            return EmbeddedView(data)
        return EmbeddedLog(data, partitions=partitions, retention=retention)
    raise ConfigError(f"log.url = {url!r}: expected embedded: or memory:")
