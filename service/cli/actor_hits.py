"""``wirewatch actors test``: the names that stand in a text, whom each is taken for, and why or why not."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from service.cli.invocation import read_bytes
from service.cli.listing import AsJson, Screen, as_json, say
from service.cli.sheet import safe
from service.errors import Invalid

if TYPE_CHECKING:
    from consumers.extracting.names.trace import Trace
    from consumers.extracting.prose import Prose
    from service.actors import Catalogue
    from service.contracts import Article

EXAMPLE = "Examples: wirewatch actors test article.txt · wirewatch extract --json URL | wirewatch actors test -"
STYLES = {True: "bold green", False: "yellow"}


def register(app: typer.Typer) -> None:
    app.command("test", epilog=EXAMPLE)(hits)


def hits(
    place: Annotated[
        str, typer.Argument(metavar="FILE|-", help='A text, an article or extractions as JSON; "-" is standard input.')
    ],
    actor: Annotated[str | None, typer.Option(metavar="ID|NAME", help="Of this actor only.")] = None,
    language: Annotated[str | None, typer.Option(metavar="XX", help="Its language, if you know it.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Every name found in a text: where, in which form, whose it is and why, or why it was refused.

    Exit 1 when the text cannot be read; a text without names is no fault.
    """
    from consumers.extracting.pipeline import Reader
    from service.actors import load_catalogue

    catalogue = load_catalogue()
    wanted = None if actor is None else catalogue.resolve(actor).id
    reader = Reader(catalogue)
    taken = refused = 0
    for article in articles(read_bytes(place), place, language):
        prose, traces = reader.trace(article)
        rows = [as_row(prose, one, catalogue) for one in traces if wanted is None or one.actor == wanted]
        taken += sum(row["taken"] for row in rows)
        refused += sum(not row["taken"] for row in rows)
        for row in rows:
            if json_lines:
                print(as_json(row), flush=True)
        if not json_lines:
            draw(rows)
    say(f"{place}: {taken} names taken, {refused} refused")


def articles(data: bytes, place: str, language: str | None) -> "Iterator[Article]":
    """What was given: plain text, or JSON with a text (an article, an extraction), one object or one a line.

    Raises Invalid.
    """
    from consumers.fetching import article_from_text
    from service.cli.extract import decoded, forced, primary

    text = decoded(data, place)
    code = None if language is None else primary(language)
    now = datetime.now(UTC)
    if not text.lstrip().startswith(("{", "[")) or (not place.endswith((".json", ".jsonl")) and not _is_json(text)):
        yield forced(article_from_text(text, now, code), code)
        return
    for number, found in enumerate(_objects(text, place), 1):
        yield forced(_article(found, f"{place}, object {number}", now, code), code)


def _is_json(text: str) -> bool:
    """Whether the text means to be JSON: a brace and a quoted field."""
    return text.lstrip()[1:].lstrip().startswith('"')


def _objects(text: str, place: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, whole or one a line."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            found, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise Invalid(f"{place}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
        if not isinstance(found, dict):
            raise Invalid(f'{place}: an object with a "text" is expected, got {type(found).__name__}')
        yield found


def _article(found: dict[str, Any], where: str, now: datetime, language: str | None) -> "Article":
    from pydantic import ValidationError

    from consumers.fetching import article_from_text
    from service.contracts import Article

    inner = found.get("article", found)
    inner = inner if isinstance(inner, dict) else {}
    if not isinstance(inner.get("text"), str):
        raise Invalid(f'{where}: needs a "text", or an "article" with one')
    try:
        made = article_from_text(inner["text"], now, language or inner.get("language"))
        known = {key: inner[key] for key in Article.model_fields if key != "text" and inner.get(key) is not None}
        return Article.model_validate({**made.model_dump(by_alias=True), **known})
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise Invalid(f"{where}: {at}: {first['msg']}") from None


def as_row(prose: "Prose", one: "Trace", catalogue: "Catalogue") -> dict[str, Any]:
    """A name as JSON has it."""
    sentence = prose.sentence_at(one.start)
    start, end = (sentence.start, sentence.end) if sentence else _line(prose.text, one.start, one.end)
    return {
        "start": one.start,
        "end": one.end,
        "exact": prose.text[one.start : one.end],
        "taken": one.taken,
        "actor": one.actor,
        "name": catalogue.get(one.actor).label() if one.actor else None,
        "how": one.how,
        "confidence": one.confidence,
        "form": {"text": one.form, "language": one.language, "rule": one.rule, "strength": one.strength},
        "reason": one.reason.model_dump(mode="json"),
        "sentence": {
            "number": sentence.index + 1 if sentence else None,
            "start": start,
            "end": max(end, one.end),
            "text": prose.text[start : max(end, one.end)],
        },
    }


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def draw(rows: list[dict[str, Any]]) -> None:
    """For people: the names one below another, each with its reason and its sentence."""
    screen = Screen()
    for row in sorted(rows, key=itemgetter("start")):
        who = f"{row['actor']} {row['name']}" if row["actor"] else "nobody"
        line = Text(f"{row['start']:>6}–{row['end']:<6} ")
        line.append(safe(row["exact"]), STYLES[row["taken"]])
        line.append(f" = {who} ({row['how']}, {row['confidence']:g})" if row["taken"] else f" ≠ {who}")
        screen.print(line)
        form = row["form"]
        matched = f"form “{safe(form['text'])}” ({form['language']}, {form['rule']})"
        screen.print(Text(f"{'':14}{safe(row['reason']['words'])}; {matched}"))
        screen.print(_in_sentence(row))


def _in_sentence(row: dict[str, Any]) -> Text:
    sentence = row["sentence"]
    begin, end = row["start"] - sentence["start"], row["end"] - sentence["start"]
    pieces = (sentence["text"][:begin], sentence["text"][begin:end], sentence["text"][end:])
    before, exact, after = (safe(" ".join(piece.split("\n"))) for piece in pieces)
    line = Text(f"{'':14}{before}", "dim")
    line.append(exact, f"not dim {STYLES[row['taken']]}")
    return line.append(after)
