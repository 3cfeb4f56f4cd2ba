"""``wirewatch sources check``, ``import`` and ``export``: feeds asked, and lists of feeds read and written."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.invocation import invocation, read_bytes
from service.cli.listing import AsJson, say, show
from service.cli.reference import every
from service.contracts import Source
from service.errors import ConfigError, Invalid, NotFound

if TYPE_CHECKING:
    from producers.feeds.check import Report

CHECKS_AT_ONCE = 8
COLUMNS = {
    "FEED": lambda report: report.url,
    "ANSWER": lambda report: report.status,
    "TITLE": lambda report: report.title,
    "ENTRIES": lambda report: report.entries,
    "NEWEST": lambda report: report.newest_at,
    "TROUBLE": lambda report: report.error or "; ".join(report.notes) or None,
}


def register(app: typer.Typer) -> None:
    app.command("check")(check)
    app.command("import")(import_opml)
    app.command("export", epilog="Example: wirewatch sources export > feeds.opml")(export_opml)


def public(source: Source) -> Source:
    """As it is shown: a password in an address is not."""
    from service.http import without_credentials

    return source.model_copy(update={"url": without_credentials(source.url)})


def check(
    context: typer.Context,
    url: Annotated[
        str | None, typer.Argument(metavar="[URL]", help="A feed; without it, every feed that is watched.")
    ] = None,
    json_lines: AsJson = False,
) -> None:
    """Ask a feed once and say what was found. Exit 1 when one is bad."""
    from producers.feeds.check import check as ask
    from service.declared import declared_source
    from service.http import HttpClient

    called = invocation(context)

    async def work() -> "list[Report]":
        if url is not None:
            wanted = [declared_source(url, None, None, datetime.now(UTC)).url]
        else:
            async with called.storage() as storage:
                wanted = [source.url async for source, _ in every(storage.sources.list)]
        at_once = asyncio.Semaphore(CHECKS_AT_ONCE)

        async def one(address: str) -> "Report":
            async with at_once:
                return judged(await ask(http, address))

        async with HttpClient(called.settings.http, spacing=called.settings.poll.host_spacing) as http:
            return list(await asyncio.gather(*(one(address) for address in wanted)))

    reports = asyncio.run(work())
    show(reports, json_lines, COLUMNS, "no sources; add one: wirewatch sources add URL")
    if any(report.error for report in reports):
        raise typer.Exit(1)


def judged(report: "Report") -> "Report":
    """As it is shown, without a password. A feed of which nothing whole is left is a bad one."""
    from service.http import without_credentials

    broken = report.notes[0] if report.notes and not report.entries else None
    changes = {"url": without_credentials(report.url), "error": report.error or broken}
    return report.model_copy(update=changes)


def import_opml(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help='An OPML file; "-" is standard input.')],
    json_lines: AsJson = False,
) -> None:
    """Watch every feed of an OPML file."""
    from producers.feeds.decode import decode
    from producers.opml import read_opml
    from service.declared import declared_source

    now = datetime.now(UTC)
    wanted, bad = [], []
    try:
        outlines = read_opml(decode(read_bytes(file), None)[0])
    except Invalid as error:
        raise Invalid(f"{file}: {error}") from None
    if not outlines:
        raise NotFound(f"{file}: no feed in it; an outline with xmlUrl is expected")
    for place, outline in enumerate(outlines):
        try:
            # Listed by when they were added: a microsecond apart they stay in the file's order.
            added_at = now + timedelta(microseconds=place)
            title = outline.title if outline.title != outline.url else None
            wanted.append(declared_source(outline.url, title, _language(outline.language), added_at))
        except ConfigError as error:
            bad.append(str(error))
    for line in bad:
        say(f"left out: {line}")
    if not wanted:
        raise NotFound(f"{file}: no usable feed in it")

    async def work() -> list[Source]:
        async with invocation(context).storage() as storage:
            return await storage.sources.add(*wanted)

    added = asyncio.run(work())
    say(f"{len(added)} added, {len(wanted) - len(added)} watched already, {len(bad)} left out")
    if json_lines:
        show(map(public, added), json_lines, {}, "")


def _language(written: str | None) -> str | None:
    """A feed is not left out for a language that is written oddly."""
    from service.declared import declared_language

    try:
        return written and declared_language(written)
    except ConfigError:
        return None


def export_opml(context: typer.Context) -> None:
    """Every feed as OPML, on standard output."""
    from producers.opml import write_opml
    from service.http import without_credentials

    async def work() -> list[Source]:
        async with invocation(context).storage() as storage:
            return [source async for source, _ in every(storage.sources.list)]

    found = asyncio.run(work())
    sys.stdout.write(write_opml(found))
    secret = sum(without_credentials(source.url) != source.url for source in found)
    if secret:
        say(f"{secret} of {len(found)} addresses have a password in them: keep the file to yourself")
