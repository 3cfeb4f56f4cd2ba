"""``wirewatch subscriptions``: add, list, show, remove."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from service.cli.invocation import invocation, read_text
from service.cli.listing import AsJson, as_json, say, show, show_one
from service.cli.reference import SHOWN, begins, every, look_up
from service.contracts import Subscription, SubscriptionView

if TYPE_CHECKING:
    from service.storage import Storage

app = typer.Typer(name="subscriptions", help="Who is told what, and where.", no_args_is_help=True)

EXAMPLE = (
    "Example: echo 'pair: [Kazakhstan, Russia]' | wirewatch subscriptions add neighbours --rule - --console. "
    "Names of actors: wirewatch actors find NAME."
)
COLUMNS = {
    "NAME": lambda subscription: subscription.name,
    "RULE": lambda subscription: subscription.rule.model_dump_json(exclude_none=True),
    "WEBHOOK": lambda subscription: subscription.channels.webhook and subscription.channels.webhook.url,
    "CONSOLE": lambda subscription: "yes" if subscription.channels.console else None,
    "STOPPED": lambda subscription: subscription.stopped,
    "ID": lambda subscription: subscription.id[:SHOWN],
}


S = TypeVar("S", bound=Subscription)


def public(subscription: S) -> S:
    """As it is shown: a password in the webhook's address is not. The secret itself is never read here."""
    from service.http import without_credentials

    webhook = subscription.channels.webhook
    if webhook is None:
        return subscription
    shown = webhook.model_copy(update={"url": without_credentials(webhook.url)})
    channels = subscription.channels.model_copy(update={"webhook": shown})
    return subscription.model_copy(update={"channels": channels})


@app.command("add", epilog=EXAMPLE)
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the subscription is called.")],
    rule: Annotated[str, typer.Option(metavar="FILE|-", help='The rule, YAML or JSON; "-" is standard input.')],
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Send alerts there (Standard Webhooks).")] = None,
    secret_file: Annotated[
        Path | None, typer.Option(metavar="F", help="File with the webhook's whsec_… secret.")
    ] = None,
    console: Annotated[bool, typer.Option("--console", help="Show alerts where the service runs.")] = False,
    json_lines: AsJson = False,
) -> None:
    """Be told when a rule holds. A running service takes it up within two seconds."""
    from service.actors import load_catalogue
    from service.declared import declared_subscription
    from service.startup import check_secret

    text = read_text(rule)
    catalogue = load_catalogue()
    subscription = declared_subscription(
        name,
        text,
        lambda actor: catalogue.resolve(actor).id,
        datetime.now(UTC),
        console=console,
        webhook=webhook,
        secret_file=secret_file,
    )
    check_secret(secret_file)

    async def work() -> None:
        async with invocation(context).storage() as storage:
            await storage.subscriptions.add(subscription)

    asyncio.run(work())
    say(f"{subscription.name}: added; `wirewatch alerts tail` shows what it finds")
    shown = public(SubscriptionView(**dict(subscription)))
    print(as_json(shown) if json_lines else subscription.id)


@app.command("list")
def list_subscriptions(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every subscription, in the order in which they were added."""

    async def work() -> list[SubscriptionView]:
        async with invocation(context).storage() as storage:
            found = [subscription async for subscription in every(storage.subscriptions.list)]
            return [public(view) for view in await storage.endpoints.views(found)]

    empty = "no subscriptions; add one: wirewatch subscriptions add NAME --rule FILE"
    show(asyncio.run(work()), json_lines, COLUMNS, empty)


@app.command("show")
def show_subscription(
    context: typer.Context,
    subscription: Annotated[str, typer.Argument(metavar="ID|NAME")],
    json_lines: AsJson = False,
) -> None:
    """One subscription."""

    async def work() -> SubscriptionView:
        async with invocation(context).storage() as storage:
            (found,) = await storage.endpoints.views([await known(storage, subscription)])
            return found

    found = public(asyncio.run(work()))
    if json_lines:
        show_one(found, True)
    else:
        show_one(found.model_dump(mode="json") | {"rule": found.rule.model_dump(mode="json", exclude_none=True)}, False)


@app.command("remove")
def remove(context: typer.Context, subscription: Annotated[str, typer.Argument(metavar="ID|NAME")]) -> None:
    """Stop telling. What was told stays to be seen."""

    async def work() -> Subscription:
        async with invocation(context).storage() as storage:
            found = await known(storage, subscription)
            return await storage.subscriptions.remove(found.id)

    say(f"{asyncio.run(work()).name}: removed")


async def known(storage: "Storage", reference: str) -> Subscription:
    """By id or name, or by how the id begins."""
    return await look_up(
        reference, storage.subscriptions.get, storage.subscriptions.list, lambda one: begins(reference, one.id)
    )
