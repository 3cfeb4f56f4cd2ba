"""``wirewatch deliveries``: list, show, replay."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from service.cli.invocation import invocation
from service.cli.listing import AsJson, say, show, show_one
from service.contracts import Delivery

app = typer.Typer(name="deliveries", help="What was sent where, tries and answers.", no_args_is_help=True)

COLUMNS = {
    "ID": lambda delivery: delivery.id,
    "STATE": lambda delivery: delivery.state,
    "SUBSCRIPTION": lambda delivery: delivery.subscription,
    "TO": lambda delivery: delivery.endpoint,
    "TRIES": lambda delivery: len(delivery.tries),
    "LAST ANSWER": lambda delivery: (delivery.tries[-1].status or delivery.tries[-1].error) if delivery.tries else None,
    "NEXT TRY": lambda delivery: delivery.next_try_at,
}


@app.command("list")
def list_deliveries(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 200,
    json_lines: AsJson = False,
) -> None:
    """Deliveries, newest first."""

    async def work() -> list[Delivery]:
        found: list[Delivery] = []
        cursor = None
        async with invocation(context).storage() as storage:
            while len(found) < limit:
                page = await storage.deliveries.list(limit=min(limit - len(found), 500), cursor=cursor)
                found += page.items
                cursor = page.next
                if cursor is None:
                    break
        return found

    show(asyncio.run(work()), json_lines, COLUMNS, "nothing has been sent yet")


@app.command("show")
def show_delivery(context: typer.Context, delivery: str, json_lines: AsJson = False) -> None:
    """One delivery with every try."""

    async def work() -> Delivery:
        async with invocation(context).storage() as storage:
            return await storage.deliveries.get(delivery)

    show_one(asyncio.run(work()), json_lines)


@app.command("replay")
def replay(context: typer.Context, delivery: str) -> None:
    """Send again, with the same id."""

    async def work() -> None:
        async with invocation(context).storage() as storage:
            await storage.deliveries.replay(delivery, datetime.now(UTC))

    asyncio.run(work())
    say(f"{delivery}: due now; a running service sends it within a second")
