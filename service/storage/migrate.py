"""The schema's versions: is the database up to date, and making it so. Alembic does the work.

A file of our own is upgraded when it is opened; a server is upgraded when somebody asks (``wirewatch db upgrade``),
also while workers of the schema before run on it: a revision only adds (docs/upgrade.md).
"""

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from service.errors import ConfigError, Transient
from service.settings import StorageSettings
from service.storage.database import Transaction, connect
from service.storage.location import Location, locate
from service.storage.tables import compatibility
from service.storage.trouble import at_the_start

HEAD = "0002"
"""Newest revision in ``migrations/versions`` (a test holds them together); spares most starts the import of Alembic."""
VERSIONS = Path(__file__).parent / "migrations"
LOCK = 0x77697265
"""The advisory lock of an upgrade: "wire"."""
LONGEST = 3600.0
"""Seconds that a statement of an upgrade may take."""
DOORS = (0.5, 0.5, 0.5, 1, 1, 2, 2, 3, 3, *[5] * 12)
"""Seconds that each attempt waits for a table in use. What comes after it waits with it, so it steps back; at first
before the database would look for a deadlock, in which a worker might be the one that has to begin anew."""
PAUSE = 1.0


@dataclass(frozen=True)
class SchemaStatus:
    """``current`` is None for an empty database; ``since``: the oldest schema whose wirewatch may use it."""

    database: str
    current: str | None
    head: str = HEAD
    since: str | None = None

    @property
    def up_to_date(self) -> bool:
        return self.current == self.head


async def status(where: StorageSettings | str | None, data: Path) -> SchemaStatus:
    """Where the database stands. Makes no file."""
    location = locate(where, data)
    if location.embedded and not await asyncio.to_thread(location.file.exists):
        return SchemaStatus(str(location), None)
    database = connect(location)
    try:
        with at_the_start(str(location)):
            async with database.read() as connection:
                current, since = await current_revision(connection)
                return SchemaStatus(str(location), current, since=since)
    finally:
        await database.close()


async def upgrade(where: StorageSettings | str | None, data: Path, *, versions: Path = VERSIONS) -> SchemaStatus:
    """Bring the database to the newest revision in ``versions``, making it where it is missing. Several processes may
    try at once, and others work on it meanwhile."""
    location = locate(where, data)
    if location.embedded:
        await asyncio.to_thread(location.file.parent.mkdir, parents=True, exist_ok=True)
    patient = location.settings.model_copy(update={"statement_timeout": LONGEST})
    database = connect(Location(location.url, patient))
    try:
        with at_the_start(str(location)):
            for attempt, door in enumerate(DOORS, 1):
                try:
                    async with database.write() as transaction:
                        return await _upgrade(transaction, location, versions, door)
                except Transient:
                    if location.embedded or attempt == len(DOORS):
                        raise
                    await asyncio.sleep(PAUSE * random.random())
    finally:
        await database.close()
    raise AssertionError("the last attempt returns or raises")


async def _upgrade(transaction: Transaction, location: Location, versions: Path, door: float) -> SchemaStatus:
    if not location.embedded:
        await transaction.execute(text("SELECT pg_advisory_xact_lock(:lock)").bindparams(lock=LOCK))
        await transaction.execute(text(f"SET LOCAL lock_timeout = '{round(door * 1000)}ms'"))
    current, since = await current_revision(transaction)
    if current is not None and current > HEAD:
        check_known(location, current, since)
    elif current != HEAD or versions != VERSIONS:
        await transaction.run_sync(_run, versions)
        current, since = await current_revision(transaction)
    return SchemaStatus(str(location), current, since=since)


async def current_revision(connection: AsyncConnection) -> tuple[str | None, str | None]:
    """The revision the tables are of, and the oldest that can use them; None when there are none."""
    names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    if "alembic_version" not in names:
        return None, None
    current: str | None = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    if compatibility.name not in names:
        return current, current
    since: str | None = (await connection.execute(select(compatibility.c.since))).scalar()
    return current, since


def check_known(location: Location, current: str | None, since: str | None) -> None:
    """Raises ConfigError for a database that a newer wirewatch has made into something that this one cannot use."""
    if current is not None and current > HEAD and (since is None or since > HEAD):
        raise ConfigError(
            f"{location}: written by a newer wirewatch (schema {current}, this one "
            f"knows {HEAD}); install that version or choose another data folder"
        )


def _run(connection: Connection, versions: Path) -> None:
    # Imported here: a tenth of a second that only an old database costs.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS))
    if versions != VERSIONS:
        config.set_main_option("version_locations", f"{VERSIONS / 'versions'} {versions}")
        config.set_main_option("path_separator", "space")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
