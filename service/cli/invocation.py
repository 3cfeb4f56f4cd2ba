"""What a command was called with: its configuration, read when it is first needed."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from service.logs import configure
from service.settings import Settings
from service.settings_sources import Loaded, load

if TYPE_CHECKING:
    from service.storage import Storage


@dataclass
class Invocation:
    """``flags`` is a nested mapping over the settings' keys."""

    config_file: Path | None
    flags: Mapping[str, Any]
    environ: Mapping[str, str]

    @cached_property
    def loaded(self) -> Loaded:
        loaded = load(self.config_file, self.flags, self.environ)
        configure(loaded.settings.logs)
        return loaded

    @property
    def settings(self) -> Settings:
        return self.loaded.settings

    @asynccontextmanager
    async def storage(self) -> AsyncIterator["Storage"]:
        """The database, open while the block runs; works beside a running service."""
        from service.storage import open_storage

        async with open_storage(self.settings.storage.url, self.settings.data) as storage:
            yield storage


def invocation(context: typer.Context) -> Invocation:
    found = context.find_root().obj
    if not isinstance(found, Invocation):
        raise TypeError("the command was not called through `wirewatch`")
    return found


def version() -> str:
    return metadata.version("wirewatch")


def read_text(place: str) -> str:
    """A file's text, or standard input's for "-"; OSError and UnicodeDecodeError become a one-line error."""
    from service.errors import ConfigError

    try:
        raw = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{place}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}: not UTF-8 at byte {error.start}") from None
