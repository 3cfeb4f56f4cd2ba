"""Five stages over Kafka and PostgreSQL, under load, while processes and brokers die: nothing lost, nothing twice."""

import pytest

from tests.faults.runner import Parts, run
from tests.faults.scenario import Scenario
from tests.faults.scenarios_kafka import SHORT
from tests.parts.kafka import Cluster
from tests.parts.postgres import Postgres


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("scenario", SHORT, ids=lambda scenario: scenario.name)
def test_it_holds(scenario: Scenario, kafka_cluster: Cluster, postgres_server: Postgres, seed: int) -> None:
    outcome = run(scenario, Parts(kafka_cluster, postgres_server), seed)
    assert not outcome.wrong, "\n".join(outcome.wrong[:20])
