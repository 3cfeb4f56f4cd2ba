"""JSON Schemas of what flows, generated from the contracts and committed beside this file.

``python -m service.contracts.schemas`` writes them anew. ``released/`` holds them as last released: what other people's
programs were written against. ``breaking`` says what a change would break for them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.contracts import Alert, Article, Delivery, Extraction, FeedEntry, Model, Subscription, WebhookBody

FOLDER = Path(__file__).parent
RELEASED = FOLDER / "released"
CONTRACTS: tuple[type[Model], ...] = (FeedEntry, Article, Extraction, Alert, Delivery, Subscription, WebhookBody)


def schema(contract: type[Model]) -> str:
    """The contract's JSON Schema (2020-12) as it is written, with the outside's field names."""
    made = contract.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def path(contract: type[Model], folder: Path = FOLDER) -> Path:
    return folder / f"{contract.__name__}.json"


def breaking(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What readers of ``old`` would miss in ``new``: one line a loss; empty when every old reader is served."""
    return list(_losses(old, new, old, new, "", frozenset()))


def _resolve(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found = root["$defs"][node["$ref"].rpartition("/")[2]]
        node = found if isinstance(found, dict) else {}
    return node


def _losses(
    old: dict[str, Any],
    new: dict[str, Any],
    old_root: dict[str, Any],
    new_root: dict[str, Any],
    where: str,
    seen: frozenset[str],
) -> Iterator[str]:
    name = old.get("$ref", "")
    if name in seen:
        return
    seen |= {name} if name else set()
    old, new = _resolve(old, old_root), _resolve(new, new_root)
    old_kinds, new_kinds = _kinds(old, old_root), _kinds(new, new_root)
    if new_kinds - old_kinds:
        yield f"{where or 'message'}: may now also be {', '.join(sorted(new_kinds - old_kinds))}"
    for field, before in old.get("properties", {}).items():
        here = f"{where}.{field}" if where else field
        if field not in new.get("properties", {}):
            yield f"{here}: gone"
            continue
        if field in old.get("required", ()) and field not in new.get("required", ()):
            yield f"{here}: no longer always there"
        yield from _losses(before, new["properties"][field], old_root, new_root, here, seen)
    if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
        yield from _losses(old["items"], new["items"], old_root, new_root, f"{where}[]", seen)


def _kinds(node: dict[str, Any], root: dict[str, Any]) -> set[str]:
    """The JSON types and constant values a node may be."""
    kinds: set[str] = set()
    for choice in node.get("anyOf", [node]):
        part = _resolve(choice, root)
        if "enum" in part:
            kinds |= {json.dumps(value) for value in part["enum"]}
        elif "const" in part:
            kinds.add(json.dumps(part["const"]))
        elif "type" in part:
            kinds.add(part["type"])
    return kinds
