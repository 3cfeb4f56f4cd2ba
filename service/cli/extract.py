"""``wirewatch extract``: read texts and show what is in them."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from service.cli.invocation import Invocation, invocation
from service.cli.listing import AsJson, as_json, say
from service.contracts import Article, Extraction, Statement
from service.errors import Invalid, WirewatchError

if TYPE_CHECKING:
    from consumers.fetching.agencies import Agencies
    from service.http import HttpClient

MAX_FILE = 20_000_000
STYLES = {"quote": "on grey23", "speaker": "bold green", "cue": "magenta", "name": "underline"}


def register(app: typer.Typer) -> None:
    app.command("extract")(extract)


def extract(
    context: typer.Context,
    places: Annotated[list[str], typer.Argument(metavar="FILE|URL|-…", help="Texts or pages.")],
    language: Annotated[str | None, typer.Option(metavar="XX", help="Their language, if you know it.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Language, mentions with actors, statements with speakers. Exit 1 when one of the texts cannot be had."""
    from consumers.extracting.pipeline import Reader
    from service.actors import load_catalogue

    reader = Reader(load_catalogue())
    failed = False
    for place, got in zip(places, asyncio.run(_articles(invocation(context), places, language)), strict=True):
        if isinstance(got, WirewatchError):
            say(f"wirewatch: {place}: {got}")
            failed = True
            continue
        extraction = reader.extract(got)
        if json_lines:
            print(as_json(extraction), flush=True)
        else:
            _picture(place, extraction)
    if failed:
        raise typer.Exit(1)


async def _articles(
    called: Invocation, places: Sequence[str], language: str | None
) -> Sequence[Article | WirewatchError]:
    from consumers.fetching.agencies import shipped_agencies
    from service.http import HttpClient

    settings = called.settings
    agencies = shipped_agencies()
    async with HttpClient(settings.http, spacing=settings.poll.host_spacing) as http:
        return [await _one(http, agencies, place, language) for place in places]


async def _one(http: "HttpClient", agencies: "Agencies", place: str, language: str | None) -> Article | WirewatchError:
    from consumers.fetching import article_from_html, article_from_text, fetch_article, looks_like_html

    now = datetime.now(UTC)
    try:
        if place.startswith(("http://", "https://")):
            return await fetch_article(http, place, now, language, agencies)
        data = await asyncio.to_thread(_bytes, place)
        if looks_like_html(data):
            return article_from_html(data, None, now, language, agencies)
        return article_from_text(data.decode("utf-8-sig"), now, language, agencies)
    except UnicodeDecodeError as error:
        return Invalid(f"not UTF-8 at byte {error.start}")
    except WirewatchError as error:
        return error


def _bytes(place: str) -> bytes:
    try:
        if place == "-":
            data = sys.stdin.buffer.read(MAX_FILE + 1)
        else:
            with Path(place).open("rb") as file:
                data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise Invalid(str(error.strerror)) from None
    if len(data) > MAX_FILE:
        raise Invalid(f"larger than {MAX_FILE} bytes")
    return data


def _picture(place: str, extraction: Extraction) -> None:
    """The text with what was found marked in it, then the findings."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    article = extraction.article
    console.print(f"[bold]{place}[/] · {extraction.language} ({extraction.language_confidence:.2f})", markup=True)
    provenance = article.provenance
    facts = {
        "title": article.title,
        "author": article.author,
        "agencies": ", ".join(f"{one.name} ({one.actor})" if one.actor else one.name for one in provenance.agencies),
        "source": provenance.original_url,
    }
    for name, value in facts.items():
        if value:
            console.print(Text(f"{name}: {value}"))
    console.print()
    console.print(_marked(extraction))
    console.print()
    for statement in extraction.statements:
        console.print(_told(statement))
    named = [mention for mention in extraction.mentions if mention.actor]
    for mention in named:
        evidence = mention.evidence
        line = (
            f"{evidence.start:>6}–{evidence.end:<6} {evidence.exact}  {mention.actor} ({mention.how}, {mention.kind})"
        )
        console.print(Text(line))
    say(f"{place}: {len(named)} mentions of actors, {len(extraction.statements)} statements")


def _marked(extraction: Extraction) -> Text:
    text = Text(extraction.article.text)
    for mention in extraction.mentions:
        text.stylize(STYLES["name"], mention.evidence.start, mention.evidence.end)
    for statement in extraction.statements:
        for quote in statement.quote:
            text.stylize(STYLES["quote"], quote.start, quote.end)
        for cue in statement.cue_parts:
            text.stylize(STYLES["cue"], cue.start, cue.end)
        if statement.speaker:
            text.stylize(STYLES["speaker"], statement.speaker.evidence.start, statement.speaker.evidence.end)
    return text


def _told(statement: Statement) -> Text:
    speaker = statement.speaker
    line = Text(f"{statement.type:<13}")
    line.append(speaker.evidence.exact if speaker else "(nobody named)", STYLES["speaker"])
    if speaker and speaker.actor:
        line.append(f" = {speaker.actor} ({speaker.how})")
    if statement.cue_parts:
        line.append(f" {' … '.join(cue.exact for cue in statement.cue_parts)}", STYLES["cue"])
    line.append(f": {' … '.join(quote.exact for quote in statement.quote)}")
    return line
