"""Faults of the distributed system: every stage by itself, over Kafka and PostgreSQL."""

from dataclasses import replace

from tests.faults.actions import (
    ZOMBIES,
    burst,
    freeze,
    freeze_at,
    join,
    kill_a_reading_process,
    kill_any,
    kill_the_deliverer_when_it_is_answered,
)
from tests.faults.broker_actions import freeze_broker, kill_all_brokers, kill_broker, kill_leader, restart_brokers
from tests.faults.calm_kills import kills_after_calm
from tests.faults.checker import Limits
from tests.faults.dying import IN_HAND, OVER_KAFKA, PLACES
from tests.faults.observed import Observed
from tests.faults.scenario import SPREAD, Scenario, Step
from tests.faults.system import SESSION, STAGES

MIB = 1024 * 1024
BEYOND = 1.5 * SESSION
BOUNDED = Limits(gauges={"resident": 900 * MIB})
TWO = {"entry_to_article": 2, "extraction_to_alert": 2, "alert_to_delivery": 2}


def frozen(*then: Step) -> tuple[Step, ...]:
    """Two stages have a process each that is taken for dead, at the same time; then the rest."""
    (fenced, one), (free, other) = IN_HAND.items()
    return Step(1, freeze_at(other.stage, free, BEYOND)), Step(1, freeze_at(one.stage, fenced, BEYOND, then))


def zombies(seen: Observed) -> list[str]:
    """A process that was taken for dead has dropped what others had done meanwhile: the database would not have it."""
    counted = [one.value for one in seen.gauges if one.name == f"{ZOMBIES} extraction_to_alert"]
    return [] if sum(counted) else [f"{ZOMBIES}: {counted}, though a process was frozen beyond its session"]


PROCESSES = Scenario(
    name="processes frozen beyond their session, killed, coming and going",
    engine="kafka",
    seconds=30,
    copies=TWO,
    feeds=SPREAD,
    steps=(
        Step(0.5, burst(10, 2)),
        *frozen(
            Step(0, join("extraction_to_alert", 8)),
            Step(2, kill_a_reading_process()),
            Step(4, kill_the_deliverer_when_it_is_answered(2)),
            *(Step(at, kill_any()) for at in (6, 7.5, 9)),
        ),
    ),
    deaths={
        f"{stage}-1": tuple(name for name, place in (PLACES | OVER_KAFKA).items() if place.stage == stage)
        for stage in STAGES
    },
    limits=BOUNDED,
    expects=zombies,
)
BROKERS = Scenario(
    name="three brokers: leader killed, one frozen, all restarted in turn",
    engine="kafka",
    seconds=30,
    brokers=3,
    steps=(Step(2, kill_leader("entries")), Step(11, freeze_broker(SESSION)), Step(20, restart_brokers(5))),
    limits=BOUNDED,
)

RANDOM = Scenario(
    name="killed at random moments",
    engine="kafka",
    seconds=60,
    copies=TWO,
    feeds=SPREAD,
    steps=tuple(Step(2.5 * number, kill_any()) for number in range(1, 22)),
    limits=BOUNDED,
)
FROZEN = Scenario(
    name="frozen beyond the session with work in hand",
    engine="kafka",
    seconds=90,
    copies=TWO,
    feeds=SPREAD,
    steps=(
        *frozen(*frozen(*frozen())),
        *(Step(20.0 * number, freeze("alert_to_delivery", 2 * SESSION)) for number in range(4)),
        *(Step(20.0 * number, freeze("article_to_extraction", 2 * SESSION)) for number in range(4)),
    ),
    limits=BOUNDED,
    expects=zombies,
)
STORM_OF_MEMBERS = Scenario(
    name="members join and leave every three seconds for five minutes",
    engine="kafka",
    seconds=300,
    copies=TWO,
    feeds=SPREAD,
    steps=tuple(Step(3 * number, join("extraction_to_alert", 8)) for number in range(98)),
    limits=BOUNDED,
)
ONE_BROKER = Scenario(
    name="the only broker is killed again and again",
    engine="kafka",
    seconds=150,
    brokers=1,
    steps=tuple(Step(3 + 14 * number, kill_broker()) for number in range(10)),
    limits=BOUNDED,
)
ALL_DOWN = Scenario(
    name="all brokers are down for ten minutes",
    engine="kafka",
    seconds=660,
    brokers=3,
    ahead=3000,
    steps=(Step(5, kill_all_brokers(600)),),
    limits=replace(BOUNDED, recovery=60),
)
LEADERS = Scenario(
    name="three brokers: leaders killed, one frozen, all restarted in turn",
    engine="kafka",
    seconds=150,
    brokers=3,
    steps=(
        *(Step(3 + 15 * number, kill_leader(topic)) for number, topic in enumerate(("entries", "articles") * 2)),
        Step(70, freeze_broker(30)),
        Step(110, restart_brokers(8)),
    ),
    limits=BOUNDED,
)
BURST = Scenario(
    name="ten times the load for half a minute",
    engine="kafka",
    seconds=60,
    ahead=2000,
    steps=(Step(5, burst(10, 30)),),
    limits=BOUNDED,
)
CALM = Scenario(
    name="single kills after calm: what is promised of the recovery",
    engine="kafka",
    seconds=10,
    rate=2.0,
    copies=dict.fromkeys(STAGES[1:], 2),
    feeds=SPREAD,
    steps=(Step(10, kills_after_calm(STAGES * 2, 10)),),
    limits=replace(BOUNDED, recovery=SESSION + 5),
)
SHORT = (PROCESSES, BROKERS)
LONG = (*SHORT, CALM, RANDOM, FROZEN, STORM_OF_MEMBERS, ONE_BROKER, ALL_DOWN, LEADERS, BURST)
