"""The oldest Kafka that is supported, beside the newest that all tests share."""

from collections.abc import Iterator

import pytest

from tests.parts.kafka import OLDEST, Cluster, kafka
from tests.parts.missing import needed


@pytest.fixture(scope="session")
def oldest_kafka_cluster() -> Iterator[Cluster]:
    with needed(), kafka(OLDEST) as cluster:
        yield cluster


@pytest.fixture
def oldest_kafka_url(oldest_kafka_cluster: Cluster) -> str:
    return oldest_kafka_cluster.fresh_url()
