"""What a process has to open, and what it says when it cannot do what it was chosen for."""

from pathlib import Path

import pytest

from service import needs
from service.errors import ConfigError
from service.needs import check_parts, database_lock, log_lock, needs_log, needs_storage
from service.settings import Settings
from service.topology import NAMES, PARTS, chosen


def settings(log: str = "embedded:", storage: str = "") -> Settings:
    return Settings.model_validate({"data": "/data", "log": {"url": log}, "storage": {"url": storage}})


def test_all_parts_are_chosen_when_none_is_named() -> None:
    assert chosen([]) == frozenset(PARTS)
    with pytest.raises(ValueError, match=r'no stage "spider"; stages are source_to_entry, .* and web is page and API'):
        chosen(["spider"])


@pytest.mark.parametrize(
    ("part", "log", "storage"),
    [
        ("source_to_entry", True, True),
        ("entry_to_article", True, False),
        ("article_to_extraction", True, False),
        ("extraction_to_alert", True, True),
        ("alert_to_delivery", False, True),
        ("web", False, True),
    ],
)
def test_a_part_opens_what_it_uses_and_nothing_else(part: str, log: bool, storage: bool) -> None:
    assert (needs_log({part}), needs_storage(settings(), {part})) == (log, storage)


def test_fetching_pages_takes_turns_with_other_processes_where_the_database_is_shared() -> None:
    shared = settings(storage="postgresql://user@host/name")
    assert needs_storage(shared, {"entry_to_article"})
    assert not needs_storage(shared, {"article_to_extraction"})


def test_who_writes_to_a_file_holds_its_lock_and_who_only_looks_does_not() -> None:
    assert log_lock(settings(), {"entry_to_article"}) == Path("/data/log.lock")
    assert database_lock(settings(), {"alert_to_delivery"}) == Path("/data/wirewatch.lock")
    assert database_lock(settings(), {"web", "entry_to_article"}) is None
    assert log_lock(settings("kafka://h:9092"), NAMES) is None
    assert database_lock(settings(storage="postgresql://h/w"), NAMES) is None


def test_a_stage_whose_packages_are_missing_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "find_spec", lambda name: None if name == "spacy" else object())
    check_parts(settings(), {"source_to_entry", "alert_to_delivery", "web"})
    with pytest.raises(ConfigError, match="article_to_extraction: spacy is not installed") as told:
        check_parts(settings(), PARTS)
    assert "\n" not in str(told.value)


def test_a_log_in_memory_cannot_be_shared() -> None:
    check_parts(settings("memory:"), PARTS)
    check_parts(settings("memory:"), {"web"})
    with pytest.raises(ConfigError, match=r"log.url = kafka://… and storage.url = postgresql://"):
        check_parts(settings("memory:"), {"source_to_entry"})
