"""The schemas that other programs rely on are committed, true, and not broken by a change."""

import copy
import json
from typing import Any

import pytest

from service.contracts import Extraction, Model
from service.contracts.schemas import CONTRACTS, RELEASED, breaking, path, schema


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.__name__)
def test_the_committed_schema_is_what_the_contract_says(contract: type[Model]) -> None:
    assert path(contract).read_text(encoding="utf-8") == schema(contract), "run `make schemas`"


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.__name__)
def test_readers_of_the_released_schema_are_still_served(contract: type[Model]) -> None:
    released = json.loads(path(contract, RELEASED).read_text(encoding="utf-8"))
    assert breaking(released, json.loads(schema(contract))) == []


def changed(change: str) -> dict[str, Any]:
    made = json.loads(schema(Extraction))
    mention = made["$defs"]["Mention"]
    if change == "field gone":
        del mention["properties"]["actor"]
    elif change == "renamed":
        mention["properties"]["actor_id"] = mention["properties"].pop("actor")
    elif change == "new kind of value":
        mention["properties"]["kind"]["enum"].append("event")
    elif change == "optional":
        made["required"].remove("id")
    elif change == "field added":
        mention["properties"]["note"] = {"type": "string"}
    return dict(made)


@pytest.mark.parametrize(
    ("change", "loss"),
    [
        ("field gone", "mentions[].actor: gone"),
        ("renamed", "mentions[].actor: gone"),
        ("new kind of value", 'mentions[].kind: may now also be "event"'),
        ("optional", "id: no longer always there"),
    ],
)
def test_a_change_that_takes_something_from_readers_is_named(change: str, loss: str) -> None:
    assert loss in breaking(json.loads(schema(Extraction)), changed(change))


def test_a_new_field_breaks_nobody() -> None:
    old = json.loads(schema(Extraction))
    assert breaking(copy.deepcopy(old), changed("field added")) == []
