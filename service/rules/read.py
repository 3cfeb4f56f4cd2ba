"""Text to a tree of dicts, lists and strings: within limits, without tags, aliases or repeated keys.

Every scalar is text, as it stands: by YAML's own reading ``language: no`` is a falsehood and ``phrase: 2024`` a number.
"""

import json
from typing import Any

import yaml

from service.contracts.rule import MAX_DEPTH, MAX_NODES
from service.errors import ConfigError

MAX_BYTES = 256 * 1024
MAX_NESTING = 2 * MAX_DEPTH + 4
"""A group is a mapping that holds a list, so a rule's depth counts twice here."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read(text: str) -> Any:
    """The tree that YAML or JSON ``text`` stands for. Raises ConfigError, one line, with the line of the trouble."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise ConfigError(f"rule: {size} bytes; a rule may have {MAX_BYTES}")
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str)
        except (json.JSONDecodeError, RecursionError):
            pass  # YAML's flow style begins alike, and says what is wrong
    try:
        _inspect(text)
        return _plain(yaml.compose(text, Loader=_Loader))
    except yaml.YAMLError as error:
        raise ConfigError(f"rule: {_where(error)}") from None
    except RecursionError:
        raise ConfigError(f"rule: nested deeper than {MAX_DEPTH}") from None


def _inspect(text: str) -> None:
    """Refuse what would grow or nest without end before anything is built of it."""
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_Loader)):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ConfigError(f"rule: line {line}: anchors and aliases are not taken; write it out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_NESTING:
            raise ConfigError(f"rule: line {line}: nested deeper than {MAX_DEPTH}")
        if nodes > 8 * MAX_NODES:
            raise ConfigError(f"rule: more than {MAX_NODES} nodes")


def _plain(node: Any) -> Any:
    if node is None:
        raise ConfigError("rule: empty; see docs for how to write one, e.g. actor: Q485207")
    if isinstance(node, yaml.MappingNode):
        return _once([(_key(key), _plain(value)) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _key(node: Any) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ConfigError(f"rule: line {node.start_mark.line + 1}: a key must be a word")
    return str(node.value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ConfigError(f'rule: "{key}" stands twice in one node; put one of them into another node')
        found[key] = value
    return found


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else str(problem)
