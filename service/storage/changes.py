"""What has changed since I last looked: counters that another process can read cheaply."""

from typing import Literal

from sqlalchemy import select

from service.storage.database import Database, Transaction
from service.storage.tables import changes
from service.storage.upsert import insert

Name = Literal["sources", "subscriptions", "articles", "alerts", "outbox"]


class Changes:
    """One counter per kind of row; it never goes back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def version(self, name: Name) -> int:
        """Raised by every transaction that changed ``name``; 0 before the first."""
        async with self._database.read() as connection:
            found = (await connection.execute(select(changes.c.version).where(changes.c.name == name))).scalar()
        return found or 0


async def bump(transaction: Transaction, name: Name, by: int = 1) -> int:
    """Raise the counter and return it. Who raises one holds its row until the commit, so numbers follow commits."""
    statement = insert(transaction, changes).values(name=name, version=by)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"version": changes.c.version + by})
    return int((await transaction.execute(statement.returning(changes.c.version))).scalar_one())
