"""Five stages over Kafka and PostgreSQL while the database is killed, restarted, frozen, or ends sessions inside their
transactions; and eight processes that race to make the same stories."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults.database_actions import Cutting, freeze_database, kill_database, restart_database
from tests.faults.observed import Observed
from tests.faults.runner import Parts, run
from tests.faults.scenario import Scenario, Step
from tests.faults.scenarios_kafka import BOUNDED, TWO
from tests.parts.kafka import Cluster
from tests.parts.missing import needed
from tests.parts.postgres import Postgres, postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def own() -> Iterator[Postgres]:
    """A server that these tests may kill."""
    with needed(), postgres() as server:
        yield server


def test_a_database_that_dies_inside_transactions_loses_and_doubles_nothing(
    own: Postgres, kafka_cluster: Cluster, seed: int
) -> None:
    cutting = Cutting(own, 5)
    outcome = run(
        Scenario(
            name="the database: sessions ended inside transactions, killed, restarted, frozen",
            engine="kafka",
            seconds=28,
            copies=TWO,
            steps=(
                Step(0, cutting),
                Step(6, kill_database(own)),
                Step(10, kill_database(own, 3)),
                Step(15, restart_database(own)),
                Step(20, freeze_database(own, 7)),
            ),
            limits=BOUNDED,
        ),
        Parts(kafka_cluster, own),
        seed,
    )
    assert not outcome.wrong, "\n".join(outcome.wrong)
    assert cutting.ended > 0, "a session was inside a transaction when it was ended"


EIGHT = 8


def stories_have_copies(seen: Observed) -> list[str]:
    """The race has to have been one."""
    sizes = Counter(article.story for article in seen.articles)
    return [] if any(size > 1 for size in sizes.values()) else ["no story had two articles: nothing was raced for"]


@pytest.mark.long
def test_eight_processes_that_race_for_stories_make_each_once(
    kafka_cluster: Cluster, postgres_server: Postgres, seed: int
) -> None:
    outcome = run(
        Scenario(
            name="eight processes race for stories",
            engine="kafka",
            seconds=10,
            rate=12.0,
            feeds=8,
            copies={"extraction_to_alert": EIGHT},
            settings={"log__partitions": str(EIGHT)},
            steps=(),
            limits=BOUNDED,
            expects=stories_have_copies,
        ),
        Parts(kafka_cluster, postgres_server),
        seed,
    )
    assert not outcome.wrong, "\n".join(outcome.wrong)
