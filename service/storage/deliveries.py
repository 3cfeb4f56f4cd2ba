"""The reading side of deliveries: what was sent where, how often it was tried, what came back; and sending it again."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, update

from service.contracts import Delivery, DeliveryTry
from service.errors import NotFound
from service.storage.changes import bump
from service.storage.database import Database
from service.storage.endpoints import take_back
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import deliveries, tries
from service.storage.wake import call

FIELDS = (
    "id",
    "alert_id",
    "subscription",
    "channel",
    "endpoint",
    "state",
    "created_at",
    "next_try_at",
    "delivered_at",
)


class Deliveries:
    """Repository of receipts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, delivery_id: str) -> Delivery:
        """Raises NotFound."""
        found = await self._read([delivery_id])
        if not found:
            raise NotFound(f'no delivery "{delivery_id}"; see wirewatch deliveries list')
        return found[delivery_id]

    async def list(
        self,
        limit: int = LIMIT,
        cursor: str | None = None,
        *,
        alert_id: str | None = None,
        state: str | None = None,
        subscription: str | None = None,
    ) -> Page[Delivery]:
        """Newest first. ``subscription`` is a name."""
        query = select(deliveries.c.id)
        for column, value in (
            (deliveries.c.alert_id, alert_id),
            (deliveries.c.state, state),
            (deliveries.c.subscription, subscription),
        ):
            if value is not None:
                query = query.where(column == value)
        keys = (deliveries.c.created_at, deliveries.c.id)
        async with self._database.read() as connection:
            ids = await page(connection, query, keys, lambda row: str(row.id), limit=limit, cursor=cursor)
        found = await self._read(ids.items)
        return Page(tuple(found[delivery_id] for delivery_id in ids.items if delivery_id in found), ids.next)

    async def replay(self, delivery_id: str, due_at: datetime | None = None) -> Delivery:
        """Make it due again (at once), from the start of the schedule, with the same id; a given up endpoint is tried
        anew. Raises NotFound.
        """
        now = due_at or datetime.now(UTC)
        again = {"state": "pending", "attempt": 0, "next_try_at": now, "lease": None, "leased_until": None}
        async with self._database.write() as transaction:
            made = update(deliveries).where(deliveries.c.id == delivery_id).values(**again, delivered_at=None)
            row = (await transaction.execute(made.returning(deliveries.c.endpoint))).first()
            if row is None:
                raise NotFound(f'no delivery "{delivery_id}"; see wirewatch deliveries list')
            await take_back(transaction, row.endpoint)
            await bump(transaction, "outbox")
            await call(transaction)
        return await self.get(delivery_id)

    async def _read(self, ids: Collection[str]) -> dict[str, Delivery]:
        """In one statement, so that a state and the try that led to it are seen together."""
        columns = [deliveries.c[name] for name in FIELDS]
        attempts = [tries.c.number, tries.c.at, tries.c.status, tries.c.error, tries.c.seconds]
        query = select(*columns, *attempts).outerjoin(tries, tries.c.delivery_id == deliveries.c.id)
        query = query.where(deliveries.c.id.in_(ids)).order_by(deliveries.c.id, tries.c.number)
        rows: dict[str, list[Row[Any]]] = {}
        async with self._database.read() as connection:
            for row in await connection.execute(query):
                rows.setdefault(row.id, []).append(row)
        return {
            delivery_id: Delivery(
                **{name: getattr(mine[0], name) for name in FIELDS},
                tries=tuple(_try(row) for row in mine if row.number is not None),
            )
            for delivery_id, mine in rows.items()
        }


def _try(row: Row[Any]) -> DeliveryTry:
    return DeliveryTry(at=row.at, status=row.status, error=row.error, seconds=row.seconds)
