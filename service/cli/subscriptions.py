"""``wirewatch subscriptions``: add, list, show, remove."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.invocation import invocation, read_text
from service.cli.listing import AsJson, as_json, say, show, show_one
from service.contracts import Subscription

app = typer.Typer(name="subscriptions", help="Who is told what, and where.", no_args_is_help=True)

COLUMNS = {
    "NAME": lambda subscription: subscription.name,
    "RULE": lambda subscription: subscription.rule.model_dump_json(exclude_none=True),
    "WEBHOOK": lambda subscription: subscription.channels.webhook and subscription.channels.webhook.url,
    "CONSOLE": lambda subscription: "yes" if subscription.channels.console else None,
    "ID": lambda subscription: subscription.id[:12],
}


@app.command("add")
def add(
    context: typer.Context,
    name: str,
    rule: Annotated[str, typer.Option(metavar="FILE|-", help="The rule, YAML or JSON.")],
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

    catalogue = load_catalogue()
    subscription = declared_subscription(
        name,
        read_text(rule),
        lambda actor: catalogue.resolve(actor).id,
        datetime.now(UTC),
        console=console,
        webhook=webhook,
        secret_file=secret_file,
    )

    async def work() -> None:
        async with invocation(context).storage() as storage:
            await storage.subscriptions.add(subscription)

    asyncio.run(work())
    say(f"{subscription.name}: added")
    print(as_json(subscription) if json_lines else subscription.id)


@app.command("list")
def list_subscriptions(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every subscription, in the order in which they were added."""

    async def work() -> list[Subscription]:
        found: list[Subscription] = []
        cursor = None
        async with invocation(context).storage() as storage:
            while True:
                page = await storage.subscriptions.list(limit=500, cursor=cursor)
                found += page.items
                cursor = page.next
                if cursor is None:
                    return found

    show(
        asyncio.run(work()),
        json_lines,
        COLUMNS,
        "no subscriptions; add one: wirewatch subscriptions add NAME --rule FILE",
    )


@app.command("show")
def show_subscription(context: typer.Context, subscription: str, json_lines: AsJson = False) -> None:
    """One subscription by name or id."""

    async def work() -> Subscription:
        async with invocation(context).storage() as storage:
            return await storage.subscriptions.get(subscription)

    show_one(asyncio.run(work()), json_lines)


@app.command("remove")
def remove(context: typer.Context, subscription: str) -> None:
    """Stop telling. What was told stays to be seen."""

    async def work() -> Subscription:
        async with invocation(context).storage() as storage:
            return await storage.subscriptions.remove(subscription)

    say(f"{asyncio.run(work()).name}: removed")
