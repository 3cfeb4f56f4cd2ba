"""``wirewatch extract``: read texts and show what is in them."""

import asyncio
import codecs
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.invocation import Invocation, invocation, read_bytes
from service.cli.listing import AsJson, as_json, say
from service.contracts import Article
from service.errors import ConfigError, Invalid, WirewatchError

if TYPE_CHECKING:
    from service.http import HttpClient

EXAMPLE = "Examples: wirewatch extract article.txt · curl -s URL | wirewatch extract - · wirewatch extract --json *.txt"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def register(app: typer.Typer) -> None:
    app.command("extract", epilog=EXAMPLE)(extract)


def extract(
    context: typer.Context,
    places: Annotated[list[str], typer.Argument(metavar="FILE|URL|-…", help='Texts or pages; "-" is standard input.')],
    language: Annotated[str | None, typer.Option(metavar="XX", help="Their language, if you know it.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Read texts: language, mentions with actors, statements with speakers.

    One extraction each, in order. Exit 1 when one of the texts cannot be had; the others are read all the same.
    """
    from consumers.extracting.pipeline import Reader
    from service.actors import load_catalogue
    from service.cli.picture import draw

    called = invocation(context)
    known = None if language is None else primary(language)
    reader = Reader(load_catalogue())
    failed = False
    # Reading happens outside the loop, so that Ctrl-C ends it at once.
    with asyncio.Runner() as runner:
        texts = Texts(called, runner, known)
        try:
            for place in places:
                try:
                    extraction = reader.extract(forced(texts.read(place), known))
                except WirewatchError as error:
                    say(f"wirewatch: {place or chr(34) * 2}: {error}")
                    failed = True
                    continue
                if json_lines:
                    print(as_json(extraction), flush=True)
                else:
                    draw(place, extraction)
        finally:
            texts.close()
    if failed:
        raise typer.Exit(1)


class Texts:
    """Articles from files, standard input and the web, one after the other; the client is opened when it is needed."""

    def __init__(self, called: Invocation, runner: asyncio.Runner, language: str | None) -> None:
        from consumers.fetching.agencies import shipped_agencies

        self._settings = called.settings
        self._runner, self._language, self._agencies = runner, language, shipped_agencies()
        self._stack = AsyncExitStack()
        self._http: HttpClient | None = None

    def read(self, place: str) -> Article:
        """Raises WirewatchError, without the place, when it cannot be had."""
        from consumers.fetching import article_from_html, article_from_text, fetch_article, looks_like_html

        now = datetime.now(UTC)
        if place.startswith(("http://", "https://")):
            return self._runner.run(fetch_article(self._client(), place, now, self._language, self._agencies))
        if "://" in place:
            raise Invalid("only http:// and https:// addresses are read")
        data = _bytes(place)
        if looks_like_html(data):
            return article_from_html(data, None, now, self._language, self._agencies)
        return article_from_text(decoded(data), now, self._language, self._agencies)

    def _client(self) -> "HttpClient":
        from service.http import HttpClient

        if self._http is None:
            client = HttpClient(self._settings.http, spacing=self._settings.poll.host_spacing)
            self._http = self._runner.run(self._stack.enter_async_context(client))
        return self._http

    def close(self) -> None:
        self._runner.run(self._stack.aclose())


def forced(article: Article, language: str | None) -> Article:
    """What people say of their text goes before what it looks like."""
    if language is None:
        return article
    return article.model_copy(update={"language": language, "language_confidence": 1.0})


def primary(language: str) -> str:
    """The code that languages go by here: ``de`` of "de-AT" or "DE"."""
    from service.declared import declared_language

    return declared_language(language).partition("-")[0]


def _bytes(place: str) -> bytes:
    try:
        return read_bytes(place)
    except ConfigError as error:
        # One text that cannot be had is no wrong usage: the others are read.
        raise Invalid(str(error).removeprefix(f"{place}: ")) from None


def decoded(data: bytes, place: str = "") -> str:
    """A file's text. A byte order mark says how it is written and is no part of it. Raises Invalid."""
    try:
        return data.decode("utf-16" if data.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{place}: " if place else ""
        raise Invalid(f"{where}not UTF-8 at byte {error.start}; convert it first (iconv -t UTF-8)") from None
