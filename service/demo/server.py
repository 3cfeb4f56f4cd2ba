"""Serve the demo wire on loopback: feeds with validators, pages of the entries."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import uvicorn
from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from service.demo.wire_files import DemoFeed, demo_feeds
from service.serving import serving


@dataclass(frozen=True)
class DemoWire:
    """A running demo wire: where it is and what it serves, as (address, title, language)."""

    host: str
    port: int
    feeds: tuple[tuple[str, str, str], ...]


@asynccontextmanager
async def demo_wire(host: str, port: int, started: datetime) -> AsyncIterator[DemoWire]:
    """Serve until the block ends. ``port`` 0 takes a free one; entries were published before ``started`` (aware)."""
    feeds = demo_feeds()
    # Whole days keep the dates, and so the feeds' bytes and validators, the same over restarts of one day.
    midnight = started.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    config = uvicorn.Config(
        _application(feeds, midnight), host=host, port=port, log_level="warning", access_log=False, lifespan="off"
    )
    async with serving(config) as address:
        base = f"http://{address[0]}:{address[1]}"
        yield DemoWire(*address, tuple((f"{base}/{feed.name}.xml", feed.title, feed.language) for feed in feeds))


def _application(feeds: tuple[DemoFeed, ...], midnight: datetime) -> Starlette:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True
    )
    templates.filters["rfc2822"] = format_datetime

    def items(feed: DemoFeed, base: str) -> list[dict[str, object]]:
        return [
            {
                "entry": entry,
                "url": f"{base}/{feed.name}/{entry.slug}",
                "published": midnight - timedelta(minutes=entry.minutes),
                "body": templates.get_template("body.html").render(entry=entry, feed=feed),
            }
            for entry in sorted(feed.entries, key=lambda entry: entry.minutes)
        ]

    def show_feed(feed: DemoFeed, request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        body = templates.get_template(f"{feed.format}.xml").render(feed=feed, base=base, items=items(feed, base))
        etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"etag": etag})
        kind = "application/rss+xml" if feed.format == "rss" else "application/atom+xml"
        return Response(body, media_type=f"{kind}; charset=utf-8", headers={"etag": etag})

    def show_page(feed: DemoFeed, slug: str, request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        for item in items(feed, base):
            if str(item["url"]).endswith(f"/{feed.name}/{slug}"):
                return Response(templates.get_template("page.html").render(feed=feed, **item), media_type="text/html")
        return PlainTextResponse("no such page", status_code=404)

    by_name = {feed.name: feed for feed in feeds}

    async def feed_route(request: Request) -> Response:
        feed = by_name.get(request.path_params["name"])
        return show_feed(feed, request) if feed else PlainTextResponse("no such feed", status_code=404)

    async def page_route(request: Request) -> Response:
        feed = by_name.get(request.path_params["name"])
        if feed is None:
            return PlainTextResponse("no such page", status_code=404)
        return show_page(feed, request.path_params["slug"], request)

    return Starlette(routes=[Route("/{name}.xml", feed_route), Route("/{name}/{slug}", page_route)])
