"""Faults fall at random moments; the seed is printed, and WIREWATCH_FAULT_SEED repeats a run's choices."""

import os
import random

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those that are marked long run with ``make soak`` only (WIREWATCH_FAULTS_LONG)."""
    if os.environ.get("WIREWATCH_FAULTS_LONG"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("WIREWATCH_FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
