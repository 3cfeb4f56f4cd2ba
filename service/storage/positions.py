"""Where a stage that writes here stands in the log: moved in the transaction that holds what it made of a batch."""

from sqlalchemy import ColumnElement, select, update

from service.storage.database import Database, Transaction
from service.storage.tables import positions
from service.storage.upsert import insert


class Positions:
    """Positions by (reader group, topic, partition)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, reader: str, topic: str, partition: int) -> int | None:
        """The offset to read next; None when nothing has been read yet."""
        query = select(positions.c.next).where(_of(reader, topic, partition))
        async with self._database.read() as connection:
            found: int | None = (await connection.execute(query)).scalar()
        return found

    async def move(self, transaction: Transaction, reader: str, topic: str, partition: int, after: int) -> bool:
        """Go forward to ``after``, the offset that follows the batch; first thing in the batch's transaction.

        False when somebody has been as far already: the batch is a repeat or its reader a zombie, and there is nothing
        to do. The row stays locked until the commit, so two readers of one partition go one after the other.
        """
        ahead = _of(reader, topic, partition) & (positions.c.next < after)
        moved = await transaction.execute(update(positions).where(ahead).values(next=after))
        if moved.rowcount:
            return True
        statement = insert(transaction, positions).values(reader=reader, topic=topic, partition=partition, next=after)
        result = await transaction.execute(statement.on_conflict_do_nothing().returning(positions.c.next))
        return result.first() is not None


def _of(reader: str, topic: str, partition: int) -> ColumnElement[bool]:
    return (positions.c.reader == reader) & (positions.c.topic == topic) & (positions.c.partition == partition)
