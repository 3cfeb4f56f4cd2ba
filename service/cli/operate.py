"""``wirewatch graph``, ``health``, ``db``: for whoever runs it."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

import httpx
import typer

from service.cli.invocation import invocation
from service.cli.listing import AsJson, say, show_one
from service.errors import NotFound
from service.topology import STAGES, drawing

HEALTH_SECONDS = 5.0


def register(app: typer.Typer) -> None:
    app.command("graph")(graph)
    app.command("health")(health)
    database = typer.Typer(name="db", help="The database's schema.", no_args_is_help=True)
    database.command("upgrade")(upgrade)
    database.command("status")(status)
    app.add_typer(database)


def graph(json_lines: AsJson = False) -> None:
    """The map: which stage reads what and writes what."""
    if json_lines:
        for stage in STAGES:
            show_one(asdict(stage), True)
    else:
        print(drawing())


def health(
    context: typer.Context,
    url: Annotated[str | None, typer.Option(help="Address of the service, instead of the configured one.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Ask a running service whether it is ready. Exit 1 when it is not, or is not there."""
    address = url or f"http://{invocation(context).settings.listen}"
    try:
        answer = httpx.get(f"{address.rstrip('/')}/readyz", timeout=HEALTH_SECONDS, trust_env=False)
        body: dict[str, Any] = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotFound(f"{address}: no answer ({error}); is `wirewatch run` running there?") from None
    if json_lines:
        show_one(body, True)
    else:
        print("ready" if body.get("ready") else "not ready")
        for reason in body.get("reasons", ()):
            print(f"  {reason}")
    if not body.get("ready"):
        raise typer.Exit(1)


def upgrade(context: typer.Context) -> None:
    """Bring the database's schema up to this version."""
    from service.storage import upgrade as upgrade_schema

    settings = invocation(context).settings
    found = asyncio.run(upgrade_schema(settings.storage.url, settings.data))
    say(f"database: schema {found.current}")


def status(context: typer.Context, json_lines: AsJson = False) -> None:
    """Which schema the database has, and which this version wants. Exit 1 when they differ."""
    from service.storage import status as schema_status

    settings = invocation(context).settings
    found = asyncio.run(schema_status(settings.storage.url, settings.data))
    show_one(asdict(found) | {"up_to_date": found.up_to_date}, json_lines)
    if not found.up_to_date:
        raise typer.Exit(1)
