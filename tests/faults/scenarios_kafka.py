"""Faults of the distributed system: every stage by itself, over Kafka and PostgreSQL."""

from tests.faults.actions import (
    burst,
    die_at,
    freeze,
    join,
    kill_a_reading_process,
    kill_any,
    kill_the_deliverer_when_it_is_answered,
)
from tests.faults.broker_actions import freeze_broker, kill_all_brokers, kill_broker, kill_leader, restart_brokers
from tests.faults.checker import Limits
from tests.faults.dying import OVER_KAFKA, PLACES
from tests.faults.scenario import Scenario, Step
from tests.faults.system import SESSION

MIB = 1024 * 1024
BOUNDED = Limits(gauges={"resident": 900 * MIB})
TWO = {"extraction_to_alert": 2, "alert_to_delivery": 2}

WORKERS = Scenario(
    name="killed at random moments",
    engine="kafka",
    seconds=30,
    copies=TWO,
    steps=(
        *(Step(at, kill_any()) for at in (1.5, 4, 6, 9, 12.3, 15, 20, 22.7, 25)),
        Step(11, kill_a_reading_process()),
        Step(17, kill_the_deliverer_when_it_is_answered(2)),
    ),
    limits=BOUNDED,
)
PLACE_BY_PLACE = Scenario(
    name="killed between two steps that belong together",
    engine="kafka",
    seconds=30,
    steps=(
        *(Step(1 + 0.2 * number, die_at(place.stage, name, 2)) for number, (name, place) in enumerate(PLACES.items())),
        *(Step(16, die_at(place.stage, name, 2)) for name, place in OVER_KAFKA.items()),
    ),
    limits=BOUNDED,
)
ZOMBIE = Scenario(
    name="frozen beyond the session, members come and go",
    engine="kafka",
    seconds=30,
    copies=TWO,
    steps=(
        Step(1, burst(10, 3)),
        Step(2, freeze("extraction_to_alert", 2 * SESSION)),
        Step(3, freeze("entry_to_article", 2 * SESSION)),
        Step(4, freeze("alert_to_delivery", 2 * SESSION)),
        *(Step(10 + 3 * number, join("extraction_to_alert", 9)) for number in range(4)),
        Step(16, join("entry_to_article", 8)),
    ),
    limits=BOUNDED,
)
ONE_BROKER = Scenario(
    name="its only broker is killed, frozen, gone for a while",
    engine="kafka",
    seconds=50,
    brokers=1,
    steps=(Step(3, kill_broker()), Step(20, freeze_broker(SESSION * 1.5)), Step(35, kill_all_brokers(15))),
    limits=BOUNDED,
)
THREE_BROKERS = Scenario(
    name="three brokers: leaders are killed, all restarted in turn, one frozen",
    engine="kafka",
    seconds=60,
    brokers=3,
    steps=(
        Step(3, kill_leader("entries")),
        Step(18, kill_leader("extractions")),
        Step(32, restart_brokers(8)),
        Step(60, freeze_broker(10)),
    ),
    limits=BOUNDED,
)
SHORT = (WORKERS, PLACE_BY_PLACE, ZOMBIE, ONE_BROKER, THREE_BROKERS)
