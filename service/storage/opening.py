"""The repositories together, opened and closed as one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog

from service.errors import ConfigError, Transient
from service.settings import StorageSettings
from service.storage.alerts import Alerts
from service.storage.articles import Articles, Statements
from service.storage.changes import Changes
from service.storage.database import Database, Transaction, connect
from service.storage.deliveries import Deliveries
from service.storage.endpoints import Endpoints
from service.storage.figures import Figures
from service.storage.location import Location, locate
from service.storage.migrate import HEAD, check_known, current_revision, upgrade
from service.storage.outbox import Outbox
from service.storage.positions import Positions
from service.storage.prune import prune
from service.storage.set_back import set_right
from service.storage.sites import Sites
from service.storage.sources import Sources
from service.storage.stories import Stories
from service.storage.subscriptions import Subscriptions
from service.storage.trouble import at_the_start

WAIT = 1.0


class Storage:
    """One attribute per kind of thing. Repositories whose methods take a ``transaction`` share one by ``write()``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.changes = Changes(database)
        self.sources = Sources(database)
        self.subscriptions = Subscriptions(database)
        self.positions = Positions(database)
        self.articles = Articles(database)
        self.statements = Statements(database)
        self.stories = Stories(database)
        self.alerts = Alerts(database)
        self.outbox = Outbox(database)
        self.deliveries = Deliveries(database)
        self.endpoints = Endpoints(database)
        self.sites = Sites(database)
        self.figures = Figures(database)

    @property
    def shared(self) -> bool:
        """Whether other processes may run the same stages on it: it is a server's."""
        return self._database.dialect != "sqlite"

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction over several repositories; raising inside undoes all of it."""
        return self._database.write()

    async def prune(self, before: datetime, alerts_before: datetime) -> int:
        """Drop articles older than ``before`` that raised no alert, and alerts with all that hangs on them that are
        older than ``alerts_before`` and have nothing left to send; how many rows went."""
        return await prune(self._database, before, alerts_before, datetime.now(UTC))

    async def set_right(self, now: datetime) -> int:
        """The wall clock was set back to ``now``: bring forward what times from the future hold up; how much it was."""
        return await set_right(self._database, now)


@asynccontextmanager
async def open_storage(
    where: StorageSettings | str | None, data: Path, *, patience: float = 0.0
) -> AsyncIterator[Storage]:
    """The storage that the settings (or an address alone) name; empty: a file in ``data``. A file is made and upgraded
    where needed. ``patience``: seconds to wait for a server that does not answer yet.

    Raises ConfigError for an address that is wrong, a database that is too new, and a server's that is too old;
    Transient for a server that is not there.
    """
    location = locate(where, data)
    if location.embedded and not location.file.exists():
        await upgrade(where, data)
    database = connect(location)
    try:
        current, since = await _revision(database, location, patience)
        check_known(location, current, since)
        if (current or "") < HEAD and location.embedded:
            await upgrade(where, data)
        elif (current or "") < HEAD:
            raise ConfigError(f"{location}: schema {current or 'missing'}, {HEAD} is needed; run wirewatch db upgrade")
        yield Storage(database)
    finally:
        await database.close()


async def _revision(database: Database, location: Location, patience: float) -> tuple[str | None, str | None]:
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        try:
            with at_the_start(str(location)):
                async with database.read() as connection:
                    return await current_revision(connection)
        except Transient as error:
            if asyncio.get_running_loop().time() >= deadline:
                raise
            structlog.get_logger().warning("waiting for the database", database=str(location), error=str(error))
            await asyncio.sleep(WAIT)
