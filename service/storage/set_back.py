"""After the wall clock was set back: what waits only because it was put off by a time from the future waits no longer
than it would have under a clock that had been right all along."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from service.storage.database import Database, Transaction
from service.storage.tables import deliveries, sources, tries

SLACK = timedelta(seconds=60)
"""So much may the clocks of machines that share a database differ."""
LONGEST_LEASE = timedelta(minutes=15)


async def set_right(database: Database, now: datetime) -> int:
    """How many feeds and deliveries were brought forward; each keeps the wait that its last poll or try gave it."""
    async with database.write() as transaction:
        held = deliveries.c.leased_until > now + LONGEST_LEASE
        await transaction.execute(update(deliveries).where(held).values(lease=None, leased_until=None))
        held = sources.c.leased_until > now + LONGEST_LEASE
        await transaction.execute(update(sources).where(held).values(lease=None, leased_until=None))
        return await _polls(transaction, now) + await _tries(transaction, now)


async def _polls(transaction: Transaction, now: datetime) -> int:
    ahead = select(sources.c.id, sources.c.poll).where(sources.c.next_poll_at > now + SLACK)
    brought = 0
    for row in (await transaction.execute(ahead)).all():
        last, following = row.poll.last_poll_at, row.poll.next_poll_at
        if last is None or following is None or last <= now + SLACK:
            continue
        state = row.poll.model_copy(update={"last_poll_at": now, "next_poll_at": now + (following - last)})
        values = {"poll": state, "next_poll_at": state.next_poll_at}
        await transaction.execute(update(sources).where(sources.c.id == row.id).values(**values))
        brought += 1
    return brought


async def _tries(transaction: Transaction, now: datetime) -> int:
    tried = select(func.max(tries.c.at)).where(tries.c.delivery_id == deliveries.c.id).scalar_subquery()
    last = func.coalesce(tried, deliveries.c.created_at, type_=deliveries.c.created_at.type)
    waiting = select(deliveries.c.id, deliveries.c.next_try_at, last.label("last")).where(
        deliveries.c.state == "pending", deliveries.c.next_try_at > now + SLACK, last > now + SLACK
    )
    rows = (await transaction.execute(waiting)).all()
    for row in rows:
        due = now + max(timedelta(0), row.next_try_at - row.last)
        await transaction.execute(update(deliveries).where(deliveries.c.id == row.id).values(next_try_at=due))
    return len(rows)
