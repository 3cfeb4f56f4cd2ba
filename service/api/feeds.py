"""``/feeds/{subscription}.atom``: a subscription's alerts for feed readers."""

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.api.parts import Parts
from service.web.atom import atom

ENTRIES = 50


def router(parts: Parts) -> APIRouter:
    routes = APIRouter(tags=["feeds"])

    @routes.get("/feeds/{subscription}.atom", response_class=Response)
    async def feed(subscription: str, request: Request) -> Response:
        """Atom (RFC 4287), newest first, by the subscription's name or id."""
        found = await parts.storage.subscriptions.get(subscription)
        page = await parts.storage.alerts.list(subscription=found.id, limit=ENTRIES)
        body = atom(found, page.items, str(request.base_url).rstrip("/"))
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"etag": etag})
        return Response(body, media_type="application/atom+xml; charset=utf-8", headers={"etag": etag})

    return routes
