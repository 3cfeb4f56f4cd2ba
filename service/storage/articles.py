"""Articles as they were read, and the statements in them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, LargeBinary, Row, Select, select, type_coerce

from service.contracts import Extraction, Model, Statement
from service.errors import NotFound
from service.storage.arrivals import NewArticle, Part, article_row, statement_rows
from service.storage.changes import bump
from service.storage.columns import unpack
from service.storage.database import Database, Transaction
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import articles, statements
from service.storage.upsert import insert


class StoredArticle(Model):
    """An extraction with its place: ``number`` counts articles as they came."""

    id: str
    number: int
    story_id: str
    part: Part
    source: str
    extraction: Extraction


class StoredStatement(Model):
    """A statement and the article it stands in. ``new``: nobody in the story had said so before."""

    article_id: str
    story_id: str
    url: str | None
    title: str | None
    language: str
    source: str
    first_seen_at: AwareDatetime
    new: bool
    statement: Statement


class Articles:
    """Repository of articles with their extraction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, transaction: Transaction, ids: Collection[str]) -> frozenset[str]:
        """Those of ``ids`` that are there."""
        query = select(articles.c.id).where(articles.c.id.in_(ids))
        return frozenset((await transaction.execute(query)).scalars())

    async def reserve(self, transaction: Transaction, count: int) -> int:
        """The first of ``count`` numbers for articles to be added. Until the commit no other transaction gets any: two
        that look for the stories of their articles go one after the other."""
        return await bump(transaction, "articles", count) - count + 1

    async def add(self, transaction: Transaction, new: Sequence[NewArticle]) -> None:
        """Keep articles and their statements."""
        if new:
            await transaction.execute(insert(transaction, articles), [article_row(one) for one in new])
        said = [row for one in new for row in statement_rows(one)]
        if said:
            await transaction.execute(insert(transaction, statements), said)

    async def get(self, article_id: str) -> StoredArticle:
        """Raises NotFound."""
        async with self._database.read() as connection:
            row = (await connection.execute(_articles().where(articles.c.id == article_id))).first()
        if row is None:
            raise NotFound(f'no article "{article_id}"')
        return _article(row)

    async def list(
        self,
        limit: int = LIMIT,
        cursor: str | None = None,
        *,
        story_id: str | None = None,
        source_id: str | None = None,
        language: str | None = None,
        since: datetime | None = None,
    ) -> Page[StoredArticle]:
        """Newest first. ``since``: only those that were first seen then or later."""
        query = _articles()
        for column, value in (
            (articles.c.story_id, story_id),
            (articles.c.source_id, source_id),
            (articles.c.language, language),
        ):
            if value is not None:
                query = query.where(column == value)
        if since is not None:
            query = query.where(articles.c.first_seen_at >= since)
        async with self._database.read() as connection:
            return await page(connection, query, (articles.c.number,), _article, limit=limit, cursor=cursor)


class Statements:
    """Repository of who said what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self,
        limit: int = LIMIT,
        cursor: str | None = None,
        *,
        speaker: str | None = None,
        article_id: str | None = None,
        story_id: str | None = None,
        new: bool | None = None,
    ) -> Page[StoredStatement]:
        """Newest articles first, within one from its end. ``speaker`` is an actor's id."""
        query: Select[Any] = select(
            statements.c.article_id,
            statements.c.story_id,
            statements.c.new,
            statements.c.document.label("statement"),
            articles.c.url,
            articles.c.title,
            articles.c.language,
            articles.c.source_name.label("source"),
            articles.c.first_seen_at,
        ).join(articles)
        wanted: tuple[tuple[ColumnElement[Any], object], ...] = (
            (statements.c.speaker, speaker),
            (statements.c.article_id, article_id),
            (statements.c.story_id, story_id),
            (statements.c.new, new),
        )
        for column, value in wanted:
            if value is not None:
                query = query.where(column == value)
        keys = (statements.c.number, statements.c.position)
        async with self._database.read() as connection:
            return await page(connection, query, keys, _statement, limit=limit, cursor=cursor)


def _articles() -> Select[Any]:
    """The extraction still packed, to be unpacked where that does not hold up the event loop."""
    packed = type_coerce(articles.c.extraction, LargeBinary).label("packed")
    return select(
        articles.c.id, articles.c.number, articles.c.story_id, articles.c.part, articles.c.source_name, packed
    )


def _article(row: Row[Any]) -> StoredArticle:
    return StoredArticle(
        id=row.id,
        number=row.number,
        story_id=row.story_id,
        part=row.part,
        source=row.source_name,
        extraction=Extraction.model_validate_json(unpack(row.packed)),
    )


def _statement(row: Row[Any]) -> StoredStatement:
    return StoredStatement.model_validate(dict(row._mapping))
