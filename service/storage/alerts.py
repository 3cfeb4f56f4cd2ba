"""Alerts: one per subscription, story and revision, in order of commit."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Text, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from service.contracts import Alert, AlsoReported
from service.errors import NotFound
from service.storage.changes import bump
from service.storage.database import Database, Transaction
from service.storage.paging import LIMIT, Page, page
from service.storage.tables import alerts, articles
from service.storage.upsert import insert

MAX_REPORTS = 100


class Alerts:
    """Repository of alerts. What is read has the later reports of its story; what is stored never changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def revisions(self, transaction: Transaction, story_ids: Collection[str]) -> dict[tuple[str, str], int]:
        """Story and subscription that has been told of it → the latest revision."""
        if not story_ids:
            return {}
        query = select(alerts.c.story_id, alerts.c.subscription_id, func.max(alerts.c.revision))
        query = query.where(alerts.c.story_id.in_(story_ids)).group_by(alerts.c.story_id, alerts.c.subscription_id)
        return {(row[0], row[1]): row[2] for row in await transaction.execute(query)}

    async def add(self, transaction: Transaction, new: Sequence[Alert]) -> Sequence[Alert]:
        """Those of ``new`` that are: the others' subscription, story and revision are there already."""
        if not new:
            return []
        number = await bump(transaction, "alerts", len(new)) - len(new)
        rows = [
            {
                "subscription_id": alert.subscription.id,
                "subscription": alert.subscription.name,
                "story_id": alert.story.id,
                "revision": alert.revision,
                "id": alert.id,
                "number": number + place,
                "article_id": alert.article_id,
                "raised_at": alert.raised_at,
                "document": alert,
            }
            for place, alert in enumerate(new, 1)
        ]
        statement = insert(transaction, alerts).on_conflict_do_nothing().returning(alerts.c.id)
        added = set((await transaction.execute(statement, rows)).scalars())
        return [alert for alert in new if alert.id in added]

    async def get(self, alert_id: str) -> Alert:
        """Raises NotFound."""
        async with self._database.read() as connection:
            row = (await connection.execute(_alerts().where(alerts.c.id == alert_id))).first()
            if row is None:
                raise NotFound(f'no alert "{alert_id}"; see wirewatch alerts list')
            return (await self.with_reports(connection, [_document(row)]))[0]

    async def list(
        self,
        limit: int = LIMIT,
        cursor: str | None = None,
        *,
        subscription: str | None = None,
        story_id: str | None = None,
        since: datetime | None = None,
    ) -> Page[Alert]:
        """Newest first. ``subscription`` is an id or a name; of a removed one the alerts are still found."""
        query = _alerts()
        if subscription is not None:
            query = query.where(or_(alerts.c.subscription_id == subscription, alerts.c.subscription == subscription))
        if story_id is not None:
            query = query.where(alerts.c.story_id == story_id)
        if since is not None:
            query = query.where(alerts.c.raised_at >= since)
        async with self._database.read() as connection:
            found = await page(connection, query, (alerts.c.number,), _document, limit=limit, cursor=cursor)
            return Page(tuple(await self.with_reports(connection, found.items)), found.next)

    async def after(self, number: int, limit: int = LIMIT) -> Sequence[tuple[int, Alert]]:
        """Alerts committed after the one with this number, oldest first: a stream that resumes where it was."""
        query = _alerts().where(alerts.c.number > number).order_by(alerts.c.number).limit(limit)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return await asyncio.to_thread(lambda: [(row.number, _document(row)) for row in rows])

    async def number_of(self, alert_id: str) -> int | None:
        """Place in the stream; None for an alert that is not there."""
        async with self._database.read() as connection:
            found: int | None = (
                await connection.execute(select(alerts.c.number).where(alerts.c.id == alert_id))
            ).scalar()
        return found

    async def with_reports(
        self, connection: AsyncConnection, found: Collection[Alert], before: Mapping[str, int] | None = None
    ) -> Sequence[Alert]:
        """Copies of each alert's story. The alert's own article is not one, nor is another edition of it. ``before``:
        alert → number of the article before which they must have come."""
        if not found:
            return []
        query = select(
            articles.c.id,
            articles.c.number,
            articles.c.story_id,
            articles.c.source_name,
            articles.c.url,
            articles.c.title,
            articles.c.first_seen_at,
        )
        mine = articles.c.story_id.in_({alert.story.id for alert in found}) & (articles.c.part == "copy")
        rows = (await connection.execute(query.where(mine).order_by(articles.c.number))).all()
        reports: dict[str, list[Row[*tuple[Any, ...]]]] = {}
        for row in rows:
            reports.setdefault(row.story_id, []).append(row)
        return [
            alert.model_copy(
                update={
                    "also_reported_by": tuple(
                        AlsoReported(source=row.source_name, url=row.url, title=row.title, at=row.first_seen_at)
                        for row in reports.get(alert.story.id, ())
                        if row.id != alert.article_id and (before is None or row.number < before[alert.id])
                    )[:MAX_REPORTS]
                }
            )
            for alert in found
        ]


def _alerts() -> Select[Any]:
    """As text, to be parsed where it does not hold up the event loop."""
    return select(alerts.c.number, type_coerce(alerts.c.document, Text).label("document"))


def _document(row: Row[Any]) -> Alert:
    return Alert.model_validate_json(row.document)
