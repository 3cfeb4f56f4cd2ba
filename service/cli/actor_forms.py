"""``wirewatch actors expand``: every form an actor is looked for by, why there is one, and when it counts."""

from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.listing import AsJson, show
from service.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from service.actors import Actor, Catalogue

EXAMPLE = "Examples: wirewatch actors expand Kasachstan --language ru · wirewatch actors expand SCO --json"
COLUMNS = ("form", "language", "how", "why", "rule", "counts")


def register(app: typer.Typer) -> None:
    app.command("expand", epilog=EXAMPLE)(expand)


def expand(
    actor: Annotated[str, typer.Argument(metavar="ID|NAME")],
    language: Annotated[str | None, typer.Option(metavar="XX", help="Forms of this language only.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Every form an actor is looked for by, why there is one, and when it counts."""
    from service.actors import load_catalogue
    from service.declared import declared_language

    code = None if language is None else declared_language(language).partition("-")[0]
    catalogue = load_catalogue()
    try:
        resolved = catalogue.resolve(actor)
    except ConfigError as error:
        # What was asked about is not there, or is several: that is no wrong usage.
        raise NotFound(str(error)) from None
    rows = [row for row in as_rows(catalogue, resolved) if code in (None, row["language"])]
    columns = {name.upper(): itemgetter(name) for name in COLUMNS}
    show(rows, json_lines, columns, "no forms")


def as_rows(catalogue: "Catalogue", actor: "Actor") -> list[dict[str, Any]]:
    """Forms as JSON has them; ``counts``: what a text has to show first, None where the form alone is enough."""
    from consumers.extracting.names.caveats import VARIES, Caveats

    caveats = Caveats(catalogue)
    return [
        {
            "form": form.text,
            "language": form.language,
            "how": form.how,
            "why": form.why,
            "rule": form.rule,
            "strength": form.strength,
            "varies": VARIES[form.fold],
            "counts": caveats.of(actor, form),
        }
        for form in catalogue.expand(actor)
    ]
