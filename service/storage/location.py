"""Which database: the settings as an address with the driver that is used, and how its server is reached."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from service.errors import ConfigError
from service.settings import StorageSettings

FILE = "wirewatch.db"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


@dataclass(frozen=True)
class Location:
    """``url`` names the driver; ``str()`` is for people and has no password."""

    url: URL
    settings: StorageSettings

    def __str__(self) -> str:
        return self.url.set(drivername=self.backend).render_as_string(hide_password=True)

    @property
    def backend(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.url.get_backend_name()

    @property
    def embedded(self) -> bool:
        """A file of our own: made and upgraded without being asked."""
        return self.backend == "sqlite"

    @property
    def file(self) -> Path:
        """Of an embedded database."""
        return Path(self.url.database or "")

    @property
    def dsn(self) -> str:
        """For asyncpg, which reads libpq's parameters (``sslmode``, ``sslrootcert``, ``target_session_attrs``)."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def password(self) -> str | None:
        """From ``storage.password_file``, read anew for every connection, since passwords are changed; None: from the
        address, ``PGPASSWORD`` or ``~/.pgpass``. Raises ConfigError."""
        file = self.settings.password_file
        if file is None:
            return None
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f'storage.password_file = "{file}": cannot be read: {error}') from None


def locate(where: StorageSettings | str | None, data: Path) -> Location:
    """The settings, or an address alone; an empty one means ``<data>/wirewatch.db``. Raises ConfigError."""
    settings = where if isinstance(where, StorageSettings) else StorageSettings(url=where or "")
    url = settings.url
    if not url or url in ("sqlite:", "embedded:"):
        return Location(URL.create(DRIVERS["sqlite"], database=str(data / FILE)), settings)
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        shown = url.rpartition("@")[2]
        raise ConfigError(f'storage.url: "{shown}" is not an address; write "postgresql://user@host/name"') from None
    backend = address.drivername.partition("+")[0]
    if backend not in DRIVERS:
        raise ConfigError(f'storage.url: "{backend}" is no database wirewatch knows; expected sqlite or postgresql')
    if backend == "sqlite" and address.database in (None, "", ":memory:"):
        raise ConfigError("storage.url: SQLite needs a file, since other commands look into it; leave storage.url out")
    found = Location(address.set(drivername=DRIVERS[backend]), settings)
    if settings.password_file is not None:
        if found.embedded:
            raise ConfigError("storage.password_file: SQLite has no password; leave it out, or name a server")
        found.password()
    return found
