"""The application: routes put together, guarded, with problems for errors."""

from fastapi import FastAPI

from service.api import events, feeds, health, read, write
from service.api.guard import Guard
from service.api.parts import Parts, Probed
from service.api.problems import install
from service.web import pages


def create_application(parts: Parts) -> FastAPI:
    """An ASGI application over ``parts``; it owns nothing and closes nothing."""
    app = _guarded(parts, "/api/v1/openapi.json")
    for room in (health, read, write, events, feeds):
        app.include_router(room.router(parts))
    pages.mount(app, parts)
    return app


def create_probes(parts: Probed) -> FastAPI:
    """Health and metrics alone, for a process without the page and the API."""
    app = _guarded(parts, None)
    app.include_router(health.router(parts))
    return app


def _guarded(parts: Probed, openapi_url: str | None) -> FastAPI:
    app = FastAPI(
        title="wirewatch",
        version="1",
        summary="Who is mentioned and who says what on the news wires.",
        openapi_url=openapi_url,
        docs_url=None,
        redoc_url=None,
    )
    install(app)
    app.add_middleware(Guard, parts=parts)
    return app
