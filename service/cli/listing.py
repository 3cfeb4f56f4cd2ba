"""Print what a command found: a table for people, one JSON object a line for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Item = BaseModel | Mapping[str, Any]


def as_json(item: Item) -> str:
    if isinstance(item, BaseModel):
        return item.model_dump_json(by_alias=True)
    return json.dumps(item, ensure_ascii=False, default=str)


def show(items: Iterable[Item], json_lines: bool, columns: Mapping[str, Callable[[Any], object]], empty: str) -> None:
    """``columns``: heading → how to read it off an item. ``empty`` is said on stderr when there is nothing."""
    if json_lines:
        for item in items:
            print(as_json(item), flush=True)
        return
    rows: list[Sequence[str]] = [[_cell(read(item)) for read in columns.values()] for item in items]
    if not rows:
        say(empty)
        return
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for heading in columns:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    # A pipe has no width of its own: lines are not cut for it.
    Console(width=None if sys.stdout.isatty() else 240, highlight=False, markup=False).print(table)


def show_one(item: Item, json_lines: bool) -> None:
    """Everything about one thing: indented for people."""
    if json_lines:
        print(as_json(item))
    elif isinstance(item, BaseModel):
        print(item.model_dump_json(by_alias=True, indent=2))
    else:
        print(json.dumps(item, ensure_ascii=False, indent=2, default=str))


def say(text: str) -> None:
    """A message for the person at the terminal, kept apart from data."""
    print(text, file=sys.stderr, flush=True)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if hasattr(value, "isoformat"):
        return str(value.isoformat(timespec="seconds")).replace("+00:00", "Z")
    return str(value)
