"""Stories: articles that are copies or edits of each other, and the way from a text to the story it may belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Row, func, select, update

from service.contracts import Extraction, Model
from service.errors import NotFound
from service.storage.database import Database, Transaction
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import articles, shingles, stories
from service.storage.upsert import insert

CHUNK = 500
SUMMARY = (
    stories.c.id,
    stories.c.language,
    stories.c.title,
    stories.c.url,
    stories.c.articles,
    stories.c.first_seen_at,
    stories.c.updated_at,
)


class StorySummary(Model):
    """``articles`` counts them; title, url and language are the first article's."""

    id: str
    language: str
    title: str | None
    url: str | None
    articles: int
    first_seen_at: AwareDatetime
    updated_at: AwareDatetime


@dataclass(frozen=True)
class Candidate:
    """An earlier article that a new one may be a copy of."""

    article_id: str
    story_id: str
    title: str | None
    text: str


class Stories:
    """Repository of stories. What takes a transaction is part of ``extraction_to_alert``'s one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def candidates(
        self, transaction: Transaction, hashes: Sequence[int], language: str, since: datetime, limit: int = 8
    ) -> Sequence[Candidate]:
        """Articles in ``language`` since then that share most of the sampled shingle ``hashes``, the most first."""
        shared: dict[str, int] = {}
        for start in range(0, len(hashes), CHUNK):
            some = shingles.c.hash.in_(hashes[start : start + CHUNK]) & (shingles.c.seen_at >= since)
            query = select(shingles.c.article_id, func.count()).where(some).group_by(shingles.c.article_id)
            query = query.join(articles, articles.c.id == shingles.c.article_id).where(articles.c.language == language)
            for article_id, count in await transaction.execute(query):
                shared[article_id] = shared.get(article_id, 0) + count
        best = sorted(shared, key=lambda article_id: (-shared[article_id], article_id))[:limit]
        query = select(articles.c.id, articles.c.story_id, articles.c.title, articles.c.text)
        found = {row.id: row for row in await transaction.execute(query.where(articles.c.id.in_(best)))}
        rows = [found[article_id] for article_id in best]
        return [Candidate(row.id, row.story_id, row.title, row.text.decode()) for row in rows]

    async def at_url(self, transaction: Transaction, url: str, language: str, since: datetime) -> Candidate | None:
        """The newest article at this address, if its story has moved since then."""
        query = select(articles.c.id, articles.c.story_id, articles.c.title, articles.c.text).join(stories)
        query = query.where(articles.c.url == url, articles.c.language == language, stories.c.updated_at >= since)
        row = (await transaction.execute(query.order_by(articles.c.number.desc()).limit(1))).first()
        return row and Candidate(row.id, row.story_id, row.title, row.text.decode())

    async def begin(self, transaction: Transaction, story_id: str, first: Extraction, known: bytes) -> None:
        """A story; its first article is yet to be added."""
        article = first.article
        statement = insert(transaction, stories).values(
            id=story_id,
            language=first.language,
            title=article.title,
            url=article.url,
            articles=1,
            first_seen_at=article.first_seen_at,
            updated_at=article.first_seen_at,
            known=known,
        )
        await transaction.execute(statement)

    async def known(self, transaction: Transaction, story_id: str) -> bytes:
        """What ``begin`` or ``grow`` last kept."""
        query = select(stories.c.known).where(stories.c.id == story_id)
        found: bytes = (await transaction.execute(query)).scalar_one()
        return found

    async def grow(self, transaction: Transaction, story_id: str, at: datetime, known: bytes | None) -> None:
        """One article more; ``known`` None leaves what is known as it is."""
        values = {"articles": stories.c.articles + 1, "updated_at": at} | ({"known": known} if known else {})
        await transaction.execute(update(stories).where(stories.c.id == story_id).values(**values))

    async def index(self, transaction: Transaction, article_id: str, hashes: Sequence[int], at: datetime) -> None:
        """Make an article findable by its sampled shingles."""
        rows = [{"hash": value, "article_id": article_id, "seen_at": at} for value in hashes]
        if rows:
            await transaction.execute(insert(transaction, shingles).on_conflict_do_nothing(), rows)

    async def get(self, story_id: str) -> StorySummary:
        """Raises NotFound."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(*SUMMARY).where(stories.c.id == story_id))).first()
        if row is None:
            raise NotFound(f'no story "{story_id}"')
        return _summary(row)

    async def list(self, limit: int = LIMIT, cursor: str | None = None) -> Page[StorySummary]:
        """Newest first."""
        keys = (stories.c.first_seen_at, stories.c.id)
        async with self._database.read() as connection:
            return await page(connection, select(*SUMMARY), keys, _summary, limit=limit, cursor=cursor)


def _summary(row: Row[*tuple[Any, ...]]) -> StorySummary:
    return StorySummary.model_validate({column.name: getattr(row, column.name) for column in SUMMARY})
