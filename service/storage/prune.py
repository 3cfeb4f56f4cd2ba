"""Dropping what is no longer needed, a bounded number of rows in a transaction, so that no writer waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select

from service.storage.database import Database
from service.storage.tables import alerts, articles, pauses, shingles, sites, stories

COPIES = timedelta(days=8)
"""How long articles are looked at for copies, and a day."""
DAY = timedelta(days=1)
CHUNK = 100


async def prune(database: Database, before: datetime, now: datetime) -> int:
    """How many rows went: articles first seen before ``before`` whose story raised no alert, with their statements;
    stories left without articles; shingles older than copies are looked for; turns and pauses that are over. Several
    processes may do so at once: each takes rows that no other has."""
    alerted = exists().where(alerts.c.story_id == articles.c.story_id)
    left = exists().where(articles.c.story_id == stories.c.id)
    old = (
        (shingles, shingles.c.article_id, shingles.c.seen_at < now - COPIES),
        (articles, articles.c.id, (articles.c.first_seen_at < before) & ~alerted),
        (stories, stories.c.id, (stories.c.first_seen_at < before) & ~left),
        (
            sites,
            sites.c.key,
            (sites.c.free_at < now - DAY) & or_(sites.c.quiet_until.is_(None), sites.c.quiet_until < now),
        ),
        (pauses, pauses.c.endpoint, pauses.c.until < now),
    )
    gone = 0
    for table, key, wanted in old:
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
