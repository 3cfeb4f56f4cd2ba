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

    async def move(
        self, transaction: Transaction, reader: str, topic: str, partition: int, first: int, following: int
    ) -> bool:
        """Go on from ``first``, the offset at which a batch begins, to ``following``: first thing in its transaction.

        False when the position is beyond ``first``: somebody was there, the batch is a repeat or its reader a zombie.
        (It may be before: retention leaves gaps.) The row stays locked until the commit, so two readers of one
        partition go one after the other.
        """
        here = _of(reader, topic, partition) & (positions.c.next <= first)
        moved = await transaction.execute(update(positions).where(here).values(next=following))
        if moved.rowcount:
            return True
        values = {"reader": reader, "topic": topic, "partition": partition, "next": following}
        statement = insert(transaction, positions).values(**values)
        result = await transaction.execute(statement.on_conflict_do_nothing().returning(positions.c.next))
        return result.first() is not None

    async def reset(self, reader: str, topic: str, partition: int, to: int) -> None:
        """Stand at ``to``, wherever that is: the log is another one than before."""
        values = {"reader": reader, "topic": topic, "partition": partition, "next": to}
        async with self._database.write() as transaction:
            statement = insert(transaction, positions).values(**values)
            statement = statement.on_conflict_do_update(
                index_elements=["reader", "topic", "partition"], set_={"next": to}
            )
            await transaction.execute(statement)


def _of(reader: str, topic: str, partition: int) -> ColumnElement[bool]:
    return (positions.c.reader == reader) & (positions.c.topic == topic) & (positions.c.partition == partition)
