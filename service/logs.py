"""wirewatch's own log lines: structlog, readable on a terminal, JSON elsewhere, always on standard error.

One rich line per unit of work. Secrets never get here: URLs lose their credentials before they are logged.
"""

import logging
import sys
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

from service.settings import LogsSettings


class _Sink:
    """Standard error; its own trouble (a full disk, nobody who reads) must not stop what only had something to say."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def configure(settings: LogsSettings) -> None:
    """Set up structlog and the standard library's logging (uvicorn, httpx, alembic) to write alike."""
    level = getattr(logging, settings.level.upper())
    console = settings.format == "console" or (settings.format == "auto" and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if console else "iso", utc=not console),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[Any] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if console
        else [
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Sink())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(_Sink())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
