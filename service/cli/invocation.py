"""What a command was called with: its configuration, read when it is first needed."""

import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from service.errors import ConfigError, Invalid
from service.logs import configure
from service.settings import Settings
from service.settings_sources import Loaded, load

if TYPE_CHECKING:
    from service.storage import Storage

MAX_INPUT = 20_000_000
"""Bytes read from a file or standard input."""


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

        folder = data_folder(self.settings)
        with readable(folder):
            async with open_storage(self.settings.storage, folder) as storage:
                yield storage


def data_folder(settings: Settings) -> Path:
    """``data``, made where it is missing. ConfigError when it is no folder that can be written."""
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = "is not a folder" if isinstance(error, FileExistsError) else f"cannot be made ({error.strerror})"
        raise ConfigError(f"{folder}: {what}; give a data folder with --data") from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigError(f"{folder}: cannot be written; give a data folder with --data, or change who may")
    return folder


@contextmanager
def readable(place: object) -> Iterator[None]:
    """A database that cannot be read, in one line: a file that is none, a full disk, a lock that is held."""
    from sqlite3 import Error

    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, Error) as error:
        cause = getattr(error, "orig", None) or error
        raise Invalid(f"{place}: the database cannot be used: {str(cause).splitlines()[0]}") from error


def invocation(context: typer.Context) -> Invocation:
    found = context.find_root().obj
    if not isinstance(found, Invocation):
        raise TypeError("the command was not called through `wirewatch`")
    return found


def version() -> str:
    return metadata.version("wirewatch")


def read_bytes(place: str) -> bytes:
    """A file, or standard input for "-"; ConfigError in one line when it cannot be had."""
    try:
        if place == "-":
            data = sys.stdin.buffer.read(MAX_INPUT + 1)
        else:
            if not place:
                raise ConfigError('a file is expected, not ""')
            with Path(place).open("rb") as file:
                data = file.read(MAX_INPUT + 1)
    except OSError as error:
        raise ConfigError(f"{place}: {error.strerror}") from None
    except ValueError:
        raise ConfigError(f"{place!r}: not the name of a file") from None
    if len(data) > MAX_INPUT:
        raise ConfigError(f"{place}: larger than {MAX_INPUT} bytes")
    return data


def read_text(place: str) -> str:
    """A file's text; it must be UTF-8."""
    try:
        return read_bytes(place).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}: not UTF-8 at byte {error.start}") from None
