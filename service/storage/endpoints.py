"""Receivers that asked for quiet, and those that are given up: for all deliveries to them, in all processes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update

from service.contracts import Subscription, SubscriptionView
from service.storage.database import Database, Transaction
from service.storage.tables import deliveries, endpoints, pauses
from service.storage.upsert import insert

NOTE = "answered 410 Gone; nothing more is sent there. Add the subscription again, or replay a delivery, to try anew"


@dataclass(frozen=True)
class Stopped:
    """An endpoint to which nothing is sent any more; ``note`` is for people."""

    url: str
    at: datetime
    note: str


class Endpoints:
    """Repository of what is known of receivers, by their address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stopped(self) -> dict[str, Stopped]:
        """Those that are given up, by address."""
        query = select(endpoints.c.url, endpoints.c.disabled_at, endpoints.c.note).order_by(endpoints.c.url)
        async with self._database.read() as connection:
            return {row.url: Stopped(*row) for row in await connection.execute(query)}

    async def views(self, subscriptions: Sequence[Subscription]) -> list[SubscriptionView]:
        """Subscriptions with what has become of their endpoints."""
        stopped = await self.stopped() if any(one.channels.webhook for one in subscriptions) else {}
        found = []
        for one in subscriptions:
            webhook = one.channels.webhook
            why = stopped.get(webhook.url) if webhook else None
            note = f"{why.at:%Y-%m-%d %H:%M} UTC: {why.note}" if why else None
            found.append(SubscriptionView(**dict(one), stopped=note))
        return found

    async def pause(self, endpoint: str, until: datetime) -> None:
        """Nothing goes to ``endpoint`` before then (it sent Retry-After); a pause is only ever made longer. What is
        under way is not called back."""
        sooner = (deliveries.c.endpoint == endpoint) & (deliveries.c.state == "pending")
        sooner &= (deliveries.c.next_try_at < until) & deliveries.c.lease.is_(None)
        async with self._database.write() as transaction:
            later = insert(transaction, pauses).values(endpoint=endpoint, until=until)
            later = later.on_conflict_do_update(
                index_elements=["endpoint"], set_={"until": later.excluded.until}, where=pauses.c.until < until
            )
            await transaction.execute(later)
            await transaction.execute(update(deliveries).where(sooner).values(next_try_at=until))


async def pauses_of(transaction: Transaction, urls: Collection[str], now: datetime) -> dict[str, datetime]:
    """Until when those of ``urls`` want to be left alone that do."""
    query = select(pauses.c.endpoint, pauses.c.until).where(pauses.c.endpoint.in_(urls), pauses.c.until > now)
    return {row.endpoint: row.until for row in await transaction.execute(query)}


def quiet(now: datetime) -> ColumnElement[bool]:
    """Whether a delivery's endpoint wants to be left alone."""
    return exists().where(pauses.c.endpoint == deliveries.c.endpoint, pauses.c.until > now)


async def give_up(transaction: Transaction, endpoint: str, at: datetime) -> None:
    """All that waits for ``endpoint``, and all that will come."""
    statement = insert(transaction, endpoints).values(url=endpoint, disabled_at=at, note=NOTE)
    await transaction.execute(statement.on_conflict_do_nothing())
    waiting = (deliveries.c.endpoint == endpoint) & (deliveries.c.state == "pending")
    await transaction.execute(
        update(deliveries).where(waiting).values(state="disabled", next_try_at=None, lease=None, leased_until=None)
    )


async def take_back(transaction: Transaction, endpoint: str) -> None:
    """It is tried anew, pause or not."""
    await transaction.execute(delete(endpoints).where(endpoints.c.url == endpoint))
    await transaction.execute(delete(pauses).where(pauses.c.endpoint == endpoint))
