"""``wirewatch run`` and ``wirewatch demo``: the service in the foreground."""

import asyncio
import gc
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from service import allocator
from service.cli.invocation import Invocation, data_folder, invocation, readable
from service.cli.listing import say
from service.errors import ConfigError
from service.settings import Settings
from service.settings_sources import placed
from service.topology import NAMES, WEB, chosen

DEMO_RULES = {
    "SCO": {"actor": "Q485207"},
    "Kazakhstan–Russia": {"pair": ["Kazakhstan", "Russia"], "within": "paragraph"},
}


def register(app: typer.Typer) -> None:
    app.command("run", epilog=f"Stages: {', '.join(NAMES)} (see `wirewatch graph`); {WEB}: page and API.")(run)
    app.command("demo")(demo)


def run(
    context: typer.Context,
    only: Annotated[
        str | None, typer.Option(metavar="STAGE[,STAGE]", help="These only; `web` is page and API.")
    ] = None,
) -> None:
    """Run the service in the foreground, all of it or some stages.

    It prints one line with its address when it is ready. SIGTERM or Ctrl-C drains it; a second one forces. A process
    opens only what its stages need, and without `web` answers health and metrics only. Stages in several processes
    meet in Kafka and PostgreSQL (log.url, storage.url). Exit 0 drained, 1 a stage broke, 2 configuration, 130 forced.
    """
    loaded, stages = invocation(context).loaded, _stages(only)
    try:
        _serve(loaded.settings, stages)
    except ConfigError as error:
        raise placed(error, loaded) from None


def demo(
    context: typer.Context,
    listen: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Address of the page; port 0 takes a free one.")
    ] = None,
) -> None:
    """The service on bundled sample feeds, offline.

    The feeds are served on loopback, and the data folder is a temporary one that goes at the end.
    """
    called = invocation(context)
    with tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as folder:
        flags = {**called.flags, "data": folder, "log": {"url": "embedded:"}, "storage": {"url": ""}}
        if listen is not None:
            flags["listen"] = listen
        settings = demo_settings(Invocation(called.config_file, flags, called.environ).settings)
        try:
            _serve(settings, chosen([]), say_first=WHAT_IT_IS, last=partial(shutil.rmtree, folder, ignore_errors=True))
        except ConfigError as error:
            hint = "; `wirewatch demo --listen 127.0.0.1:0` takes a free port" if "listen = " in str(error) else ""
            raise ConfigError(f"{error}{hint}") from None


WHAT_IT_IS = "The demo wire: sample texts of our own; people, quotations and events are invented."


def demo_settings(settings: Settings) -> Settings:
    """The demo wire and nothing else, asked without waiting: it is our own server."""
    watched = [{"name": name, "rule": rule, "console": True} for name, rule in DEMO_RULES.items()]
    known = settings.model_dump() | {"sources": (), "subscriptions": watched}
    known["poll"] = settings.poll.model_dump() | {"host_spacing": 0.0}
    known["demo"] = {"enabled": True, "port": 0}
    return Settings.model_validate(known)


def _stages(only: str | None) -> frozenset[str]:
    if only is None:
        return chosen([])
    names = [name.strip() for name in only.split(",") if name.strip()]
    if not names:
        raise ConfigError(f"--only: no stage is named; stages are {', '.join(NAMES)}")
    try:
        return chosen(names)
    except ValueError as error:
        raise ConfigError(f"--only: {error}") from None


def _serve(
    settings: Settings, parts: frozenset[str], say_first: str = "", last: Callable[[], None] = lambda: None
) -> None:
    # Modules and catalogue stay: looking through them for garbage while they load is time lost. ``serve`` turns it on.
    gc.disable()
    allocator.settle()
    from service.app import serve
    from service.startup import check_free

    folder = data_folder(settings)
    with readable(folder):
        check_free(settings, parts)
        if say_first:
            say(say_first)
        code = asyncio.run(serve(settings, parts, ready=lambda line: print(line, flush=True), last=last))
    if code:
        raise typer.Exit(code)
