"""Both engines for one process with everything."""

import pytest

from tests.faults.system import SHORTENED
from tests.parts.kafka import Cluster
from tests.parts.postgres import Postgres


def engine_settings(name: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """What one process has to be told to run on an engine: over its files, or over servers of which it has a corner."""
    if name == "embedded":
        return {}
    cluster: Cluster = request.getfixturevalue("kafka_cluster")
    server: Postgres = request.getfixturevalue("postgres_server")
    return {"log__url": cluster.fresh_url(), "storage__url": server.database(), **SHORTENED}


def engines() -> pytest.MarkDecorator:
    """A test that is tried on both (fixture ``engine``), over servers in long runs."""
    both = ["embedded", pytest.param("kafka", marks=pytest.mark.long)]
    return pytest.mark.parametrize("engine", both, indirect=True, scope="module")
