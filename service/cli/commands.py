"""``wirewatch``: the commands put together, and every error turned into one line and an exit code."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import ClickException, UsageError

from service.cli import actors, alerts, config, deliveries, dlq, extract, operate, quality, run, sources, subscriptions
from service.cli.invocation import Invocation, version
from service.errors import ConfigError, NotFound, WirewatchError

app = typer.Typer(
    name="wirewatch",
    help="Watches the news wires: who is mentioned, who says what, told once per story with the sentence as proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(asked: bool) -> None:
    if asked:
        print(f"wirewatch {version()}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    config_file: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="wirewatch.toml to read.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Data folder, instead of the configured one.")
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")] = False,
) -> None:
    context.obj = Invocation(config_file, {"data": data} if data else {}, dict(os.environ))


for module in (run, extract, operate):
    module.register(app)
for noun in (sources, subscriptions, alerts, deliveries, actors, dlq, config, quality):
    app.add_typer(noun.app)


def run_command() -> int:
    """Run one command; its exit code."""
    try:
        code = app(standalone_mode=False)
    except UsageError as error:
        return _say(f"{error.format_message().rstrip('.')} (see `wirewatch --help`)", 2)
    except ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except ConfigError as error:
        return _say(str(error), 2)
    except (NotFound, WirewatchError) as error:
        return _say(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        # The reader has gone (`… | head`): nothing more can be said, and nothing went wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _say(text: str, code: int) -> int:
    if text:
        print(f"wirewatch: {' '.join(text.split())}", file=sys.stderr)
    return code
