"""Looking at metrics in this process."""

from collections.abc import Callable

from prometheus_client import Histogram
from prometheus_client.metrics import MetricWrapperBase

Grown = Callable[..., float]
"""By how much the series of a metric (labels by name) has grown since it was first asked for."""


def value(metric: MetricWrapperBase, **labels: str) -> float:
    """Of one series; how often it was observed, of a histogram; 0 where there is none."""
    suffix = "_count" if isinstance(metric, Histogram) else ""
    for sample in metric.collect()[0].samples:
        if sample.labels == labels and sample.name.endswith(suffix) and not sample.name.endswith("_created"):
            return float(sample.value)
    return 0.0
