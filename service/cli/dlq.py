"""``wirewatch dlq``: dead letters, messages put aside with their cause."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.invocation import data_folder, invocation, readable
from service.cli.listing import AsJson, show, show_one

if TYPE_CHECKING:
    from service.log import Log
    from service.stage import DeadLetter

app = typer.Typer(name="dlq", help="Dead letters: what could not be read, and why.", no_args_is_help=True)

COLUMNS: dict[str, Callable[[Any], object]] = {
    "ID": lambda letter: letter["id"],
    "AT": lambda letter: letter["at"],
    "STAGE": lambda letter: letter["stage"],
    "TRIES": lambda letter: letter["attempts"],
    "CAUSE": lambda letter: letter["error"],
}


@asynccontextmanager
async def _log(context: typer.Context) -> AsyncIterator["Log"]:
    from service.log import open_log

    settings = invocation(context).settings
    folder = data_folder(settings)
    with readable(folder):
        async with open_log(settings.log.url, folder, read_only=True) as log:
            yield log


def as_row(letter: "DeadLetter") -> dict[str, Any]:
    origin = letter.origin
    return asdict(letter) | {
        "origin": {"topic": origin.topic, "partition": origin.partition, "offset": origin.offset},
        "at": letter.at.isoformat(),
        "first_seen_at": letter.first_seen_at.isoformat(),
        "payload": letter.payload.decode("utf-8", "backslashreplace"),
        "headers": dict(letter.headers),
    }


@app.command("list")
def list_letters(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every dead letter that is kept, newest first."""

    async def work() -> list[dict[str, Any]]:
        from service.stage import read_dead_letters

        async with _log(context) as log:
            return [as_row(letter) async for letter in read_dead_letters(log)]

    rows = asyncio.run(work())
    rows.sort(key=lambda row: str(row["at"]), reverse=True)
    show(rows, json_lines, COLUMNS, "no dead letters")


@app.command("show")
def show_letter(
    context: typer.Context, letter: Annotated[str, typer.Argument(metavar="ID")], json_lines: AsJson = False
) -> None:
    """One dead letter, the message included."""

    async def work() -> dict[str, Any]:
        from service.stage import find_dead_letter

        async with _log(context) as log:
            return as_row(await find_dead_letter(log, letter))

    show_one(asyncio.run(work()), json_lines)
