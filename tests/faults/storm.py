"""A long storm: kills without end at random moments, of whatever is there, until there have been enough."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.actions import burst, die_at, freeze, kill_a_reading_process, kill_any
from tests.faults.broker_actions import freeze_broker, kill_broker
from tests.faults.checker import Limits
from tests.faults.dying import OVER_KAFKA, PLACES
from tests.faults.scenario import SPREAD, Action, Engine, Running, Scenario, Step
from tests.faults.system import SESSION

MIB = 1024 * 1024
PATIENCE = 60.0
"""Seconds after which the next blow falls although nothing has been told since the last."""
TWO = {"article_to_extraction": 2, "extraction_to_alert": 2, "alert_to_delivery": 2}


@dataclass
class Storm:
    """``blows`` of it. Half of the time it lets the system come so far as to tell something before the next one falls,
    half of the time it does not wait: the kill may meet a start."""

    blows: Sequence[Action]
    weights: Sequence[int]
    until: float
    fallen: int = 0
    _told: int = 0
    _since: float = field(default_factory=time.monotonic)

    def begin(self, running: Running) -> None:
        self._next(running)

    def _next(self, running: Running) -> None:
        self._told, self._since = running.told(), time.monotonic()
        if running.chance.random() < 0.5:
            running.later(running.chance.uniform(0.2, 2.5), self._blow)
        else:
            running.later(0.2, self._wait)

    def _wait(self, running: Running) -> None:
        if running.told() == self._told and time.monotonic() < self._since + PATIENCE:
            running.later(0.1, self._wait)
        else:
            running.later(running.chance.uniform(0.0, 1.0), self._blow)

    def _blow(self, running: Running) -> None:
        running.chance.choices(self.blows, self.weights)[0](running)
        self.fallen += 1
        if self.fallen < self.until:
            self._next(running)


def storm(engine: Engine, blows: int) -> Scenario:
    """So many blows, most of them kills, with steady load."""
    places: list[tuple[Action, int]] = [
        (die_at(place.stage, name, times), 1) for name, place in PLACES.items() for times in (1, 3)
    ]
    chosen = [(kill_any(0.1), 50), (kill_a_reading_process(), 15), (burst(5, 2), 2), *places]
    if engine == "kafka":
        chosen += [(die_at(place.stage, name, 2), 2) for name, place in OVER_KAFKA.items()]
        chosen += [(kill_broker(), 3), (freeze_broker(SESSION), 1)]
        chosen += [(freeze(stage, 2 * SESSION), 1) for stage in ("extraction_to_alert", "entry_to_article")]
    else:
        chosen += [(freeze("source_to_entry", 3), 1)]
    return Scenario(
        name=f"a storm of {blows}",
        engine=engine,
        seconds=1,
        steps=(Step(0.5, Storm([act for act, _ in chosen], [weight for _, weight in chosen], blows).begin),),
        rate=2.0,
        feeds=SPREAD,
        copies=TWO,
        brokers=1 if engine == "kafka" else 0,
        limits=Limits(gauges={"resident": 900 * MIB}),
        settle=300.0,
    )
