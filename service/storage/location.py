"""Which database: the setting ``storage.url`` (or nothing) as an address with the driver that is used."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from service.errors import ConfigError

FILE = "wirewatch.db"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def locate(url: str | None, data: Path) -> URL:
    """``url`` as given in the settings; empty means ``<data>/wirewatch.db``. Raises ConfigError."""
    if not url or url in ("sqlite:", "embedded:"):
        return URL.create(DRIVERS["sqlite"], database=str(data / FILE))
    try:
        address = make_url(url)
    except ArgumentError:
        raise ConfigError(f'storage.url: "{url}" is not an address; write "postgresql://host/name"') from None
    backend = address.drivername.partition("+")[0]
    if backend not in DRIVERS:
        raise ConfigError(f'storage.url: "{backend}" is no database wirewatch knows; expected sqlite or postgresql')
    if backend == "sqlite" and address.database in (None, "", ":memory:"):
        raise ConfigError("storage.url: SQLite needs a file, since other commands look into it; leave storage.url out")
    return address.set(drivername=DRIVERS[backend])
