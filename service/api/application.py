"""The application: routes put together, guarded, with problems for errors."""

from fastapi import FastAPI

from service.api import events, feeds, health, read, write
from service.api.guard import Guard
from service.api.parts import Parts
from service.api.problems import install
from service.web import pages


def create_application(parts: Parts) -> FastAPI:
    """An ASGI application over ``parts``; it owns nothing and closes nothing."""
    app = FastAPI(
        title="wirewatch",
        version="1",
        summary="Who is mentioned and who says what on the news wires.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    install(app)
    app.add_middleware(Guard, parts=parts)
    for room in (health, read, write, events, feeds):
        app.include_router(room.router(parts))
    pages.mount(app, parts)
    return app
