"""The repositories together, opened and closed as one."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from service.errors import ConfigError
from service.storage.alerts import Alerts
from service.storage.articles import Articles, Statements
from service.storage.changes import Changes
from service.storage.database import Database, Transaction, connect
from service.storage.deliveries import Deliveries
from service.storage.figures import Figures
from service.storage.location import locate
from service.storage.migrate import HEAD, check_known, current_revision, upgrade
from service.storage.outbox import Outbox
from service.storage.positions import Positions
from service.storage.prune import prune
from service.storage.sources import Sources
from service.storage.stories import Stories
from service.storage.subscriptions import Subscriptions


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
        self.figures = Figures(database)

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction over several repositories; raising inside undoes all of it."""
        return self._database.write()

    async def prune(self, before: datetime) -> int:
        """Drop what is older than that and no longer needed (articles that raised no alert); how many rows went."""
        return await prune(self._database, before, datetime.now(UTC))


@asynccontextmanager
async def open_storage(url: str | None, data: Path) -> AsyncIterator[Storage]:
    """The storage at ``url`` (empty: a file in ``data``). A file is made and upgraded where needed.

    Raises ConfigError for an address that is wrong, a database that is too new, and a server's that is too old.
    """
    address = locate(url, data)
    embedded = address.get_backend_name() == "sqlite"
    if embedded and not Path(address.database or "").exists():  # noqa: ASYNC240 - once, at the start
        await upgrade(url, data)
    database = connect(address)
    try:
        async with database.read() as connection:
            current = await current_revision(connection)
        check_known(address, current)
        if current != HEAD and embedded:
            await upgrade(url, data)
        elif current != HEAD:
            shown = address.render_as_string(hide_password=True)
            raise ConfigError(f"{shown}: schema {current or 'missing'}, {HEAD} is needed; run wirewatch db upgrade")
        yield Storage(database)
    finally:
        await database.close()
