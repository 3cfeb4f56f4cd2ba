"""Runs a scenario and checks what came of it."""

import heapq
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from tests.faults.checker import check, recoveries
from tests.faults.history import History, events
from tests.faults.observed import Observed, observed
from tests.faults.receiver import Receiver
from tests.faults.scenario import Action, Outcome, Scenario
from tests.faults.settling import settle, write_down
from tests.faults.system import System, distributed, together
from tests.faults.watching import watched
from tests.faults.wire import Wire
from tests.parts.kafka import Cluster, kafka
from tests.parts.postgres import Postgres

PASSAGES = 3
WARM = 300.0
"""Seconds for the first items to be told: the system starts, on a machine with other work."""


@dataclass
class Run:
    """A scenario under way."""

    system: System
    wire: Wire
    receiver: Receiver
    cluster: Cluster | None
    chance: random.Random
    _due: list[tuple[float, int, Action]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def later(self, seconds: float, act: Action) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._numbers), act))

    def told(self) -> int:
        return len(self.receiver.deliveries)

    def act(self) -> None:
        """What is due; and the supervisor's round."""
        while self._due and self._due[0][0] <= time.monotonic():
            heapq.heappop(self._due)[2](self)
        self.system.look_after()

    @property
    def idle(self) -> bool:
        return not self._due

    def dying(self, since: float) -> bool:
        """Some process has still a death before it; AssertionError when it does not come by there for long. ``since``:
        when the last step was done."""
        left = {one.name: one.deaths for one in self.system.workers.values() if one.deaths}
        assert not left or time.monotonic() < since + WARM, f"never came by: {left}"
        return bool(left)


@dataclass(frozen=True)
class Parts:
    """Servers that runs may share; None: not to be had, or not needed."""

    cluster: Cluster | None = None
    database: Postgres | None = None


def run(scenario: Scenario, parts: Parts, seed: int) -> Outcome:
    """The scenario from its start to its verdict. Where something is wrong, the folder stays: history, logs, data."""
    folder = Path(tempfile.mkdtemp(prefix="wirewatch-faults-"))
    print(f"{scenario.name} on {scenario.engine}, seed {seed}, in {folder}", flush=True)
    outcome = _run(scenario, parts, folder, seed)
    print(replace(outcome, wrong=()), flush=True)
    if not outcome.wrong:
        shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _run(scenario: Scenario, parts: Parts, folder: Path, seed: int) -> Outcome:
    history = History(folder / "history.jsonl")
    chance = random.Random(seed)
    with ExitStack() as stack:
        stack.callback(history.close)
        receiver = stack.enter_context(Receiver(history).open())
        feeds = tuple(f"feed{number}" for number in range(1, scenario.feeds + 1))
        wire = stack.enter_context(Wire(history, feeds, 0.0, random.Random(seed)).open())
        system, cluster = stack.enter_context(_system(scenario, parts, folder, history))
        running = Run(system, wire, receiver, cluster, chance)
        system.prepare(wire, receiver)
        for name, places in scenario.deaths.items():
            system.workers[name].deaths = [(place, PASSAGES, "KILL") for place in places]
        for worker in system.workers.values():
            worker.start()
        stack.enter_context(watched(system))
        _warm(running)
        _load(running, scenario)
        come_to_rest = settle(system, wire, scenario.settle)
        told = "" if come_to_rest else "\n".join(f"{one.name}: {one.told()}" for one in system.workers.values())
        system.stop()
        write_down(system, wire)
    seen = observed(events(history.path))
    return verdict(scenario, seen, come_to_rest, told)


@contextmanager
def _system(
    scenario: Scenario, parts: Parts, folder: Path, history: History
) -> Iterator[tuple[System, Cluster | None]]:
    with ExitStack() as stack:
        if scenario.engine == "embedded":
            yield stack.enter_context(together(folder, history, **scenario.settings)), None
            return
        assert parts.database is not None
        cluster = stack.enter_context(kafka(nodes=scenario.brokers)) if scenario.brokers else parts.cluster
        assert cluster is not None
        url, database = cluster.fresh_url(), parts.database.database()
        made = distributed(folder, history, url, database, scenario.copies, scenario.settings)
        system = stack.enter_context(made)
        for name, group in scenario.groups.items():
            system.workers[name].group = group
        for name, program in scenario.programs.items():
            system.workers[name].program = program
        yield system, cluster


def _warm(running: Run) -> None:
    """One item in every feed, told: from here on a feed's items go out in its order."""
    wire, deadline = running.wire, time.monotonic() + WARM
    for feed in wire.feeds:
        wire.publish(feed)
    while running.told() < len(wire.feeds) or not _polled(running):
        running.act()
        if time.monotonic() > deadline:
            workers = "\n".join(f"{one.name}: {one.told()}" for one in running.system.workers.values())
            raise AssertionError(f"nothing was told within {WARM:g} s of the start\n{workers}")
        time.sleep(0.1)


def _polled(running: Run) -> bool:
    """Every feed's first poll has been kept; killed before that, the next one is a first again, newest first."""
    return bool(running.system.rows("SELECT count(DISTINCT source_id) FROM entries") == [(len(running.wire.feeds),)])


def _load(running: Run, scenario: Scenario) -> None:
    for step in scenario.steps:
        running.later(step.at, step.act)
    running.wire.silent = lambda: running.wire.originals - len(running.receiver.items) > scenario.ahead
    running.wire.rate = scenario.rate
    busy = end = time.monotonic() + scenario.seconds
    while time.monotonic() < end or not running.idle or running.dying(busy):
        running.act()
        if not running.idle:
            busy = time.monotonic()
        time.sleep(0.02)
    running.wire.rate = 0.0


def verdict(scenario: Scenario, seen: Observed, come_to_rest: bool, told: str) -> Outcome:
    """The verdict over a history."""
    found = check(seen, scenario.limits)
    wrong = [f"{one.invariant}: {one.what}" for one in found] + scenario.expects(seen)
    if not come_to_rest:
        wrong.append(f"it did not come to rest within {scenario.settle:g} s\n{told}")
    deliveries = {one.delivery for one in seen.received}
    return Outcome(
        scenario=scenario.name,
        engine=scenario.engine,
        wrong=tuple(wrong),
        kills=sum(fault.what == "killed" for fault in seen.faults),
        articles=len(seen.served),
        lost=sum(one.invariant == "I1" for one in found),
        doubled=sum(one.invariant == "I2" for one in found),
        repeats=len(seen.received) - len(deliveries),
        worst_recovery=max(recoveries(seen), default=0.0),
    )
