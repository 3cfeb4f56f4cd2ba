"""``wirewatch``: the commands put together, and every error turned into one line and an exit code."""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError, UsageError

from service.cli import (
    actor_forms,
    actor_hits,
    actors,
    alerts,
    config,
    deliveries,
    dlq,
    extract,
    health,
    operate,
    quality,
    run,
    sources,
    subscriptions,
    topics,
)
from service.cli.invocation import Invocation, version
from service.errors import ConfigError, WirewatchError

STOPPED = 130
"""As a shell has it for a command that Ctrl-C ended."""

app = typer.Typer(
    name="wirewatch",
    help="Watches the news wires: who is mentioned, who says what, told once per story with the sentence as proof.",
    epilog="Try `wirewatch demo`: offline, nothing to set up. Every listing takes --json, one object a line.",
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
    data: Annotated[str | None, typer.Option(metavar="DIR", help="Data folder, instead of the configured one.")] = None,
    _: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")] = False,
) -> None:
    context.obj = Invocation(config_file, {} if data is None else {"data": data}, dict(os.environ))


for module in (run, extract, health, operate):
    module.register(app)
actor_forms.register(actors.app)
actor_hits.register(actors.app)
for noun in (sources, subscriptions, alerts, deliveries, actors, dlq, topics, config, quality):
    app.add_typer(noun.app)


def run_command(arguments: list[str] | None = None) -> int:
    """Run one command (of this process, where none is given); its exit code."""
    sys.stdout = _whole(sys.stdout)
    try:
        code = app(arguments, prog_name="wirewatch", standalone_mode=False)
        sys.stdout.flush()
    except NoArgsIsHelpError as error:
        print(error.message, flush=True)
        return _say(f"a command is expected after `{_called(error)}`", 2)
    except UsageError as error:
        return _say(f"{error.format_message().rstrip('.')} (see `{_called(error)} --help`)", 2)
    except ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except ConfigError as error:
        return _say(str(error), 2)
    except WirewatchError as error:
        return _say(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except BrokenPipeError:
        # The reader has gone (`… | head`): nothing more can be said, and nothing went wrong.
        _discard()
        return 0
    except SystemExit as ended:
        # The command framework ends by itself when a reader has gone.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        _discard()
        return 0
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _discard()
        return _say(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error), 1)
    return code if isinstance(code, int) else 0


def _called(error: UsageError) -> str:
    return error.ctx.command_path if error.ctx else "wirewatch"


def _whole(out: TextIO | None) -> TextIO:
    """Standard output that takes every character (JSON is UTF-8, whatever the locale), or nothing if it is closed."""
    if out is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    return out


def _discard() -> None:
    """What could not be written is not tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str, code: int) -> int:
    if text:
        print(f"wirewatch: {' '.join(text.split())}", file=sys.stderr)
    return code
