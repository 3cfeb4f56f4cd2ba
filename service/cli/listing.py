"""Print what a command found: a table for people, one JSON object a line for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, NoReturn

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from service.cli.sheet import sheet

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Item = BaseModel | Mapping[str, Any]
Columns = Mapping[str, Callable[[Any], object]]
UNBOUNDED = 240
"""Characters a line of a table may have in a pipe, which has no width of its own."""

BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Characters that JSON leaves as they are in its strings, though many readers end a line at them."""


class Screen(Console):
    """Standard output for people."""

    def __init__(self) -> None:
        super().__init__(width=None if sys.stdout.isatty() else UNBOUNDED, highlight=False, markup=False)

    def on_broken_pipe(self) -> NoReturn:
        """A reader that has gone is told to the command, which ends well."""
        raise BrokenPipeError


def as_json(item: Item) -> str:
    """One line, however it is split."""
    if isinstance(item, BaseModel):
        return item.model_dump_json(by_alias=True).translate(BREAKS)
    return json.dumps(item, ensure_ascii=False, default=str).translate(BREAKS)


def show(items: Iterable[Item], json_lines: bool, columns: Columns, empty: str) -> None:
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
    Screen().print(table)


def show_one(item: Item, json_lines: bool) -> None:
    """Everything about one thing: a sheet for people."""
    if json_lines:
        print(as_json(item))
    else:
        print(sheet(item.model_dump(mode="json", by_alias=True) if isinstance(item, BaseModel) else _as_read(item)))


def _as_read(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """As JSON has it."""
    read: Mapping[str, Any] = json.loads(json.dumps(item, ensure_ascii=False, default=str))
    return read


def say(text: str) -> None:
    """A message for the person at the terminal, kept apart from data."""
    print(text, file=sys.stderr, flush=True)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return str(value)
