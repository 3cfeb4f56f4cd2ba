"""``wirewatch deliveries``: list, show, replay."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.invocation import invocation
from service.cli.listing import AsJson, say, show, show_one
from service.cli.reference import begins, every, look_up
from service.contracts import Delivery

if TYPE_CHECKING:
    from service.storage import Storage

Id = Annotated[str, typer.Argument(metavar="ID")]
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


def public(delivery: Delivery) -> Delivery:
    """As it is shown: a password in the endpoint's address is not."""
    from service.http import without_credentials

    return delivery.model_copy(update={"endpoint": without_credentials(delivery.endpoint)})


@app.command("list")
def list_deliveries(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 200,
    json_lines: AsJson = False,
) -> None:
    """Deliveries, newest first."""

    async def work() -> list[Delivery]:
        found: list[Delivery] = []
        async with invocation(context).storage() as storage:
            async for delivery in every(storage.deliveries.list):
                found.append(public(delivery))
                if len(found) == limit:
                    break
        return found

    show(asyncio.run(work()), json_lines, COLUMNS, "nothing has been sent yet")


@app.command("show")
def show_delivery(context: typer.Context, delivery: Id, json_lines: AsJson = False) -> None:
    """One delivery with every try."""

    async def work() -> Delivery:
        async with invocation(context).storage() as storage:
            return public(await _known(storage, delivery))

    show_one(asyncio.run(work()), json_lines)


@app.command("replay")
def replay(context: typer.Context, delivery: Id) -> None:
    """Send again, with the same id."""

    async def work() -> str:
        async with invocation(context).storage() as storage:
            known = await _known(storage, delivery)
            await storage.deliveries.replay(known.id, datetime.now(UTC))
            return known.id

    say(f"{asyncio.run(work())}: due now; a running service sends it within a second")


async def _known(storage: "Storage", reference: str) -> Delivery:
    return await look_up(
        reference, storage.deliveries.get, storage.deliveries.list, lambda one: begins(reference, one.id)
    )
