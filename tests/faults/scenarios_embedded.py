"""Faults of the embedded system: one process, which holds everything."""

from dataclasses import replace

from tests.faults.actions import (
    SECOND,
    burst,
    freeze,
    kill,
    kill_a_reading_process,
    kill_the_deliverer_when_it_is_answered,
    second_process,
)
from tests.faults.calm_kills import kills_after_calm
from tests.faults.checker import Limits
from tests.faults.dying import PLACES
from tests.faults.file_actions import die_while_folding, read_for_long, told_and_short_again
from tests.faults.observed import Observed
from tests.faults.scenario import Scenario, Step
from tests.faults.system import SESSION

MIB = 1024 * 1024
BOUNDED = Limits(gauges={"resident all": 900 * MIB, "wal": 64 * MIB})

KILLED = Scenario(
    name="killed at random moments and between two steps that belong together",
    engine="embedded",
    seconds=15,
    steps=tuple(Step(at, kill("source_to_entry")) for at in (1.5, 2.5, 6)),
    deaths={"all": tuple(PLACES)},
    limits=BOUNDED,
)


def refused(seen: Observed) -> list[str]:
    """The second process ended by itself, as a wrong configuration does."""
    codes = [one.value for one in seen.gauges if one.name == SECOND]
    return [] if codes == [2.0] else [f"a second process over the same files ended with {codes}, not with 2"]


TROUBLED = Scenario(
    name="a burst, a second process, frozen, readers killed, killed by its receiver",
    engine="embedded",
    seconds=18,
    steps=(
        Step(1, burst(10, 3)),
        Step(2, kill_a_reading_process()),
        Step(2, second_process()),
        Step(5, freeze("source_to_entry", 3)),
        Step(9, kill_the_deliverer_when_it_is_answered(2)),
        Step(15, kill_a_reading_process()),
    ),
    limits=BOUNDED,
    expects=refused,
)
FILES = Scenario(
    name="killed while its files are folded back, then somebody reads from them for long",
    engine="embedded",
    seconds=12,
    rate=6.0,
    feeds=6,
    steps=(Step(1, die_while_folding(5, read_for_long(8))),),
    limits=BOUNDED,
    expects=told_and_short_again,
)
"""Needs ``dying.tracer``."""
CALM = Scenario(
    name="single kills after calm: what is promised of the recovery",
    engine="embedded",
    seconds=10,
    rate=2.0,
    steps=(Step(10, kills_after_calm(("source_to_entry",) * 8, 10)),),
    limits=replace(BOUNDED, recovery=SESSION + 5),
)
SHORT = (KILLED, TROUBLED)
LONG = (*SHORT, FILES, CALM)
