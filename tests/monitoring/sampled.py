"""Looking at metrics in this process."""

from prometheus_client import Histogram
from prometheus_client.metrics import MetricWrapperBase


def value(metric: MetricWrapperBase, **labels: str) -> float:
    """Of one series; how often it was observed, of a histogram; 0 where there is none."""
    suffix = "_count" if isinstance(metric, Histogram) else ""
    for sample in metric.collect()[0].samples:
        if sample.labels == labels and sample.name.endswith(suffix) and not sample.name.endswith("_created"):
            return float(sample.value)
    return 0.0
