"""``wirewatch actors``: find, show, expand."""

from typing import Annotated

import typer

from service.actors import Actor, load_catalogue
from service.cli.listing import AsJson, show, show_one
from service.errors import NotFound

app = typer.Typer(name="actors", help="The catalogue: who can be tracked, and by which names.", no_args_is_help=True)


def as_row(actor: Actor) -> dict[str, object]:
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


@app.command("find")
def find(
    name: str,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 10,
    json_lines: AsJson = False,
) -> None:
    """Actors by name, in any language; near misses too."""
    found = [as_row(actor) for actor in load_catalogue().find(name, limit)]
    columns = {
        "ID": lambda row: row["id"],
        "KIND": lambda row: row["type"] or row["kind"],
        "NAME": lambda row: row["name"],
        "ALSO": lambda row: ", ".join(dict.fromkeys(names[0] for names in row["names"].values() if names)),
    }
    if not found:
        raise NotFound(f'no actor called "{name}"')
    show(found, json_lines, columns, "")


@app.command("show")
def show_actor(actor: str, json_lines: AsJson = False) -> None:
    """One actor, by id or unambiguous name."""
    show_one(as_row(load_catalogue().resolve(actor)), json_lines)


@app.command("expand")
def expand(actor: str, json_lines: AsJson = False) -> None:
    """Every form an actor is looked for by, and why."""
    catalogue = load_catalogue()
    forms = catalogue.expand(catalogue.resolve(actor))
    rows = [
        {
            "form": form.text,
            "language": form.language,
            "how": form.how,
            "why": form.why,
            "rule": form.rule,
            "strength": form.strength,
        }
        for form in forms
    ]
    columns = {name.upper(): (lambda row, name=name: row[name]) for name in ("form", "language", "how", "why", "rule")}
    show(rows, json_lines, columns, "no forms")
