"""Dropping what is no longer needed, a bounded number of rows in a transaction, so that no writer waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from service.storage.database import Database
from service.storage.tables import alerts, articles, shingles, stories

COPIES = timedelta(days=8)
"""How long articles are looked at for copies, and a day."""
CHUNK = 100


async def prune(database: Database, before: datetime, now: datetime) -> int:
    """How many rows went: articles first seen before ``before`` whose story raised no alert, with their statements;
    stories left without articles; shingles older than copies are looked for."""
    alerted = exists().where(alerts.c.story_id == articles.c.story_id)
    left = exists().where(articles.c.story_id == stories.c.id)
    old = (
        (shingles, shingles.c.article_id, shingles.c.seen_at < now - COPIES),
        (articles, articles.c.id, (articles.c.first_seen_at < before) & ~alerted),
        (stories, stories.c.id, (stories.c.first_seen_at < before) & ~left),
    )
    gone = 0
    for table, key, wanted in old:
        found = CHUNK
        while found == CHUNK:
            async with database.write() as transaction:
                ids = (await transaction.execute(select(key).where(wanted).distinct().limit(CHUNK))).scalars().all()
                gone += (await transaction.execute(delete(table).where(key.in_(ids)))).rowcount
            found = len(ids)
    return gone
