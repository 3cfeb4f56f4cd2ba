"""Dropping what is no longer needed, a bounded number of rows in a transaction, so that no writer waits for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, exists, or_, select

from service.storage.database import Database
from service.storage.tables import alerts, articles, deliveries, pauses, shingles, sites, stories, tries

COPIES = timedelta(days=8)
"""How long articles are looked at for copies, and a day."""
DAY = timedelta(days=1)
CHUNK = 100


async def prune(database: Database, before: datetime, alerts_before: datetime, now: datetime) -> int:
    """How many rows went, in this order, each kind making way for the next:

    - deliveries that are settled, of alerts raised and last tried before ``alerts_before``, with their tries;
    - alerts of that age that no delivery is left of, whose story has been quiet since then;
    - articles first seen before ``before`` whose story has no alert, with their statements;
    - stories left without articles and alerts;
    - shingles older than copies are looked for; turns and pauses that are over.

    Several processes may do so at once: each takes rows that no other has.
    """
    gone = 0
    for table, key, wanted in _old(before, alerts_before, now):
        found = CHUNK
        while found == CHUNK:
            async with database.write() as transaction:
                some = select(key).where(wanted)
                # Rows of one table are locked by their id; shingles are many to one, and never changed.
                some = some.distinct() if table is shingles else some.with_for_update(skip_locked=True)
                ids = (await transaction.execute(some.limit(CHUNK))).scalars().all()
                gone += (await transaction.execute(delete(table).where(key.in_(ids), wanted))).rowcount
            found = len(ids)
    return gone


def _old(
    before: datetime, alerts_before: datetime, now: datetime
) -> Iterator[tuple[Table, ColumnElement[str], ColumnElement[bool]]]:
    """Tables with their key and what may go."""
    tried = exists().where(tries.c.delivery_id == deliveries.c.id, tries.c.at >= alerts_before)
    settled = (deliveries.c.state != "pending") & deliveries.c.lease.is_(None)
    yield deliveries, deliveries.c.id, settled & (deliveries.c.created_at < alerts_before) & ~tried
    # A story that an article may still join keeps its alerts: they are how it is known who has been told of it.
    quiet = stories.c.updated_at < min(alerts_before, now - COPIES)
    ended = select(stories.c.id).where((stories.c.first_seen_at < alerts_before) & quiet)
    kept = exists().where(deliveries.c.alert_id == alerts.c.id)
    yield alerts, alerts.c.id, alerts.c.story_id.in_(ended) & (alerts.c.raised_at < alerts_before) & ~kept
    alerted = exists().where(alerts.c.story_id == articles.c.story_id)
    left = or_(exists().where(articles.c.story_id == stories.c.id), exists().where(alerts.c.story_id == stories.c.id))
    yield shingles, shingles.c.article_id, shingles.c.seen_at < now - COPIES
    yield articles, articles.c.id, (articles.c.first_seen_at < before) & ~alerted
    yield stories, stories.c.id, (stories.c.first_seen_at < before) & ~left
    free = (sites.c.free_at < now - DAY) & or_(sites.c.quiet_until.is_(None), sites.c.quiet_until < now)
    yield sites, sites.c.key, free
    yield pauses, pauses.c.endpoint, pauses.c.until < now
