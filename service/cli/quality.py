"""``wirewatch quality``: predictions for scorers, and our own scores where a corpus is at hand."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from service.cli.listing import AsJson, as_json, say, show
from service.errors import ConfigError, NotFound

app = typer.Typer(name="quality", help="Scores of reading, and predictions for other scorers.")


@app.callback(invoke_without_command=True)
def scores(
    context: typer.Context,
    folder: Annotated[Path, typer.Option(metavar="DIR", help="Folder with corpora.")] = Path("data"),
    golden: Annotated[Path, typer.Option(metavar="DIR", help="Folder with marked texts of our own.")] = Path(
        "tests/golden"
    ),
    json_lines: AsJson = False,
) -> None:
    """Score reading on every corpus and every marked text that is there, as docs/quality.md has it.

    Corpora: quotes-XX, attributions-XX, statements-own, statements-XX-own, ner. Marked texts: texts, articles.
    """
    if context.invoked_subcommand is not None:
        return
    from service.cli.scores import corpora_rows, golden_rows, show_tables

    rows: list[dict[str, Any]] = []
    for place, found in ((folder, corpora_rows(folder)), (golden, golden_rows(golden))):
        with _documents(place):
            for row in found:
                rows.append(row)
                if json_lines:
                    print(as_json(row), flush=True)
    if not rows:
        raise NotFound(
            f"{folder}: no corpus in it, and no marked texts in {golden}; expected quotes-de/dev.jsonl.gz, "
            "attributions-en/dev.jsonl.gz, statements-own/XX.jsonl or ner/XX-NAME-dev.jsonl.gz"
        )
    if not json_lines:
        show_tables(rows)


@app.command("gold")
def gold(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with XX/read and XX/judge.")] = Path(
        "tests/golden/texts"
    ),
    json_lines: AsJson = False,
) -> None:
    """Score reading on marked texts of our own, a row a language and half: names, statements, who says them."""
    from consumers.extracting.pipeline import Reader
    from consumers.fetching import article_from_text
    from consumers.marked.gold import rows
    from service.actors import load_catalogue

    reader = Reader(load_catalogue())
    try:
        found = list(rows(folder, article_from_text, reader.extract))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{folder}: {error}") from None
    if not found:
        raise NotFound(f"{folder}: no marked texts in it; expected XX/read/NAME.txt with NAME.marks")
    columns = {name.replace("_", " ").upper(): itemgetter(name) for name in found[0]}
    show(found, json_lines, columns, "no texts")


@app.command("predict")
def predict(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl.gz", help='Lines with "doc" and "text".')],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="One line a statement.")],
    language: Annotated[str, typer.Option(metavar="XX", help="Their language.")],
) -> None:
    """Read documents and write one line for each statement, as the scorers want it."""
    from consumers.extracting.predict import predict_file
    from service.declared import declared_language

    code = declared_language(language).partition("-")[0]
    with _documents(source):
        count = predict_file(source, target, code)
    say(f"{target}: {count} statements")


@app.command("names")
def names(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl.gz", help="Lines of [tokens, BIO tags].")],
    language: Annotated[str, typer.Option(metavar="XX", help="Their language.")],
    json_lines: AsJson = False,
) -> None:
    """Score names on marked sentences: people, places and organisations, exact, each class and all."""
    from consumers.extracting.names_scored import score_file
    from service.actors import load_catalogue
    from service.declared import declared_language

    code = declared_language(language).partition("-")[0]
    with _documents(source):
        rows = score_file(source, code, load_catalogue(), datetime.now(UTC).date())
    show(rows, json_lines, {name.upper(): itemgetter(name) for name in rows[0]}, "no sentences")


@contextmanager
def _documents(place: Path) -> Iterator[None]:
    """A corpus that cannot be read, or a result that cannot be written, in one line."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{error.filename or place}: {error.strerror or error}") from None
    except KeyError as error:
        raise ConfigError(f"{place}: a document without {error}") from None
    except (ValueError, TypeError, AttributeError, EOFError, zlib.error) as error:
        named = str(error).startswith(str(place))
        raise ConfigError(str(error) if named else f"{place}: not JSON lines in gzip: {error}") from None
