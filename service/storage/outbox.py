"""The sending side of deliveries: put in with the alert, claimed under a lease, settled with a receipt.

A lease is a promise to settle until a given time; who dies breaks it, and another takes over with the same id.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update

from service.contracts import Alert, DeliveryTry, Subscription, content_id
from service.metrics import leases_expired
from service.storage.changes import bump
from service.storage.database import Database, Transaction
from service.storage.endpoints import give_up, pauses_of, quiet
from service.storage.tables import alerts, deliveries, endpoints, tries
from service.storage.upsert import insert
from service.storage.wake import call, listening

CONSOLE = "console"


@dataclass(frozen=True)
class Claim:
    """A delivery to be tried now. ``attempt`` counts from 0 along the schedule; ``lease`` proves who holds it."""

    id: str
    channel: Literal["console", "webhook"]
    endpoint: str
    secret_file: str | None
    attempt: int
    lease: str
    alert: Alert


class Outbox:
    """Repository of what is to be sent. Times are given by the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, transaction: Transaction, new: Sequence[tuple[Alert, Subscription]], due_at: datetime) -> int:
        """A delivery per channel of alerts that have just been added; how many."""
        rows = []
        asked = {endpoint for _, subscription in new for _, endpoint, _ in _channels(subscription)}
        if not asked:
            return 0
        given_up = set((await transaction.execute(select(endpoints.c.url))).scalars())
        quiet_until = await pauses_of(transaction, asked, due_at)
        for alert, subscription in new:
            for channel, endpoint, secret_file in _channels(subscription):
                off = endpoint in given_up
                rows.append(
                    {
                        "id": delivery_id(alert.id, endpoint),
                        "alert_id": alert.id,
                        "subscription_id": subscription.id,
                        "subscription": subscription.name,
                        "channel": channel,
                        "endpoint": endpoint,
                        "secret_file": secret_file,
                        "state": "disabled" if off else "pending",
                        "attempt": 0,
                        "created_at": alert.raised_at,
                        "next_try_at": None if off else quiet_until.get(endpoint, due_at),
                    }
                )
        await transaction.execute(insert(transaction, deliveries).on_conflict_do_nothing(), rows)
        await bump(transaction, "outbox", len(rows))
        await call(transaction)
        return len(rows)

    def told(self, woken: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Inside of the block ``woken`` is called soon after any process has put something in, or made it due again, on
        a server; a file tells nobody. May be called for nothing, and may miss some: look now and then all the same."""
        return listening(self._database.listener, woken)

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: str,
        seconds: float,
        *,
        exclude: Collection[str] = (),
        only: Collection[str] | None = None,
        per_endpoint: int = 1,
    ) -> Sequence[Claim]:
        """Lease what is due to ``lease`` for so many seconds: at most ``limit``, the longest due first.

        At most ``per_endpoint`` an endpoint, none for those in ``exclude``, and no others than those in ``only``. None
        for an endpoint that asked for quiet, nor for one that another sender has in work.
        """
        others = deliveries.alias("others")
        elsewhere = exists().where(
            others.c.endpoint == deliveries.c.endpoint, others.c.leased_until > now, others.c.lease != lease
        )
        free = _due(now) & deliveries.c.endpoint.not_in(exclude) & ~elsewhere & ~quiet(now)
        if only is not None:
            free &= deliveries.c.endpoint.in_(only)
        place = func.row_number().over(
            partition_by=deliveries.c.endpoint, order_by=(deliveries.c.next_try_at, deliveries.c.id)
        )
        ranked = select(deliveries.c.id, deliveries.c.next_try_at, place.label("place")).where(free).subquery()
        first = select(ranked.c.id).where(ranked.c.place <= per_endpoint)
        first = first.order_by(ranked.c.next_try_at, ranked.c.id).limit(limit)
        async with self._database.read() as connection:
            ids = (await connection.execute(first)).scalars().all()
            if not ids:
                return []  # asked several times a second: looking takes no lock
        mine = select(deliveries.c.id, deliveries.c.lease).where(deliveries.c.id.in_(ids), _due(now))
        columns = (deliveries.c.id, deliveries.c.channel, deliveries.c.endpoint, deliveries.c.secret_file)
        async with self._database.write() as transaction:
            free_now = (await transaction.execute(mine.with_for_update(skip_locked=True))).all()
            leases_expired.labels("delivery").inc(sum(row.lease is not None for row in free_now))
            taken = (
                update(deliveries)
                .where(deliveries.c.id.in_([row.id for row in free_now]))
                .values(lease=lease, leased_until=now + timedelta(seconds=seconds))
                .returning(*columns, deliveries.c.attempt, deliveries.c.alert_id, deliveries.c.next_try_at)
            )
            rows = (await transaction.execute(taken)).all() if free_now else []
            told = {row.alert_id for row in rows}
            found = await transaction.execute(select(alerts.c.id, alerts.c.document).where(alerts.c.id.in_(told)))
            documents = {row.id: row.document for row in found}
        return [
            Claim(row.id, row.channel, row.endpoint, row.secret_file, row.attempt, lease, documents[row.alert_id])
            for row in sorted(rows, key=lambda row: (row.next_try_at, row.id))
        ]

    async def settle(
        self,
        claim: Claim,
        tried: DeliveryTry,
        state: Literal["pending", "delivered", "failed", "disabled"],
        next_try_at: datetime | None = None,
    ) -> bool:
        """Write the receipt and what comes next. False when the lease was lost: the receipt is kept all the same.

        ``disabled`` gives up the endpoint: all that waits for it is disabled too.
        """
        mine = (deliveries.c.id == claim.id) & (deliveries.c.lease == claim.lease)
        values: dict[str, Any] = {
            "state": state,
            "attempt": claim.attempt + 1,
            "next_try_at": next_try_at,
            "delivered_at": tried.at if state == "delivered" else None,
            "lease": None,
            "leased_until": None,
        }
        async with self._database.write() as transaction:
            kept = await transaction.execute(update(deliveries).where(mine).values(**values))
            last = select(func.coalesce(func.max(tries.c.number), 0)).where(tries.c.delivery_id == claim.id)
            number = (await transaction.execute(last)).scalar_one() + 1
            await transaction.execute(tries.insert().values(delivery_id=claim.id, number=number, **tried.model_dump()))
            if state == "disabled":
                await give_up(transaction, claim.endpoint, tried.at)
            elif state == "delivered":
                await transaction.execute(delete(endpoints).where(endpoints.c.url == claim.endpoint))
        return bool(kept.rowcount)

    async def break_leases(self) -> None:
        """At the start: an embedded database has one sender, so who holds a lease is dead. Elsewhere leases run out."""
        if self._database.dialect == "sqlite":
            held = deliveries.c.leased_until.is_not(None)
            async with self._database.write() as transaction:
                await transaction.execute(update(deliveries).where(held).values(lease=None, leased_until=None))

    async def renew(self, ids: Collection[str], now: datetime, lease: str, seconds: float) -> None:
        """They stay ``lease``'s for so many seconds from now, those that still are."""
        mine = deliveries.c.id.in_(ids) & (deliveries.c.lease == lease)
        async with self._database.write() as transaction:
            until = now + timedelta(seconds=seconds)
            await transaction.execute(update(deliveries).where(mine).values(leased_until=until))

    async def release(self, claim: Claim) -> None:
        """Give a claim back untried (the service stops)."""
        mine = (deliveries.c.id == claim.id) & (deliveries.c.lease == claim.lease)
        async with self._database.write() as transaction:
            await transaction.execute(update(deliveries).where(mine).values(lease=None, leased_until=None))

    async def next_due_at(self, exclude: Collection[str] = ()) -> datetime | None:
        """When the next try is due, or the next lease runs out; None when nothing waits."""
        waiting = (deliveries.c.state == "pending") & deliveries.c.endpoint.not_in(exclude)
        soonest = func.min(
            func.coalesce(deliveries.c.leased_until, deliveries.c.next_try_at), type_=deliveries.c.next_try_at.type
        )
        async with self._database.read() as connection:
            found: datetime | None = (await connection.execute(select(soonest).where(waiting))).scalar()
        return found


def delivery_id(alert_id: str, endpoint: str) -> str:
    """The ``webhook-id``: one per alert revision and endpoint, whoever makes it and however often."""
    return content_id("delivery", alert_id, endpoint)


def _channels(subscription: Subscription) -> Iterator[tuple[str, str, str | None]]:
    """Kind, endpoint and file of the secret."""
    if subscription.channels.console:
        yield CONSOLE, CONSOLE, None
    webhook = subscription.channels.webhook
    if webhook:
        yield "webhook", webhook.url, webhook.secret_file


def _due(now: datetime) -> ColumnElement[bool]:
    unleased = or_(deliveries.c.leased_until.is_(None), deliveries.c.leased_until <= now)
    return (deliveries.c.state == "pending") & (deliveries.c.next_try_at <= now) & unleased
