"""What can be changed over HTTP: sources and subscriptions come and go, a delivery is sent again.

Bodies must be JSON by their content type: a page elsewhere cannot post that without asking first.
"""

from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import HTTPException

from service.api.parts import Parts
from service.api.shapes import NewSource, NewSubscription, SourceView
from service.contracts import Delivery, PollState, Subscription
from service.declared import declared_source, declared_subscription


def only_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "Content-Type: application/json is expected")


def own_origin(request: Request) -> None:
    """A browser says where a request comes from; another site's page has no business here."""
    origin = request.headers.get("origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if elsewhere or request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise HTTPException(403, "not from another site")


def router(parts: Parts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["write"], dependencies=[Depends(own_origin)])
    storage = parts.storage

    @routes.post("/sources", status_code=201, dependencies=[Depends(only_json)])
    async def add_source(new: NewSource) -> SourceView:
        """Watch a feed; one that is watched already is answered as it is."""
        source = declared_source(new.url, new.title, new.language, parts.now())
        if await storage.sources.add(source):
            return SourceView.of(source, PollState())
        return SourceView.of(*await storage.sources.get(source.url))

    @routes.delete("/sources/{source}", status_code=204)
    async def remove_source(source: str) -> None:
        await storage.sources.remove(source)

    @routes.post("/subscriptions", status_code=201, dependencies=[Depends(only_json)])
    async def add_subscription(new: NewSubscription) -> Subscription:
        subscription = declared_subscription(
            new.name,
            new.rule,
            lambda actor: parts.catalogue.resolve(actor).id,
            parts.now(),
            console=new.console,
            webhook=new.webhook,
        )
        await storage.subscriptions.add(subscription)
        return subscription

    @routes.delete("/subscriptions/{subscription}", status_code=204)
    async def remove_subscription(subscription: str) -> None:
        await storage.subscriptions.remove(subscription)

    @routes.post("/deliveries/{delivery}/replay")
    async def replay(delivery: str) -> Delivery:
        """Send again, with the same id."""
        await storage.deliveries.replay(delivery, parts.now())
        return await storage.deliveries.get(delivery)

    return routes
