"""``/api/v1/events``: alerts as they are raised (Server-Sent Events, WHATWG HTML §9.2), resumable by Last-Event-ID."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from service.api.parts import Parts
from service.errors import Invalid

LOOK_EVERY, AT_ONCE = 0.25, 200


def router(parts: Parts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["events"])

    async def start(
        last_event_id: Annotated[str | None, Header()] = None, last: Annotated[str | None, Query()] = None
    ) -> int:
        """Number of the last alert that the client has; without one, only what comes from now on is sent."""
        given = last_event_id or last
        if given is None:
            return await parts.storage.changes.version("alerts")
        if not given.isdecimal() or len(given) > 18:
            raise Invalid(f'Last-Event-ID "{given[:40]}": not one that this stream gave out')
        return int(given)

    @routes.get("/events", response_class=EventSourceResponse)
    async def events(number: Annotated[int, Depends(start)]) -> AsyncIterator[ServerSentEvent]:
        """Each event is ``alert`` with an alert as data; its id resumes the stream after it."""
        while not parts.stopping():
            found = await parts.storage.alerts.after(number, limit=AT_ONCE)
            for number, alert in found:
                yield ServerSentEvent(raw_data=alert.model_dump_json(by_alias=True), event="alert", id=str(number))
            if len(found) < AT_ONCE:
                await asyncio.sleep(LOOK_EVERY)

    return routes
