"""``wirewatch actors``: find, show, new."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.alerts import moment
from service.cli.invocation import invocation
from service.cli.listing import AsJson, say, show, show_one
from service.cli.reference import every
from service.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from service.actors import Actor, Catalogue
    from service.actors.unlisted import Unlisted

Named = Annotated[str, typer.Argument(metavar="ID|NAME")]


class Kinds(StrEnum):
    """Kinds of names that are recognised."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


app = typer.Typer(name="actors", help="The catalogue: who can be tracked, and by which names.", no_args_is_help=True)


EXAMPLE = "Example: wirewatch actors find Kasachstan"
SHOWN = ("en", "de", "ru", "fr", "vi", "kk", "uk", "zh", "ar", "es")


def _catalogue() -> "Catalogue":
    from service.actors import load_catalogue

    return load_catalogue()


def _resolved(catalogue: "Catalogue", reference: str) -> "Actor":
    """What was asked about is not there, or is several: that is no wrong usage."""
    try:
        return catalogue.resolve(reference)
    except ConfigError as error:
        raise NotFound(str(error)) from None


def as_row(actor: "Actor") -> dict[str, Any]:
    return {
        "id": actor.id,
        "kind": actor.kind,
        "type": actor.type,
        "name": actor.label(),
        "names": {language: list(names) for language, names in actor.names.items()},
        "short": {language: list(names) for language, names in actor.short.items()},
        "members": list(actor.members),
        "offices": [
            {
                "role": office.role,
                "of": office.of,
                "from": office.since.isoformat(),
                "to": office.until.isoformat() if office.until else None,
            }
            for office in actor.offices
        ],
    }


@app.command("find", epilog=EXAMPLE)
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="In any language.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 10,
    json_lines: AsJson = False,
) -> None:
    """Actors by name, in any language; near misses too."""
    found = [as_row(actor) for actor in _catalogue().find(name, limit)]
    columns = {
        "ID": lambda row: row["id"],
        "KIND": lambda row: row["type"] or row["kind"],
        "NAME": lambda row: row["name"],
        "ALSO": lambda row: ", ".join(
            dict.fromkeys(row["names"][language][0] for language in SHOWN[1:] if row["names"].get(language))
        ),
    }
    if not found:
        raise NotFound(f'no actor called "{name}"')
    show(found, json_lines, columns, "")


@app.command("show")
def show_actor(actor: Named, json_lines: AsJson = False) -> None:
    """One actor, by id or unambiguous name."""
    row = as_row(_resolved(_catalogue(), actor))
    if json_lines:
        show_one(row, True)
        return
    names: dict[str, list[str]] = {language: row["names"][language] for language in SHOWN if language in row["names"]}
    more = len(row["names"]) - len(names)
    show_one(row | {"names": {language: ", ".join(known) for language, known in names.items()}}, False)
    if more > 0:
        say(f"names in {more} more languages: --json has them all, `wirewatch actors expand {actor}` every form")


@app.command("new", epilog="Example: wirewatch actors new --since 7d --kind organisation")
def new(
    context: typer.Context,
    since: Annotated[str, typer.Option(metavar="T", help="Read since a time, or since how long.")] = "7d",
    kind: Annotated[Kinds | None, typer.Option(help="Of this kind only.")] = None,
    language: Annotated[str | None, typer.Option(metavar="XX", help="In texts in this language only.")] = None,
    least: Annotated[int, typer.Option(min=1, metavar="N", help="In so many stories at least.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    json_lines: AsJson = False,
) -> None:
    """Names outside the catalogue that were read lately, those that grew most since the time before first."""
    now = datetime.now(UTC)
    start = moment(since, now)

    async def work() -> "list[Unlisted]":
        from service.actors.unlisted import Tally

        tally = Tally(start)
        async with invocation(context).storage() as storage:
            pages = partial(storage.articles.list, language=language and language.lower(), since=start - (now - start))
            async for article in every(pages):
                tally.add(article.extraction, article.story_id)
        return [row for row in tally.rows(least) if kind is None or row.kind == kind.value]

    columns: dict[str, Callable[[Unlisted], object]] = {
        "NAME": lambda row: row.name,
        "KIND": lambda row: row.kind,
        "LANGUAGES": lambda row: " ".join(row.languages),
        "STORIES": lambda row: row.stories,
        "BEFORE": lambda row: row.before,
        "FIRST": lambda row: row.first_seen_at,
        "THERE": lambda row: row.around,
    }
    found = asyncio.run(work())[:limit]
    show(found, json_lines, columns, f"no name outside the catalogue in {least} stories or more since {since}")
