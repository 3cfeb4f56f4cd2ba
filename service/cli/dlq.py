"""``wirewatch dlq``: dead letters, messages put aside with their cause; seen, and given another chance."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.invocation import data_folder, invocation, readable
from service.cli.listing import AsJson, say, show, show_one
from service.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from service.log import Log
    from service.stage import DeadLetter, Replayed

app = typer.Typer(name="dlq", help="Dead letters: what could not be read, and why.", no_args_is_help=True)
Topic = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Of this topic only.")]

COLUMNS: dict[str, Callable[[Any], object]] = {
    "ID": lambda letter: letter["id"],
    "AT": lambda letter: letter["at"],
    "STAGE": lambda letter: letter["stage"],
    "TRIES": lambda letter: letter["attempts"],
    "REPLAYED": lambda letter: letter["replayed_at"],
    "CAUSE": lambda letter: letter["error"],
}
REPLAYED: dict[str, Callable[[Any], object]] = {
    "ID": lambda row: row["id"],
    "NOW AT": lambda row: row["to"],
    "NOT REPLAYED": lambda row: row["error"],
}


@asynccontextmanager
async def opened(context: typer.Context, *, read_only: bool = True) -> AsyncIterator["Log"]:
    """The log of the settings; to be written it must be a broker's, or nobody's."""
    from service.log import open_configured_log

    settings = invocation(context).settings
    folder = data_folder(settings)
    with readable(folder):
        async with open_configured_log(settings.log, folder, read_only=read_only) as log:
            yield log


def as_row(letter: "DeadLetter", replayed: "Replayed | None" = None) -> dict[str, Any]:
    origin = letter.origin
    return asdict(letter) | {
        "origin": {"topic": origin.topic, "partition": origin.partition, "offset": origin.offset},
        "at": letter.at.isoformat(),
        "first_seen_at": letter.first_seen_at.isoformat(),
        "replayed_at": replayed and replayed.at.isoformat(),
        "replayed_to": replayed and replayed.to,
        "payload": letter.payload.decode("utf-8", "backslashreplace"),
        "headers": dict(letter.headers),
    }


async def kept(context: typer.Context, topic: str | None) -> list[dict[str, Any]]:
    """Every letter with its replay, in the order in which they were put aside."""
    from service.stage import marks, read_dead_letters

    async with opened(context) as log:
        replayed = await marks(log, topic)
        rows = [as_row(letter, replayed.get(letter.id)) async for letter in read_dead_letters(log, topic)]
    return sorted(rows, key=lambda row: str(row["at"]))


@app.command("list")
def list_letters(context: typer.Context, topic: Topic = None, json_lines: AsJson = False) -> None:
    """Every dead letter that is kept, newest first."""
    rows = asyncio.run(kept(context, topic))
    show(reversed(rows), json_lines, COLUMNS, "no dead letters")


@app.command("show")
def show_letter(
    context: typer.Context, letter: Annotated[str, typer.Argument(metavar="ID")], json_lines: AsJson = False
) -> None:
    """One dead letter, the message included."""

    async def work() -> dict[str, Any]:
        from service.stage import find_dead_letter, marks

        async with opened(context) as log:
            found = await find_dead_letter(log, letter)
            return as_row(found, (await marks(log, found.topic)).get(found.id))

    show_one(asyncio.run(work()), json_lines)


@app.command("replay", epilog="Example: wirewatch dlq replay --topic entries")
def replay(
    context: typer.Context,
    letters: Annotated[list[str] | None, typer.Argument(metavar="[ID]…")] = None,
    topic: Topic = None,
    everything: Annotated[bool, typer.Option("--all", help="All that have not been replayed yet.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also those that have been replayed before.")] = False,
    json_lines: AsJson = False,
) -> None:
    """Send messages back to where they came from, after their cause is cured.

    They are read once more by the stage that put them aside. Beside a running service it does so itself, within
    seconds. Exit 1 when one could not be replayed.
    """
    if sum((bool(letters), topic is not None, everything)) != 1:
        raise ConfigError("dlq replay: give ids, --topic TOPIC or --all")
    if invocation(context).settings.log.url == "memory:":
        raise ConfigError('dlq replay: log.url = "memory:" is in the service only, and gone with it')
    wanted = list(dict.fromkeys(letters or ()))
    if not wanted:
        rows = asyncio.run(kept(context, topic))
        wanted = [row["id"] for row in rows if again or row["replayed_at"] is None]
        if topic is not None and not rows:
            raise NotFound(f'no dead letters of topic "{topic}"; wirewatch dlq list shows those there are')
    if not wanted:
        say("nothing to replay")
        return
    from service.cli.replaying import replayed

    answers = replayed(context, wanted, again)
    show(answers, json_lines, REPLAYED, "nothing was replayed")
    if any(answer["error"] is not None for answer in answers):
        raise typer.Exit(1)
