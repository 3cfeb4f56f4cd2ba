"""``wirewatch config``: check, show, schema."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import typer
from pydantic import BaseModel

from service.cli.invocation import invocation
from service.cli.listing import AsJson, say, show
from service.errors import ConfigError
from service.settings import Settings
from service.settings_sources import leaves, placed

CREDENTIALS = re.compile(r"(?<=://)[^/?#\s]*@")
"""The ``user:password@`` of an address, wherever in a value it stands."""

app = typer.Typer(
    name="config", help="The configuration: check it, see where each value comes from.", no_args_is_help=True
)


@app.command("check")
def check(context: typer.Context) -> None:
    """Read the configuration and say whether it is right."""
    from service.actors import load_catalogue
    from service.startup import check_configuration

    loaded = invocation(context).loaded
    try:
        check_configuration(loaded.settings, load_catalogue(), datetime.now(UTC))
    except ConfigError as error:
        raise placed(error, loaded) from None
    say(f"{loaded.file or 'no file, defaults and environment'}: ok; `wirewatch config show` says what holds")


@app.command("show")
def show_config(context: typer.Context, json_lines: AsJson = False) -> None:
    """Every setting, its value and where it came from. Secrets stay in their files."""
    loaded = invocation(context).loaded
    rows = [{"key": key, "value": public(value), "from": loaded.origins[key]} for key, value in leaves(loaded.settings)]
    columns = {
        "KEY": lambda row: row["key"],
        "VALUE": lambda row: json.dumps(row["value"], ensure_ascii=False, default=str),
        "FROM": lambda row: row["from"],
    }
    show(rows, json_lines, columns, "no settings")


@app.command("schema")
def schema() -> None:
    """The JSON Schema of wirewatch.toml."""
    drawn = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Settings.model_json_schema()
    print(json.dumps(drawn | {"title": "wirewatch.toml"}, ensure_ascii=False, indent=2))


def public(value: Any) -> Any:
    """A value as JSON has it, without the credentials of addresses."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, (tuple, list)):
        return [public(part) for part in value]
    if isinstance(value, dict):
        return {str(key): public(part) for key, part in value.items()}
    if isinstance(value, (int, float, type(None))):
        return value
    return CREDENTIALS.sub("***@", str(value))
