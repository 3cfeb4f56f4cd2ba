"""What can be asked for: alerts, articles, sources, subscriptions, actors, stories, deliveries, statements."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from service.actors import Actor
from service.api.parts import Parts
from service.api.shapes import ActorView, ArticleView, Page, SourceView
from service.contracts import Alert, Delivery, Extraction, SubscriptionView
from service.storage.articles import StoredStatement
from service.storage.stories import StorySummary

Limit = Annotated[int, Query(ge=1, le=1000, description="Items in a page.")]
Cursor = Annotated[str | None, Query(description="`next` of the page before.", max_length=1000)]


def router(parts: Parts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["read"])
    storage = parts.storage

    @routes.get("/alerts")
    async def alerts(
        limit: Limit = 50,
        cursor: Cursor = None,
        subscription: str | None = None,
        since: AwareDatetime | None = None,
    ) -> Page[Alert]:
        """Newest first; of one subscription (name or id), raised since a time."""
        page = await storage.alerts.list(subscription=subscription, since=since, limit=limit, cursor=cursor)
        return Page(items=list(page.items), next=page.next)

    @routes.get("/alerts/{alert}")
    async def alert(alert: str) -> Alert:
        return await storage.alerts.get(alert)

    @routes.get("/articles")
    async def articles(limit: Limit = 50, cursor: Cursor = None) -> Page[ArticleView]:
        """Newest first."""
        page = await storage.articles.list(limit=limit, cursor=cursor)
        return Page(items=[ArticleView.of(stored) for stored in page.items], next=page.next)

    @routes.get("/articles/{article}")
    async def article(article: str) -> Extraction:
        """The article with its mentions and statements."""
        return (await storage.articles.get(article)).extraction

    @routes.get("/stories")
    async def stories(limit: Limit = 50, cursor: Cursor = None) -> Page[StorySummary]:
        page = await storage.stories.list(limit=limit, cursor=cursor)
        return Page(items=list(page.items), next=page.next)

    @routes.get("/stories/{story}")
    async def story(story: str) -> StorySummary:
        return await storage.stories.get(story)

    @routes.get("/statements")
    async def statements(limit: Limit = 50, cursor: Cursor = None, speaker: str | None = None) -> Page[StoredStatement]:
        """Newest first; of one speaker (actor id or unambiguous name)."""
        wanted = parts.catalogue.resolve(speaker).id if speaker else None
        page = await storage.statements.list(speaker=wanted, limit=limit, cursor=cursor)
        return Page(items=list(page.items), next=page.next)

    @routes.get("/sources")
    async def sources(limit: Limit = 50, cursor: Cursor = None) -> Page[SourceView]:
        page = await storage.sources.list(limit=limit, cursor=cursor)
        return Page(items=[SourceView.of(source, state) for source, state in page.items], next=page.next)

    @routes.get("/sources/{source}")
    async def source(source: str) -> SourceView:
        return SourceView.of(*await storage.sources.get(source))

    @routes.get("/subscriptions")
    async def subscriptions(limit: Limit = 50, cursor: Cursor = None) -> Page[SubscriptionView]:
        page = await storage.subscriptions.list(limit=limit, cursor=cursor)
        return Page(items=await storage.endpoints.views(page.items), next=page.next)

    @routes.get("/subscriptions/{subscription}")
    async def subscription(subscription: str) -> SubscriptionView:
        """By id or name."""
        (found,) = await storage.endpoints.views([await storage.subscriptions.get(subscription)])
        return found

    @routes.get("/deliveries")
    async def deliveries(limit: Limit = 50, cursor: Cursor = None) -> Page[Delivery]:
        page = await storage.deliveries.list(limit=limit, cursor=cursor)
        return Page(items=list(page.items), next=page.next)

    @routes.get("/deliveries/{delivery}")
    async def delivery(delivery: str) -> Delivery:
        return await storage.deliveries.get(delivery)

    @routes.get("/actors")
    async def actors(
        q: Annotated[str | None, Query(max_length=200, description="A name, in any language.")] = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[ActorView]:
        """By name, best first; without one, the whole catalogue by id."""
        if q:
            return Page(items=[_actor(actor) for actor in parts.catalogue.find(q, limit)], next=None)
        rest = sorted(actor.id for actor in parts.catalogue if cursor is None or actor.id > cursor)
        shown = [_actor(parts.catalogue.get(actor)) for actor in rest[:limit]]
        return Page(items=shown, next=rest[limit - 1] if len(rest) > limit else None)

    @routes.get("/actors/{actor}")
    async def actor(actor: str) -> ActorView:
        return _actor(parts.catalogue.resolve(actor))

    return routes


def _actor(actor: Actor) -> ActorView:
    names = {language: list(names) for language, names in actor.names.items()}
    return ActorView(id=actor.id, kind=actor.kind, type=actor.type, name=actor.label(), names=names)
