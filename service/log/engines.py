"""Which engine a URL means."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from service.errors import ConfigError
from service.log.embedded.engine import EmbeddedLog
from service.log.embedded.view import EmbeddedView
from service.log.memory import MemoryLog
from service.log.protocol import Log
from service.log.retention import Retention
from service.settings import LogSettings

EXPECTED = "expected embedded:, kafka://host:port or memory:"


def open_log(
    url: str,
    data: Path,
    *,
    partitions: int = 4,
    retention: Retention | None = None,
    read_only: bool = False,
    settings: LogSettings | None = None,
) -> AbstractAsyncContextManager[Log]:
    """The log that ``log.url`` names, opened by ``async with``.

    ``data``: folder of the embedded engine · ``partitions``: of topics that do not exist yet · ``read_only``: beside a
    running service: ``fetch``, ``offsets``, ``committed``, ``topics`` only · ``settings``: how Kafka is talked to, the
    defaults where they are not given. ConfigError for what cannot be opened.
    """
    if url == "memory:":
        return MemoryLog(partitions=partitions, retention=retention)
    if url.startswith("kafka:"):
        # Who does not use Kafka does not wait for its client to load.
        from service.log.kafka.connection import connection
        from service.log.kafka.engine import KafkaLog

        found = connection((settings or LogSettings()).model_copy(update={"url": url}))
        return KafkaLog(found, partitions=partitions, retention=retention, read_only=read_only)
    if url == "embedded:":
        if read_only:
            return EmbeddedView(data)
        return EmbeddedLog(data, partitions=partitions, retention=retention)
    raise ConfigError(f'log.url = "{url}": {EXPECTED}')


def open_configured_log(
    settings: LogSettings, data: Path, *, read_only: bool = False
) -> AbstractAsyncContextManager[Log]:
    """The log of the configuration's ``[log]``."""
    return open_log(
        settings.url,
        data,
        partitions=settings.partitions,
        retention=retention(settings),
        read_only=read_only,
        settings=settings,
    )


def check_log(settings: LogSettings) -> None:
    """ConfigError where ``[log]`` names nothing that can be opened, or Kafka's options do not go together."""
    if settings.url.startswith("kafka:"):
        from service.log.kafka.connection import connection

        connection(settings)
    elif settings.url not in ("embedded:", "memory:"):
        raise ConfigError(f'log.url = "{settings.url.partition(":")[0]}:…": {EXPECTED}')


def retention(settings: LogSettings) -> Retention:
    """Limits of a topic; beyond twice the size even what is still needed goes, counted and logged."""
    size = settings.max_size // 4
    return Retention(age=settings.retention, size=size, hard_size=size * 2)
