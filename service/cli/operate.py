"""``wirewatch graph``, ``health``, ``db``: for whoever runs it."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

import typer

from service.cli.invocation import data_folder, invocation, readable
from service.cli.listing import AsJson, say, show_one
from service.errors import ConfigError
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
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The service's address, if it is not `listen`.")
    ] = None,
    json_lines: AsJson = False,
) -> None:
    """Ask a running service whether it is ready.

    Exit 1 when it is not, or is not there.
    """
    address = (url if url is not None else f"http://{invocation(context).settings.listen}").rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise ConfigError(f'--url "{address}": not a web address; write http://127.0.0.1:8080')
    body = _asked(address)
    if json_lines:
        show_one(body, True)
    else:
        print("ready" if body["ready"] else "not ready")
        for reason in body["reasons"]:
            print(f"  {reason}")
    if not body["ready"]:
        raise typer.Exit(1)


def _asked(address: str) -> dict[str, Any]:
    """What the service says of itself; where none answers, the same shape with the cause."""
    import httpx

    try:
        body: dict[str, Any] = httpx.get(f"{address}/readyz", timeout=HEALTH_SECONDS, trust_env=False).json()
        return {"ready": bool(body["ready"]), "reasons": list(body["reasons"])} | body
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        cause = str(error) or type(error).__name__
        return {"ready": False, "reasons": [f"{address}: no answer ({cause}); is `wirewatch run` running there?"]}
    except (ValueError, KeyError, TypeError):
        return {"ready": False, "reasons": [f"{address}: what answers there is not wirewatch"]}


def upgrade(context: typer.Context) -> None:
    """Bring the database's schema up to this version."""
    from service.storage import upgrade as upgrade_schema

    settings = invocation(context).settings
    folder = data_folder(settings)
    with readable(folder):
        found = asyncio.run(upgrade_schema(settings.storage.url, folder))
    say(f"database: schema {found.current}")


def status(context: typer.Context, json_lines: AsJson = False) -> None:
    """Which schema the database has, and which is wanted. Exit 1 when they differ."""
    from service.storage import status as schema_status

    settings = invocation(context).settings
    with readable(settings.data):
        found = asyncio.run(schema_status(settings.storage.url, settings.data))
    show_one(asdict(found) | {"up_to_date": found.up_to_date}, json_lines)
    if not found.up_to_date:
        say("`wirewatch db upgrade` brings it up to date")
        raise typer.Exit(1)
