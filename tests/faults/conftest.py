"""Faults fall at random moments; the seed is printed, and WIREWATCH_FAULT_SEED repeats a run's choices."""

import os
import random

import pytest


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("WIREWATCH_FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
