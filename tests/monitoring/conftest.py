import pytest
from prometheus_client.metrics import MetricWrapperBase

from tests.monitoring.sampled import Grown, value
from tests.unit.feeds.conftest import server

__all__ = ["grown", "server"]


@pytest.fixture
def grown() -> Grown:
    before: dict[tuple[int, str], float] = {}

    def grown(metric: MetricWrapperBase, **labels: str) -> float:
        key = (id(metric), str(labels))
        return value(metric, **labels) - before.setdefault(key, value(metric, **labels))

    return grown
