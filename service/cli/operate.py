"""``wirewatch graph``, ``db``: for whoever runs it."""

import asyncio
from dataclasses import asdict

import typer

from service.cli.invocation import data_folder, invocation, readable
from service.cli.listing import AsJson, say, show_one
from service.topology import STAGES, drawing


def register(app: typer.Typer) -> None:
    app.command("graph")(graph)
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


def upgrade(context: typer.Context) -> None:
    """Bring the database's schema up to this version."""
    from service.storage import upgrade as upgrade_schema

    settings = invocation(context).settings
    folder = data_folder(settings)
    with readable(folder):
        found = asyncio.run(upgrade_schema(settings.storage, folder))
    say(f"database: schema {found.current}")


def status(context: typer.Context, json_lines: AsJson = False) -> None:
    """Which schema the database has, and which is wanted. Exit 1 when they differ."""
    from service.storage import status as schema_status

    settings = invocation(context).settings
    with readable(settings.data):
        found = asyncio.run(schema_status(settings.storage, settings.data))
    show_one(asdict(found) | {"up_to_date": found.up_to_date}, json_lines)
    if not found.up_to_date:
        say("`wirewatch db upgrade` brings it up to date")
        raise typer.Exit(1)
