"""Stories: articles that are copies or edits of each other, and the way from a text to the story it may belong to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import LargeBinary, Row, bindparam, select, type_coerce, update

from service.contracts import Extraction, Model
from service.errors import NotFound
from service.storage.columns import unpack
from service.storage.database import Database, Transaction
from service.storage.near import Near, Wanted, index, near
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import articles, stories
from service.storage.upsert import insert

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
    """An earlier article that a new one may be a copy of. ``packed``: its text, as it is kept."""

    article_id: str
    story_id: str
    title: str | None
    packed: bytes

    @property
    def text(self) -> str:
        return unpack(self.packed).decode()


@dataclass(frozen=True)
class NewStory:
    """``known``: what its articles have said, in the form that consumers/stories gives it."""

    id: str
    first: Extraction
    known: bytes
    articles: int = 1
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Growth:
    """So many articles more; ``known`` None leaves what is known as it is."""

    id: str
    articles: int
    updated_at: datetime
    known: bytes | None


class Stories:
    """Repository of stories. What takes a transaction is part of ``extraction_to_alert``'s one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def near(self, wanted: Sequence[Wanted]) -> list[Near]:
        """What each of ``wanted`` may be a copy or an edit of, as things stand."""
        async with self._database.read() as connection:
            return await near(connection, wanted, 0)

    async def near_since(self, transaction: Transaction, wanted: Sequence[Wanted], after: int) -> list[Near]:
        """The same among the articles whose number is beyond ``after``."""
        return await near(transaction, wanted, after)

    async def candidates(self, ids: Collection[str], transaction: Transaction | None = None) -> Sequence[Candidate]:
        """The texts of those of ``ids`` that are there."""
        if not ids:
            return []
        query = select(articles.c.id, articles.c.story_id, articles.c.title, type_coerce(articles.c.text, LargeBinary))
        query = query.where(articles.c.id.in_(ids))
        if transaction is not None:
            rows = (await transaction.execute(query)).all()
        else:
            async with self._database.read() as connection:
                rows = (await connection.execute(query)).all()
        return [Candidate(*row) for row in rows]

    async def begin(self, transaction: Transaction, new: Sequence[NewStory]) -> None:
        """Stories; their articles are yet to be added."""
        rows = [
            {
                "id": story.id,
                "language": story.first.language,
                "title": story.first.article.title,
                "url": story.first.article.url,
                "articles": story.articles,
                "first_seen_at": story.first.article.first_seen_at,
                "updated_at": story.updated_at or story.first.article.first_seen_at,
                "known": story.known,
            }
            for story in new
        ]
        if rows:
            await transaction.execute(insert(transaction, stories), rows)

    async def known(self, transaction: Transaction, ids: Collection[str]) -> dict[str, bytes]:
        """What ``begin`` or ``grow`` last kept of those of ``ids`` that are there. They stay until the commit."""
        if not ids:
            return {}
        query = select(stories.c.id, stories.c.known).where(stories.c.id.in_(ids)).order_by(stories.c.id)
        return {row.id: row.known for row in await transaction.execute(query.with_for_update(key_share=True))}

    async def grow(self, transaction: Transaction, grown: Sequence[Growth]) -> None:
        """More articles in stories that are there."""
        parts = ([one for one in grown if one.known is not None], [one for one in grown if one.known is None])
        for taught, some in zip((True, False), parts, strict=True):
            values: dict[str, Any] = {"articles": stories.c.articles + bindparam("more"), "updated_at": bindparam("at")}
            if taught:
                values["known"] = bindparam("learnt")
            statement = update(stories).where(stories.c.id == bindparam("story")).values(**values)
            rows = [
                {"story": one.id, "more": one.articles, "at": one.updated_at}
                | ({"learnt": one.known} if taught else {})
                for one in some
            ]
            if rows:
                await transaction.execute(statement, rows)

    async def index(self, transaction: Transaction, rows: Sequence[tuple[str, datetime, Sequence[int]]]) -> None:
        """Make articles findable by their sampled shingles: id, time and shingles of each."""
        await index(transaction, rows)

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
