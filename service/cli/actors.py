"""``wirewatch actors``: find, show."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.listing import AsJson, say, show, show_one
from service.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from service.actors import Actor, Catalogue

Named = Annotated[str, typer.Argument(metavar="ID|NAME")]
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
