"""``wirewatch sources``: add, list, show, remove, check, import, export."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from service.cli.invocation import invocation, read_text
from service.cli.listing import AsJson, say, show, show_one
from service.contracts import PollState, Source
from service.errors import ConfigError, NotFound

app = typer.Typer(name="sources", help="Feeds: add, list, check them; OPML in and out.", no_args_is_help=True)

CHECKS_AT_ONCE = 8
COLUMNS = {
    "ID": lambda row: row["id"][:12],
    "STATE": lambda row: row["state"],
    "URL": lambda row: row["url"],
    "TITLE": lambda row: row["title"] or row["feed_title"],
    "LAST ASKED": lambda row: row["last_poll_at"],
    "NEXT": lambda row: row["next_poll_at"],
    "WHAT IT SAID": lambda row: row["last_error"] or row["last_status"],
}


def as_row(source: Source, state: PollState) -> dict[str, Any]:
    """One flat object: what was asked for, and what the poller knows. A password in an address is not shown."""
    from service.http import without_credentials

    shown = {
        "url": without_credentials(source.url),
        "fetch_url": without_credentials(state.fetch_url) if state.fetch_url else None,
    }
    return {**source.model_dump(mode="json"), **state.model_dump(mode="json", exclude={"body_hash"}), **shown}


@app.command("add")
def add(
    context: typer.Context,
    url: str,
    title: Annotated[str | None, typer.Option(help="The name people know it by.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="XX", help="Its language; the text decides, this helps.")
    ] = None,
    json_lines: AsJson = False,
) -> None:
    """Watch a feed. A running service asks it within two seconds."""
    from service.declared import declared_source

    async def work() -> Source:
        source = declared_source(url, title, language, datetime.now(UTC))
        async with invocation(context).storage() as storage:
            if await storage.sources.add(source):
                say(f"{source.url}: added; `wirewatch sources check {source.url}` shows what it has")
                return source
            known, _ = await storage.sources.get(source.url)
            say(f"{source.url}: is watched already")
            return known

    source = asyncio.run(work())
    if json_lines:
        show_one(source, json_lines)
    else:
        print(source.id)


@app.command("list")
def list_sources(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every feed with its state."""

    async def work() -> list[dict[str, Any]]:
        rows, cursor = [], None
        async with invocation(context).storage() as storage:
            while True:
                found = await storage.sources.list(limit=500, cursor=cursor)
                rows += [as_row(source, state) for source, state in found.items]
                cursor = found.next
                if cursor is None:
                    return rows

    show(asyncio.run(work()), json_lines, COLUMNS, "no sources; add one: wirewatch sources add URL")


@app.command("show")
def show_source(context: typer.Context, source: str, json_lines: AsJson = False) -> None:
    """One feed by id or URL."""

    async def work() -> dict[str, Any]:
        async with invocation(context).storage() as storage:
            return as_row(*await storage.sources.get(source))

    show_one(asyncio.run(work()), json_lines)


@app.command("remove")
def remove(context: typer.Context, source: str) -> None:
    """Stop watching a feed. What was read of it stays."""

    async def work() -> Source:
        async with invocation(context).storage() as storage:
            return await storage.sources.remove(source)

    say(f"{asyncio.run(work()).url}: removed")


@app.command("check")
def check(
    context: typer.Context,
    url: Annotated[str | None, typer.Argument(help="A feed; without it, every feed that is watched.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Ask a feed once and say what was found. Exit 1 when one of them is bad."""
    from producers.feeds.check import Report
    from producers.feeds.check import check as ask
    from service.declared import declared_source
    from service.http import HttpClient

    async def work() -> list[Report]:
        called = invocation(context)
        if url is not None:
            wanted = [declared_source(url, None, None, datetime.now(UTC)).url]
        else:
            async with called.storage() as storage:
                wanted = [source.url for source, _ in (await storage.sources.list(limit=1000)).items]
        at_once = asyncio.Semaphore(CHECKS_AT_ONCE)

        async def one(address: str) -> Report:
            async with at_once:
                return await ask(http, address)

        async with HttpClient(called.settings.http, spacing=called.settings.poll.host_spacing) as http:
            return list(await asyncio.gather(*(one(address) for address in wanted)))

    reports = asyncio.run(work())
    columns = {
        "FEED": lambda report: report.url,
        "ANSWER": lambda report: report.status,
        "TITLE": lambda report: report.title,
        "ENTRIES": lambda report: report.entries,
        "NEWEST": lambda report: report.newest_at,
        "TROUBLE": lambda report: report.error,
    }
    show(reports, json_lines, columns, "no sources; add one: wirewatch sources add URL")
    if any(report.error for report in reports):
        raise typer.Exit(1)


@app.command("import")
def import_opml(context: typer.Context, file: str, json_lines: AsJson = False) -> None:
    """Watch every feed of an OPML file ("-": standard input)."""
    from producers.opml import read_opml
    from service.declared import declared_source

    async def work() -> list[Source]:
        now = datetime.now(UTC)
        outlines = read_opml(read_text(file))
        wanted, bad = [], []
        for outline in outlines:
            try:
                wanted.append(declared_source(outline.url, outline.title, outline.language, now))
            except ConfigError as error:
                bad.append(str(error))
        async with invocation(context).storage() as storage:
            added = await storage.sources.add(*wanted)
        for line in bad:
            say(f"left out: {line}")
        say(f"{len(added)} added, {len(wanted) - len(added)} watched already, {len(bad)} left out")
        if bad and not wanted:
            raise NotFound(f"{file}: no usable feed in it")
        return added

    added = asyncio.run(work())
    if json_lines:
        show(added, json_lines, {}, "")


@app.command("export")
def export_opml(context: typer.Context) -> None:
    """Every feed as OPML, on standard output."""
    from producers.opml import write_opml

    async def work() -> list[Source]:
        found: list[Source] = []
        cursor = None
        async with invocation(context).storage() as storage:
            while True:
                page = await storage.sources.list(limit=500, cursor=cursor)
                found += [source for source, _ in page.items]
                cursor = page.next
                if cursor is None:
                    return found

    sys.stdout.write(write_opml(asyncio.run(work())))
