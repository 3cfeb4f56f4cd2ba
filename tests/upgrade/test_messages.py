"""Messages as an earlier wirewatch wrote them (``messages/``) are read by this one, and those of a later one too.

What stands there is never changed, only added to: a topic keeps its messages longer than an upgrade takes.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Alert, Article, Extraction, FeedEntry, Message, Model, PollState, Subscription
from service.errors import Invalid
from service.log import Position, Record, StoredRecord
from service.log.memory import MemoryLog
from service.stage import Batch, marks, read_dead_letters
from service.stage.decode import decode
from service.storage import open_storage
from service.topology import TOPICS

FOLDER = Path(__file__).parent / "messages"
IN_TOPICS: dict[str, type[Message]] = {"entries": FeedEntry, "articles": Article, "extractions": Extraction}
IN_THE_DATABASE: dict[str, type[Model]] = {"alert": Alert, "subscription": Subscription, "poll_state": PollState}


def stored(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def record(message: dict[str, Any]) -> StoredRecord:
    return StoredRecord("topic", 0, 0, "key", json.dumps(message).encode(), {}, 1_767_225_600_000)


def kept(old: Any, new: Any, where: str = "") -> list[str]:
    """Where ``new`` does not say what ``old`` did."""
    if isinstance(old, dict):
        return [fault for key in old for fault in kept(old[key], new.get(key, "gone"), f"{where}.{key}")]
    if isinstance(old, list):
        faults = [] if len(old) == len(new) else [f"{where}: {len(old)} became {len(new)}"]
        return faults + [fault for a, b in zip(old, new, strict=False) for fault in kept(a, b, f"{where}[]")]
    return [] if old == new else [f"{where}: {old!r} became {new!r}"]


def test_every_topic_has_an_example() -> None:
    assert set(IN_TOPICS) == set(TOPICS)


@pytest.mark.parametrize("topic", IN_TOPICS)
def test_a_message_of_an_earlier_version_is_read_with_all_that_it_says(topic: str) -> None:
    message = decode(record(stored(topic)), IN_TOPICS[topic])
    assert kept(stored(topic), json.loads(message.to_json())) == []


@pytest.mark.parametrize("name", IN_THE_DATABASE)
def test_what_an_earlier_version_kept_is_read_with_all_that_it_says(name: str) -> None:
    found = IN_THE_DATABASE[name].model_validate(stored(name))
    assert kept(stored(name), json.loads(found.model_dump_json(by_alias=True))) == []


def places(node: Any) -> list[dict[str, Any]]:
    """Every object in a message; ``extractors`` is a table and has no fields."""
    inner = node if isinstance(node, list) else ()
    if isinstance(node, dict):
        inner = [value for key, value in node.items() if key != "extractors"]
    return ([node] if isinstance(node, dict) else []) + [one for part in inner for one in places(part)]


@pytest.mark.parametrize("topic", IN_TOPICS)
def test_fields_that_a_later_version_adds_anywhere_are_no_obstacle(topic: str) -> None:
    later = stored(topic)
    for place in places(later):
        place["added_later"] = {"with": ["anything"]}
    assert decode(record(later), IN_TOPICS[topic]) == decode(record(stored(topic)), IN_TOPICS[topic])


@pytest.mark.parametrize("topic", IN_TOPICS)
def test_fields_that_an_earlier_version_did_not_have_are_no_obstacle(topic: str) -> None:
    """All that has a default may be missing: it is what came later."""
    kind = IN_TOPICS[topic]
    earlier = {
        name: value
        for name, value in stored(topic).items()
        if any(name in (field, info.alias) and info.is_required() for field, info in kind.model_fields.items())
    }
    assert len(earlier) < len(stored(topic))
    decode(record(earlier), kind)


@pytest.mark.parametrize("topic", IN_TOPICS)
def test_what_a_message_cannot_be_without_is_missed(topic: str) -> None:
    less = stored(topic)
    del less["first_seen_at"]
    with pytest.raises(Invalid, match="first_seen_at"):
        decode(record(less), IN_TOPICS[topic])


async def test_an_extraction_of_an_earlier_version_still_raises_its_alert(tmp_path: Path) -> None:
    extraction = decode(record(stored("extractions")), Extraction)
    async with open_storage("", tmp_path) as storage:
        await storage.subscriptions.add(Subscription.model_validate(stored("subscription")))
        await ExtractionToAlert(storage).handle(Batch("extractions", 0, 0, 1, (extraction,)))
        (alert,) = (await storage.alerts.list()).items
    assert kept(stored("alert")["why"], json.loads(alert.model_dump_json(by_alias=True))["why"]) == []


async def test_a_dead_letter_of_an_earlier_version_is_read_with_all_that_it_says() -> None:
    """It is kept for a month: longer than any other message, and replayed when its cause is cured."""
    written = stored("dead_letter")
    async with MemoryLog(partitions=1) as log:
        for payload, headers in ((written["payload"].encode(), written["headers"]), (b"", written["mark"])):
            await log.append("articles.dead", [Record(written["key"], payload, headers)])
        (letter,) = [one async for one in read_dead_letters(log)]
        replayed = await marks(log)
    assert (letter.id, letter.topic, letter.key) == ("articles.dead/0/0", "articles", "s1")
    assert (letter.stage, letter.type, letter.attempts) == ("article_to_extraction", "Invalid", 3)
    assert letter.origin == Position("articles", 2, 41)
    assert letter.error.startswith("not a Article")
    assert letter.first_seen_at == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
    assert letter.at == datetime(2026, 11, 20, 8, 15, 2, 250_000, UTC)
    assert letter.payload == written["payload"].encode()
    assert letter.headers.keys() == {"traceparent", "replays"}, "what was the message's own"
    assert (replayed[letter.id].to, replayed[letter.id].at) == (
        "articles/2/57",
        datetime(2026, 11, 21, 9, tzinfo=UTC),
    )
