"""The one place where the two dialects are told apart: INSERT … ON CONFLICT, spelled alike but built by each."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from service.storage.database import Transaction

Insert = postgresql.Insert | sqlite.Insert


def insert(transaction: Transaction, table: Table) -> Insert:
    """An INSERT with ``on_conflict_do_nothing``, ``on_conflict_do_update`` and ``excluded``."""
    if transaction.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
