"""Where everything rests: sources, subscriptions, articles, stories, alerts, the outbox; in SQLite or PostgreSQL.

In: an address and the data folder. Out: ``open_storage`` gives a ``Storage`` with one repository per kind of thing;
``write()`` gives a transaction over several of them. Another process may work on the same file at the same time.
"""

from service.storage.entries import KnownEntry
from service.storage.migrate import SchemaStatus, status, upgrade
from service.storage.opening import Storage, open_storage
from service.storage.paging import Page

__all__ = ["KnownEntry", "Page", "SchemaStatus", "Storage", "open_storage", "status", "upgrade"]
