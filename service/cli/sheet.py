"""Everything about one thing, for people: a line a field, what belongs to it indented below. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

STEP = "  "
NOTHING = "–"
LONG = 100
"""Characters of a list that still fits behind its name."""
EVIDENCE = {"start", "end", "exact", "prefix", "suffix"}
TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|\+00:00)")
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing."""


def sheet(item: Mapping[str, Any]) -> str:
    """``item``: as JSON has it. Empty fields are left out; texts of several lines stand below their name."""
    return "\n".join(_fields(item, ""))


def _fields(item: Mapping[str, Any], indent: str) -> Iterator[str]:
    shown = {str(key).replace("_", " "): value for key, value in item.items() if not _empty(value)}
    for name, value in shown.items():
        line = _line(value)
        if line is not None:
            yield f"{indent}{safe(name)}: {line}"
        else:
            yield f"{indent}{safe(name)}:"
            yield from _below(value, indent + STEP)


def _below(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _fields(value, indent)
    elif isinstance(value, str):
        yield from (f"{indent}{safe(line)}" for line in value.splitlines())
    else:
        for one in value:
            line = _line(one)
            inner = [line] if line is not None else [text.removeprefix(indent) for text in _below(one, indent)]
            for number, text in enumerate(inner or [NOTHING]):
                yield f"{indent}{'- ' if number == 0 else STEP}{text}"


def _line(value: Any) -> str | None:
    """The value where one line tells it, else None."""
    if isinstance(value, Mapping):
        return _in_context(value) if set(value) == EVIDENCE else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [None if isinstance(one, (Mapping, list, tuple)) else _line(one) for one in value]
        joined = ", ".join(part for part in parts if part is not None)
        return joined if None not in parts and len(joined) <= LONG else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if found := TIME.fullmatch(text):
        return f"{found[1]} {found[2]} UTC"
    return None if "\n" in text.strip() else safe(text.strip())


def _in_context(evidence: Mapping[str, Any]) -> str:
    words = f"…{evidence['prefix']}[{evidence['exact']}]{evidence['suffix']}…"
    return f"{safe(' '.join(words.split()))} ({evidence['start']}–{evidence['end']})"


def _empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, (Mapping, list, tuple)) and not value)


def safe(text: str) -> str:
    """Without what could steer a terminal: these characters are written out."""
    return "".join(
        sign if sign not in TURNS and unicodedata.category(sign) not in ("Cc", "Cs") else f"\\u{ord(sign):04x}"
        for sign in text
    )
