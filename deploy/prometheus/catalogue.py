"""``python -m deploy.prometheus.catalogue``: docs/metrics.md, made from service/metrics.py."""

import re
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

from service import metrics

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"
HEAD = """# Metrics
`/metrics` of every process, in Prometheus' text format, in the order of the flow. Made from `service/metrics.py` by
`make dashboards`.

Every process counts for itself. Sum counters and histograms over the processes; take gauges at their maximum, for
several copies of a stage report the same thing. Series of a process's stages are there from its start, at 0. No label
ever names a feed, an actor, a story or a subscription. `process_*` and `python_*` are the client library's.

Scraping, rules and their tests are in `deploy/prometheus`, dashboards in `deploy/grafana`; [runbooks](runbooks.md) say
what to do when a rule fires.
"""
VALUES = f"""
## Values of labels
- `stage`, `group`: {", ".join(f"`{name}`" for name in ("source_to_entry", *metrics.READS, "alert_to_delivery"))}
- `outcome` of messages: `done`, `dead` (put aside; a delivery: refused at its last try, or by an endpoint that is gone)
- `outcome` of polls: {", ".join(f"`{name}`" for name in metrics.POLL_OUTCOMES)}
- `reason` of dead letters: `undecodable` (not what its topic holds), `invalid` (refused with a cause), `exhausted`
  (tried in vain), `crashed` (the stage met something unforeseen)
- `channel`: {", ".join(f"`{name}`" for name in metrics.CHANNELS)}
"""


def sections() -> Iterator[tuple[str, list[MetricWrapperBase]]]:
    """Title → its metrics, as they stand on the page."""
    title, found = "Versions", list[MetricWrapperBase]()
    for line in Path(metrics.__file__).read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"# (.+)", line):
            if found:
                yield title, found
            title, found = heading[1], []
        elif name := re.match(r"(\w+) = (?:Counter|Gauge|Histogram|Info)\(", line):
            found.append(getattr(metrics, name[1]))
    yield title, found


def exposed(metric: MetricWrapperBase) -> str:
    """The name by which it is asked for."""
    kind = type(metric).__name__
    name = str(metric.describe()[0].name)
    return {"Counter": f"{name}_total", "Info": f"{name}_info"}.get(kind, name)


def page() -> str:
    parts = [HEAD]
    for title, found in sections():
        parts.append(f"\n## {title}\n| metric | kind | labels | what |\n|---|---|---|---|\n")
        for metric in found:
            labels = ", ".join(f"`{name}`" for name in metric._labelnames)
            kind = type(metric).__name__.lower()
            parts.append(f"| `{exposed(metric)}` | {kind} | {labels} | {metric.describe()[0].documentation} |\n")
    return "".join([*parts, VALUES])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
