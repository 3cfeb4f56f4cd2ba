"""Subscriptions: who wants to be told what, and where."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update

from service.contracts import Subscription
from service.errors import Invalid, NotFound
from service.storage.changes import bump
from service.storage.database import Database
from service.storage.endpoints import take_back
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import deliveries, subscriptions
from service.storage.upsert import insert


class Subscriptions:
    """Repository of subscriptions; a name belongs to one of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, subscription: Subscription) -> None:
        """Keep a new one. Its endpoint, if it had been given up, is tried again. Raises Invalid for a taken name."""
        async with self._database.write() as transaction:
            statement = insert(transaction, subscriptions).values(
                id=subscription.id,
                name=subscription.name,
                created_at=subscription.created_at,
                document=subscription,
            )
            result = await transaction.execute(statement.on_conflict_do_nothing().returning(subscriptions.c.id))
            if result.first() is None:
                raise Invalid(f'a subscription "{subscription.name}" exists already; remove it first or choose a name')
            if subscription.channels.webhook:
                await take_back(transaction, subscription.channels.webhook.url)
            await bump(transaction, "subscriptions")

    async def get(self, id_or_name: str) -> Subscription:
        """Raises NotFound."""
        wanted = or_(subscriptions.c.id == id_or_name, subscriptions.c.name == id_or_name)
        query = select(subscriptions.c.document).where(wanted).order_by(subscriptions.c.id != id_or_name)
        async with self._database.read() as connection:
            found: Subscription | None = (await connection.execute(query)).scalars().first()
        if found is None:
            raise NotFound(f'no subscription "{id_or_name}"; see wirewatch subscriptions list')
        return found

    async def list(self, limit: int = LIMIT, cursor: str | None = None) -> Page[Subscription]:
        """In the order in which they were added."""
        async with self._database.read() as connection:
            return await page(
                connection,
                select(subscriptions.c.document),
                (subscriptions.c.created_at, subscriptions.c.id),
                lambda row: row.document,
                limit=limit,
                cursor=cursor,
                newest_first=False,
            )

    async def all(self) -> Sequence[Subscription]:
        """Every one, for the matcher."""
        async with self._database.read() as connection:
            return (await connection.execute(select(subscriptions.c.document))).scalars().all()

    async def remove(self, id_or_name: str) -> Subscription:
        """Stop telling: what is still to be sent for it is given up; its alerts stay. Raises NotFound."""
        found = await self.get(id_or_name)
        pending = (deliveries.c.subscription_id == found.id) & (deliveries.c.state == "pending")
        async with self._database.write() as transaction:
            await transaction.execute(delete(subscriptions).where(subscriptions.c.id == found.id))
            await transaction.execute(update(deliveries).where(pending).values(state="disabled", next_try_at=None))
            await bump(transaction, "subscriptions")
        return found
