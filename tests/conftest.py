"""Properties are tried without a time limit (machines differ), and in CI with the same examples every time.

Real servers are started when the first test asks for one, and shared by all that follow.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.parts.kafka import Cluster, kafka
from tests.parts.missing import needed
from tests.parts.postgres import Postgres, postgres

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those that are marked long run with ``make soak`` only (WIREWATCH_LONG)."""
    if os.environ.get("WIREWATCH_LONG"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def kafka_cluster() -> Iterator[Cluster]:
    """One broker. Leave it running; a test that kills brokers starts its own."""
    with needed(), kafka() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def kafka_three() -> Iterator[Cluster]:
    """Three brokers; two of three copies have to be written. Who kills one starts it again."""
    with needed(), kafka(nodes=3) as cluster:
        yield cluster


@pytest.fixture
def kafka_url(kafka_cluster: Cluster) -> str:
    """log.url of an empty corner of the broker, for one test."""
    return kafka_cluster.fresh_url()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """Leave it running; a test that kills the database starts its own."""
    with needed(), postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """storage.url of an empty database, for one test."""
    return postgres_server.database()
