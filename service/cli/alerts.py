"""``wirewatch alerts``: list, show, tail."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.invocation import invocation
from service.cli.listing import AsJson, as_json, show, show_one
from service.cli.reference import SHOWN, begins, every, look_up
from service.cli.subscriptions import known
from service.contracts import Alert
from service.errors import ConfigError
from service.settings import duration

if TYPE_CHECKING:
    from service.storage import Storage

app = typer.Typer(name="alerts", help="What was found, with its proof.", no_args_is_help=True)

TAIL_EVERY = 0.5
COLUMNS = {
    "ID": lambda alert: alert.id[:SHOWN],
    "RAISED": lambda alert: alert.raised_at,
    "SUBSCRIPTION": lambda alert: alert.subscription.name,
    "REV": lambda alert: alert.revision,
    "SOURCE": lambda alert: alert.source,
    "TITLE": lambda alert: alert.title,
    "ALSO": lambda alert: len(alert.also_reported_by) or None,
}
Named = Annotated[str | None, typer.Option("--subscription", metavar="NAME", help="Of this subscription only.")]


def moment(text: str, now: datetime) -> datetime:
    """A time ("2026-05-21T10:00Z", "2026-05-21") or how long ago ("2h"). Times without a zone are UTC."""
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return now - timedelta(seconds=duration(text))
    except (ValueError, OverflowError):
        raise ConfigError(f'--since "{text}": write a time as 2026-05-21T10:00Z or how long ago as 2h') from None


@app.command("list", epilog="Example: wirewatch alerts list --since 2h --subscription SCO")
def list_alerts(
    context: typer.Context,
    subscription: Named = None,
    since: Annotated[str | None, typer.Option(metavar="T", help="Raised since a time, or since how long.")] = None,
    json_lines: AsJson = False,
) -> None:
    """Alerts, newest first."""

    start = None if since is None else moment(since, datetime.now(UTC))

    async def work() -> list[Alert]:
        async with invocation(context).storage() as storage:
            pages = partial(storage.alerts.list, subscription=subscription, since=start)
            found = [alert async for alert in every(pages)]
            if subscription is not None and not found:
                # Of one that was removed there are alerts; of one that never was there is nothing to show.
                await known(storage, subscription)
            return found

    show(asyncio.run(work()), json_lines, COLUMNS, "no alerts")


@app.command("show")
def show_alert(
    context: typer.Context,
    alert: Annotated[str, typer.Argument(metavar="ID")],
    json_lines: AsJson = False,
) -> None:
    """One alert with all of its proof."""

    async def work() -> Alert:
        async with invocation(context).storage() as storage:
            return await look_up(alert, storage.alerts.get, storage.alerts.list, lambda one: begins(alert, one.id))

    show_one(asyncio.run(work()), json_lines)


@app.command("tail")
def tail(context: typer.Context, subscription: Named = None, json_lines: AsJson = False) -> None:
    """Alerts as they are raised, until you stop it."""
    from consumers.delivering.console import block

    async def work() -> None:
        async with invocation(context).storage() as storage:
            wanted = (await known(storage, subscription)).id if subscription is not None else None
            async for alert in _coming(storage, wanted):
                sys.stdout.write(as_json(alert) + "\n" if json_lines else block(alert))
                sys.stdout.flush()

    asyncio.run(work())


async def _coming(storage: "Storage", subscription: str | None) -> AsyncIterator[Alert]:
    last = await storage.changes.version("alerts")
    while True:
        for number, alert in await storage.alerts.after(last, limit=200):
            last = number
            if subscription in (None, alert.subscription.id):
                yield alert
        await asyncio.sleep(TAIL_EVERY)
