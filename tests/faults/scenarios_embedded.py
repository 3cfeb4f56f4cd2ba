"""Faults of the embedded system: one process, which holds everything."""

from tests.faults.actions import (
    burst,
    die_at,
    freeze,
    kill,
    kill_a_reading_process,
    kill_the_deliverer_when_it_is_answered,
)
from tests.faults.checker import Limits
from tests.faults.dying import PLACES
from tests.faults.scenario import Scenario, Step

MIB = 1024 * 1024
BOUNDED = Limits(gauges={"resident all": 900 * MIB, "wal": 64 * MIB})

SHORT = (
    Scenario(
        name="killed at random moments",
        engine="embedded",
        seconds=30,
        steps=tuple(Step(at, kill("source_to_entry")) for at in (1.5, 4, 9, 13.3, 20, 22.7)),
        limits=BOUNDED,
    ),
    Scenario(
        name="killed between two steps that belong together",
        engine="embedded",
        seconds=8 * len(PLACES) - 8,
        steps=tuple(Step(8 * number + 1, die_at("source_to_entry", place, 2)) for number, place in enumerate(PLACES)),
        limits=BOUNDED,
    ),
    Scenario(
        name="bursts, frozen, readers killed, killed by its receiver",
        engine="embedded",
        seconds=25,
        steps=(
            Step(1, burst(10, 3)),
            Step(2, kill_a_reading_process()),
            Step(6, freeze("source_to_entry", 4)),
            Step(12, kill_the_deliverer_when_it_is_answered(3)),
            Step(20, kill_a_reading_process()),
        ),
        limits=BOUNDED,
    ),
)
