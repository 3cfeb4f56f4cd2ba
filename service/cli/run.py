"""``wirewatch run`` and ``wirewatch demo``: the service in the foreground."""

import asyncio
import gc
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from service.cli.invocation import Invocation, invocation
from service.cli.listing import say
from service.errors import ConfigError
from service.settings import Settings
from service.topology import chosen

DEMO_RULES = {
    "SCO": {"actor": "Q485207"},
    "Kazakhstan–Russia": {"pair": ["Kazakhstan", "Russia"], "within": "paragraph"},
}


def register(app: typer.Typer) -> None:
    app.command("run")(run)
    app.command("demo")(demo)


def run(
    context: typer.Context,
    only: Annotated[str | None, typer.Option(metavar="STAGE[,STAGE]", help="These stages only.")] = None,
) -> None:
    """Run the service until SIGTERM or Ctrl-C drains it; a second one forces."""
    try:
        stages = chosen([name.strip() for name in only.split(",") if name.strip()] if only is not None else [])
    except ValueError as error:
        raise ConfigError(f"--only: {error}") from None
    _serve(invocation(context).settings, stages)


def demo(
    context: typer.Context,
    listen: Annotated[str | None, typer.Option(help="Address of the page.")] = None,
) -> None:
    """The service on bundled sample feeds served on loopback: offline, in a temporary data folder."""
    called = invocation(context)
    with tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as folder:
        flags = {**called.flags, "data": Path(folder), "demo": {"enabled": True}}
        if listen:
            flags["listen"] = listen
        settings = Invocation(called.config_file, flags, called.environ).settings
        say("The demo wire: sample texts of our own; people, quotations and events are invented.")
        _serve(demo_settings(settings), chosen([]))


def demo_settings(settings: Settings) -> Settings:
    """The demo wire and nothing else, asked without waiting: it is our own server."""
    watched = [{"name": name, "rule": rule, "console": True} for name, rule in DEMO_RULES.items()]
    changes = {"sources": (), "subscriptions": watched}
    known = settings.model_dump() | changes
    known["poll"] = settings.poll.model_dump() | {"host_spacing": 0.0}
    known["demo"] = settings.demo.model_dump() | {"port": 0}
    return Settings.model_validate(known)


def _serve(settings: Settings, stages: frozenset[str]) -> None:
    # Modules and catalogue stay: looking through them for garbage while they load is time lost. ``serve`` turns it on.
    gc.disable()
    from service.app import serve

    code = asyncio.run(serve(settings, stages, ready=lambda line: print(line, flush=True)))
    if code:
        raise typer.Exit(code)
