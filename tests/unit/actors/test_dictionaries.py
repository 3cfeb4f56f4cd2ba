"""Without a dictionary a language's names are still found, in their basic form, and somebody says so."""

from collections.abc import Iterator

import pymorphy3
import pytest
from structlog.testing import capture_logs

from service.actors.forms import slavic


@pytest.fixture
def forgotten() -> Iterator[None]:
    caches = (slavic.analyzer, slavic.parses)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_a_missing_dictionary_is_said_once_and_costs_only_the_case_forms(
    monkeypatch: pytest.MonkeyPatch, forgotten: None
) -> None:
    def missing(lang: str) -> None:
        raise ValueError(f"Can't find a dictionary for language {lang!r}")

    monkeypatch.setattr(pymorphy3, "MorphAnalyzer", missing)
    with capture_logs() as lines:
        assert slavic.readings("Київ", "uk", "noun") == []
        assert slavic.readings("Одеса", "uk", "noun") == []
    assert [line["cure"] for line in lines] == ["wirewatch[uk]"]
