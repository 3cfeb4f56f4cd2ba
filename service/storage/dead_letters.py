"""Messages that no stage could take, with the cause: what ``wirewatch dlq`` shows."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from service.errors import NotFound
from service.storage.database import Database
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import dead_letters
from service.storage.upsert import insert

FIELDS = ("id", "at", "stage", "topic", "partition", "offset", "key", "error", "attempts", "value")


@dataclass(frozen=True)
class DeadLetter:
    """``topic``, ``partition``, ``offset`` are where the message came from; ``value`` is the message as it was."""

    id: str
    at: datetime
    stage: str
    topic: str
    partition: int
    offset: int
    key: str
    error: str
    attempts: int
    value: bytes


class DeadLetters:
    """Repository of messages put aside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, *letters: DeadLetter) -> None:
        """Keep them; one that is there already stays as it is."""
        async with self._database.write() as transaction:
            for letter in letters:
                await transaction.execute(
                    insert(transaction, dead_letters).values(**asdict(letter)).on_conflict_do_nothing()
                )

    async def get(self, letter_id: str) -> DeadLetter:
        """Raises NotFound."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(dead_letters).where(dead_letters.c.id == letter_id))).first()
        if row is None:
            raise NotFound(f'no dead letter "{letter_id}"; see wirewatch dlq list')
        return _letter(row)

    async def list(self, limit: int = LIMIT, cursor: str | None = None) -> Page[DeadLetter]:
        """Newest first."""
        keys = (dead_letters.c.at, dead_letters.c.id)
        async with self._database.read() as connection:
            return await page(connection, select(dead_letters), keys, _letter, limit=limit, cursor=cursor)


def _letter(row: Row[Any]) -> DeadLetter:
    return DeadLetter(**{name: getattr(row, name) for name in FIELDS})
