"""``wirewatch config``: check, show, schema."""

import json
from datetime import UTC, datetime
from typing import Any

import typer
from pydantic import BaseModel

from service.cli.invocation import invocation
from service.cli.listing import AsJson, say, show
from service.settings import Settings
from service.settings_sources import leaves

app = typer.Typer(
    name="config", help="The configuration: check it, see where each value comes from.", no_args_is_help=True
)


@app.command("check")
def check(context: typer.Context) -> None:
    """Read the configuration and say whether it is right."""
    from service.actors import load_catalogue
    from service.startup import check_configuration

    loaded = invocation(context).loaded
    check_configuration(loaded.settings, load_catalogue(), datetime.now(UTC))
    say(f"{loaded.file or 'defaults'}: ok")


@app.command("show")
def show_config(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every setting, its value and where it came from. Secrets stay in their files."""
    loaded = invocation(context).loaded
    rows = [{"key": key, "value": _plain(value), "from": loaded.origins[key]} for key, value in leaves(loaded.settings)]
    columns = {
        "KEY": lambda row: row["key"],
        "VALUE": lambda row: json.dumps(row["value"], ensure_ascii=False, default=str),
        "FROM": lambda row: row["from"],
    }
    show(rows, json_lines, columns, "no settings")


@app.command("schema")
def schema() -> None:
    """The JSON Schema of wirewatch.toml."""
    print(json.dumps(Settings.model_json_schema(), ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, BaseModel):
        return {key: _plain(part) for key, part in value.model_dump(mode="json").items() if part is not None}
    return value if isinstance(value, (str, int, float, bool, dict, type(None))) else str(value)
