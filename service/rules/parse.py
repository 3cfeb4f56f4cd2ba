"""A tree of dicts and lists to a checked ``Rule``; every error names the place in the rule and what was expected."""

import difflib
import re
import unicodedata
from collections.abc import Callable
from typing import Any, get_args

from pydantic import ValidationError

from service.contracts import Rule, Within
from service.contracts.rule import ATOMS, GROUPS, MAX_DEPTH, MAX_NODES, Role
from service.errors import ConfigError, WirewatchError
from service.rules.read import read

Resolve = Callable[[str], str]
"""An actor's id or unambiguous name to its id; raises a WirewatchError that lists the candidates."""

KEYS = (*GROUPS, *ATOMS, "role", "within")
MAX_TEXT = 1000
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def parse_rule(text: str, resolve: Resolve) -> Rule:
    """The rule that YAML or JSON ``text`` stands for. Raises ConfigError: one line, with the path in the rule."""
    return parse_tree(read(text), resolve)


def parse_tree(tree: Any, resolve: Resolve) -> Rule:
    """As ``parse_rule``, for what has been read already (a request's JSON body)."""
    counter = _Counter()
    rule = _node(tree, "", 0, resolve, counter)
    if not rule.has_positive():
        raise ConfigError(
            "rule: it needs one positive atom (actor, pair, phrase, language or source) in each branch of any; "
            "this one would match nearly everything"
        )
    return rule


class _Counter:
    def __init__(self) -> None:
        self.nodes = 0

    def one_more(self) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise ConfigError(f"rule: more than {MAX_NODES} nodes")


def _node(tree: Any, path: str, depth: int, resolve: Resolve, counter: _Counter) -> Rule:
    counter.one_more()
    if depth > MAX_DEPTH:
        raise ConfigError(f"{_at(path)}: nested deeper than {MAX_DEPTH}")
    if not isinstance(tree, dict):
        raise ConfigError(f"{_at(path)}: {_shown(tree)} is no node; expected e.g. actor: Q485207")
    fields: dict[str, Any] = {}
    for key, value in tree.items():
        place = f"{path}.{key}" if path else str(key)
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, n=1)
            hint = f'; did you mean "{near[0]}"?' if near else f"; expected one of {', '.join(KEYS)}"
            raise ConfigError(f'{_at(path)}: unknown key "{key}"{hint}')
        if key in GROUPS:
            if not isinstance(value, list):
                raise ConfigError(f"{_at(place)}: {_shown(value)} is no list; put - before each of its nodes")
            fields[key] = tuple(
                _node(child, f"{place}[{index}]", depth + 1, resolve, counter) for index, child in enumerate(value)
            )
        else:
            fields[key] = _value(key, value, place, resolve)
    try:
        return Rule(**fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ConfigError(f"{_at(path)}: {first['msg'].removeprefix('Value error, ')}") from None


def _value(key: str, value: Any, place: str, resolve: Resolve) -> Any:
    if key == "pair":
        if not isinstance(value, list) or len(value) != 2:
            raise ConfigError(f"{_at(place)}: {_shown(value)} is no pair; write pair: [Kazakhstan, Russia]")
        first, second = (
            _actor(_text(name, f"{place}[{index}]"), f"{place}[{index}]", resolve) for index, name in enumerate(value)
        )
        return first, second
    text = _text(value, place)
    if key == "actor":
        return _actor(text, place, resolve)
    if key in ("role", "within"):
        known = get_args(Role if key == "role" else Within)
        if text not in known:
            raise ConfigError(f'{_at(place)}: "{text}" is none; expected one of {", ".join(known)}')
    elif key == "language":
        text = text.lower()
        if not _LANGUAGE.fullmatch(text):
            raise ConfigError(f'{_at(place)}: "{text}" is no language code; write de, ru, zh')
    elif key == "phrase" and not any(character.isalnum() for character in text):
        raise ConfigError(f'{_at(place)}: "{text}" has no letter or digit to look for')
    return text


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{_at(place)}: {_shown(value)} where one piece of text is expected")
    text = unicodedata.normalize("NFC", value.strip())
    if len(text) > MAX_TEXT:
        raise ConfigError(f"{_at(place)}: {len(text)} characters; {MAX_TEXT} are allowed")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ConfigError(f"{_at(place)}: half of a surrogate pair; write the character itself") from None
    return text


def _actor(name: str, place: str, resolve: Resolve) -> str:
    try:
        return resolve(name)
    except WirewatchError as error:
        raise ConfigError(f"{_at(place)}: {error}") from None


def _at(path: str) -> str:
    return f"rule: {path}" if path else "rule"


def _shown(value: Any) -> str:
    text = str(value)
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
