"""The schema's versions: is the database up to date, and making it so. Alembic does the work.

A file of our own is upgraded when it is opened; a server is upgraded when somebody asks (``wirewatch db upgrade``).
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from service.errors import ConfigError
from service.storage.database import connect
from service.storage.location import locate

HEAD = "0001"
"""Newest revision in ``migrations/versions`` (a test holds them together); spares most starts the import of Alembic."""


@dataclass(frozen=True)
class SchemaStatus:
    """``current`` is None for an empty database."""

    database: str
    current: str | None
    head: str = HEAD

    @property
    def up_to_date(self) -> bool:
        return self.current == self.head


async def status(url: str | None, data: Path) -> SchemaStatus:
    """Where the database stands. Makes no file."""
    address = locate(url, data)
    shown = address.render_as_string(hide_password=True)
    if address.get_backend_name() == "sqlite" and not await asyncio.to_thread(Path(address.database or "").exists):
        return SchemaStatus(shown, None)
    database = connect(address)
    try:
        async with database.read() as connection:
            return SchemaStatus(shown, await current_revision(connection))
    finally:
        await database.close()


async def upgrade(url: str | None, data: Path) -> SchemaStatus:
    """Bring the database to ``HEAD``, making it where it is missing. Two processes may try at once."""
    address = locate(url, data)
    if address.get_backend_name() == "sqlite":
        await asyncio.to_thread(Path(address.database or "").parent.mkdir, parents=True, exist_ok=True)
    database = connect(address)
    try:
        async with database.write() as transaction:
            current = await current_revision(transaction)
            if current != HEAD:
                check_known(address, current)
                await transaction.run_sync(_run)
    finally:
        await database.close()
    return SchemaStatus(address.render_as_string(hide_password=True), HEAD)


async def current_revision(connection: AsyncConnection) -> str | None:
    """The revision the tables are of; None when there are none."""
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    found: str | None = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    return found


def check_known(address: URL, current: str | None) -> None:
    """Raises ConfigError for a database that a newer wirewatch has written."""
    if current is not None and current > HEAD:
        raise ConfigError(
            f"{address.render_as_string(hide_password=True)}: written by a newer wirewatch (schema {current}, this one "
            f"knows {HEAD}); install that version or choose another data folder"
        )


def _run(connection: Connection) -> None:
    # Imported here: a tenth of a second that only an old database costs.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
