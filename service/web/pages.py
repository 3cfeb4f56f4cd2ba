"""The pages' addresses: ``/``, ``/alerts/{id}``, ``/sources``, ``/subscriptions``, ``/static``."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import yaml
from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader
from starlette.staticfiles import StaticFiles

from service.contracts import Rule
from service.errors import Invalid, NotFound
from service.http import without_credentials
from service.web.marking import paragraphs
from service.web.proof import alert_marks

if TYPE_CHECKING:
    from service.api.parts import Parts

FOLDER = Path(__file__).parent
PAGE = 20


def mount(app: FastAPI, parts: "Parts") -> None:
    """Add the pages to the application."""
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    app.include_router(_router(parts, _templates(parts)))


def _templates(parts: "Parts") -> Environment:
    templates = Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)
    templates.filters["moment"] = _moment
    templates.filters["actor"] = lambda actor: _label(parts, actor)
    templates.filters["urlencode"] = lambda value: (
        urlencode(value) if isinstance(value, dict) else urlencode({"": value})[1:]
    )
    templates.filters["public"] = without_credentials
    templates.filters["rule"] = lambda rule: _written(parts, rule)
    return templates


def _moment(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "–"


def _label(parts: "Parts", actor: str) -> str:
    try:
        return parts.catalogue.get(actor).label()
    except NotFound:
        return actor


def _written(parts: "Parts", rule: Rule) -> str:
    """A rule as YAML, with the names of its actors beside their ids."""
    lines = yaml.safe_dump(rule.model_dump(mode="json", exclude_none=True), allow_unicode=True, sort_keys=False)
    made = []
    for line in lines.splitlines():
        words = line.split()
        known = _label(parts, words[-1]) if words and words[-1][:1] == "Q" and words[-1][1:].isdecimal() else None
        made.append(f"{line}  # {known}" if known else line)
    return "\n".join(made)


def _router(parts: "Parts", templates: Environment) -> APIRouter:
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    storage = parts.storage

    def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(health=parts.health(), **values), status)

    @routes.get("/")
    async def alerts(
        request: Request, subscription: str = "", cursor: str | None = Query(default=None, max_length=1000)
    ) -> HTMLResponse:
        subscriptions = (await storage.subscriptions.list(limit=1000)).items
        chosen = next((one for one in subscriptions if one.name == subscription), None)
        if subscription and chosen is None:
            return page("missing.html", 404, what=f"There is no subscription “{subscription}”.")
        try:
            found = await storage.alerts.list(
                subscription=chosen.id if chosen else None, limit=PAGE, cursor=cursor or None
            )
        except Invalid as error:
            return page("missing.html", 404, what=str(error))
        counts = {} if found.items else await _counts(parts)
        return page(
            "alerts.html",
            here="alerts",
            alerts=found.items,
            next=found.next,
            subscriptions=subscriptions,
            chosen=chosen.name if chosen else None,
            counts=counts,
            self_url=f"/?{urlencode({'subscription': subscription})}" if subscription else "/",
        )

    @routes.get("/alerts/{alert}")
    async def alert(alert: str) -> HTMLResponse:
        try:
            shown = await storage.alerts.get(alert)
        except NotFound:
            return page("missing.html", 404, what=f"There is no alert {alert[:64]}.")
        try:
            extraction = (await storage.articles.get(shown.article_id)).extraction
        except NotFound:
            return page("alert.html", here="alerts", alert=shown, paragraphs=[], author=None)
        # A text of a million characters takes its time.
        lines = await asyncio.to_thread(paragraphs, extraction.article.text, alert_marks(shown, extraction))
        return page("alert.html", here="alerts", alert=shown, paragraphs=lines, author=extraction.article.author)

    @routes.get("/sources")
    async def sources(cursor: str | None = Query(default=None, max_length=1000)) -> HTMLResponse:
        try:
            found = await storage.sources.list(limit=200, cursor=cursor)
        except Invalid as error:
            return page("missing.html", 404, what=str(error))
        return page("sources.html", here="sources", sources=found.items, next=found.next)

    @routes.get("/subscriptions")
    async def subscriptions_page() -> HTMLResponse:
        found = await storage.subscriptions.list(limit=1000)
        return page(
            "subscriptions.html", here="subscriptions", subscriptions=await storage.endpoints.views(found.items)
        )

    return routes


async def _counts(parts: "Parts") -> dict[str, int]:
    states = await parts.storage.sources.count_by_state()
    return {"sources": sum(states.values()), "articles": await parts.storage.changes.version("articles")}
