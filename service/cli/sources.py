"""``wirewatch sources``: add, list, show, remove. ``feeds`` has what asks and what reads and writes OPML."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli import feeds
from service.cli.feeds import public
from service.cli.invocation import invocation
from service.cli.listing import AsJson, as_json, say, show, show_one
from service.cli.reference import SHOWN, begins, every, look_up
from service.contracts import PollState, Source

if TYPE_CHECKING:
    from service.storage import Storage

app = typer.Typer(name="sources", help="Feeds: add, list, check them; OPML in and out.", no_args_is_help=True)
feeds.register(app)

COLUMNS = {
    "ID": lambda row: row["id"][:SHOWN],
    "STATE": lambda row: row["state"],
    "URL": lambda row: row["url"],
    "TITLE": lambda row: row["title"] or row["feed_title"],
    "LAST ASKED": lambda row: _seconds(row["last_poll_at"]),
    "NEXT": lambda row: _seconds(row["next_poll_at"]),
    "WHAT IT SAID": lambda row: row["last_error"] or row["last_status"],
}


def as_row(source: Source, state: PollState) -> dict[str, Any]:
    """One flat object: what was asked for, and what the poller knows."""
    from service.http import without_credentials

    known = state.model_dump(mode="json", exclude={"body_hash"})
    hidden = {key: known[key] and without_credentials(known[key]) for key in ("fetch_url", "redirect_to")}
    return {**public(source).model_dump(mode="json"), **known, **hidden}


@app.command("add", epilog="Example: wirewatch sources add https://example.org/feed.xml --language de")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of an RSS, Atom or JSON feed.")],
    title: Annotated[str | None, typer.Option(metavar="T", help="The name people know it by.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="XX", help="Its language; the text decides, this helps.")
    ] = None,
    json_lines: AsJson = False,
) -> None:
    """Watch a feed. A running service asks it within two seconds."""
    from service.declared import declared_source

    source = declared_source(url, title, language, datetime.now(UTC))
    shown = public(source).url

    async def work() -> Source:
        async with invocation(context).storage() as storage:
            if await storage.sources.add(source):
                say(f"{shown}: added; `wirewatch sources check {shown}` shows what it has")
                return source
            known, _ = await storage.sources.get(source.url)
            differs = (title is not None and source.title != known.title) or (
                language is not None and source.language != known.language
            )
            say(f"{shown}: is watched already" + ("; remove it first to change what is known of it" if differs else ""))
            return known

    added = asyncio.run(work())
    print(as_json(public(added)) if json_lines else added.id)


@app.command("list")
def list_sources(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every feed with its state."""

    async def work() -> list[dict[str, Any]]:
        async with invocation(context).storage() as storage:
            return [as_row(source, state) async for source, state in every(storage.sources.list)]

    show(asyncio.run(work()), json_lines, COLUMNS, "no sources; add one: wirewatch sources add URL")


@app.command("show")
def show_source(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="ID|URL")],
    json_lines: AsJson = False,
) -> None:
    """One feed, and how it is doing."""

    async def work() -> dict[str, Any]:
        async with invocation(context).storage() as storage:
            return as_row(*await _known(storage, source))

    show_one(asyncio.run(work()), json_lines)


@app.command("remove")
def remove(context: typer.Context, source: Annotated[str, typer.Argument(metavar="ID|URL")]) -> None:
    """Stop watching a feed. What was read of it stays."""

    async def work() -> Source:
        async with invocation(context).storage() as storage:
            known, _ = await _known(storage, source)
            return await storage.sources.remove(known.id)

    say(f"{public(asyncio.run(work())).url}: removed")


async def _known(storage: "Storage", reference: str) -> tuple[Source, PollState]:
    """By id, by address (with or without its password), or by how the id begins."""
    return await look_up(
        reference,
        storage.sources.get,
        storage.sources.list,
        lambda item: begins(reference, item[0].id) or public(item[0]).url == reference,
    )


def _seconds(moment: str | None) -> str | None:
    """To the second: nobody plans by the microsecond."""
    return moment and datetime.fromisoformat(moment).isoformat(timespec="seconds").replace("+00:00", "Z")
