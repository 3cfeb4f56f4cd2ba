"""Faults fall at random moments; the seed is printed, and WIREWATCH_FAULT_SEED repeats a run's choices. What is put
into one part is tried on both engines."""

import os
import random

import pytest

from tests.faults.engines import engine_settings


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("WIREWATCH_FAULT_SEED") or random.SystemRandom().randrange(1_000_000))


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings of the engine that ``engines`` names."""
    return engine_settings(request.param, request)
