"""``wirewatch quality``: predictions for scorers, and our own scores where a corpus is at hand."""

from operator import itemgetter
from pathlib import Path
from typing import Annotated

import typer

from service.cli.listing import AsJson, say, show
from service.errors import ConfigError, NotFound

app = typer.Typer(name="quality", help="Scores of reading, and predictions for other scorers.")


@app.callback(invoke_without_command=True)
def scores(
    context: typer.Context,
    folder: Annotated[Path, typer.Option(metavar="DIR", help="Folder with corpora.")] = Path("data"),
    json_lines: AsJson = False,
) -> None:
    """Score reading on every corpus in a folder: quotes-de/dev.jsonl.gz, attributions-en/dev.jsonl.gz."""
    if context.invoked_subcommand is not None:
        return
    from consumers.extracting.scores import scores_in

    rows = list(scores_in(folder))
    if not rows:
        raise NotFound(f"{folder}: no corpus in it; expected quotes-de/dev.jsonl.gz or attributions-en/dev.jsonl.gz")
    columns = {name.upper(): itemgetter(name) for name in rows[0]}
    show(rows, json_lines, columns, "no corpora")


@app.command("predict")
def predict(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl.gz", help='Lines with "doc" and "text".')],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="One line a statement.")],
    language: Annotated[str, typer.Option(metavar="XX", help="Their language.")],
) -> None:
    """Read documents and write one line for each statement, as the scorers want it."""
    from consumers.extracting.predict import predict_file

    try:
        count = predict_file(source, target, language)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{source}: {error}") from None
    say(f"{target}: {count} statements")
