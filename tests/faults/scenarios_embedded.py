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

KILLED = Scenario(
    name="killed at random moments and between two steps that belong together",
    engine="embedded",
    seconds=10 + 5 * len(PLACES),
    steps=(
        *(Step(at, kill("source_to_entry")) for at in (1.5, 2.5, 6)),
        *(Step(10 + 5 * number, die_at("source_to_entry", place, 1)) for number, place in enumerate(PLACES)),
    ),
    limits=BOUNDED,
)
TROUBLED = Scenario(
    name="bursts, frozen, readers killed, killed by its receiver",
    engine="embedded",
    seconds=18,
    steps=(
        Step(1, burst(10, 3)),
        Step(2, kill_a_reading_process()),
        Step(5, freeze("source_to_entry", 3)),
        Step(9, kill_the_deliverer_when_it_is_answered(2)),
        Step(15, kill_a_reading_process()),
    ),
    limits=BOUNDED,
)
SHORT = (KILLED, TROUBLED)
LONG = SHORT
