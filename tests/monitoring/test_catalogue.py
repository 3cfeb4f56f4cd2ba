"""The catalogue of metrics: well named, written about, complete in its labels, and all that rules ask for is in it."""

import subprocess
from typing import get_args

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics import MetricWrapperBase

from deploy.prometheus.catalogue import PAGE, exposed, page, sections
from producers.feeds.decide import Outcome
from producers.feeds.identity import Kind
from service import metrics
from service.errors import Invalid, Transient
from service.stage.dead_letters import reason_of
from service.storage.articles import Part
from service.topology import NAMES, STAGES, TOPICS
from tests.monitoring.written import filled, names_in, questions, records, rules
from tests.parts.missing import needed
from tests.parts.prometheus import promtool

OURS = [value for value in vars(metrics).values() if isinstance(value, MetricWrapperBase)]
LABELS = {"stage", "state", "outcome", "reason", "kind", "cause", "channel", "topic", "group", "client", "file"}
LABELS |= {"use", "folder"}


def series(name: str) -> set[str]:
    """The series that a metric of this name has."""
    (metric,) = [metric for metric in OURS if exposed(metric) == name]
    if type(metric).__name__ == "Histogram":
        return {f"{name}_bucket", f"{name}_count", f"{name}_sum"}
    return {name}


def test_docs_metrics_is_what_the_catalogue_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/metrics.md is not up to date: make dashboards"
    assert [metric for _, found in sections() for metric in found] == OURS


def test_every_metric_says_what_it_is_and_has_bounded_labels_only() -> None:
    for metric in OURS:
        assert exposed(metric).startswith("wirewatch_")
        assert len(metric.describe()[0].documentation) > 8
        assert set(metric._labelnames) <= LABELS, exposed(metric)


def test_promtool_finds_nothing_wrong_with_the_exposition() -> None:
    metrics.begin(NAMES)
    registry = CollectorRegistry()
    for metric in OURS:
        registry.register(metric)
    with needed():
        command = promtool()
    done = subprocess.run(
        [command, "check", "metrics"], input=generate_latest(registry), capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stdout + done.stderr


def test_what_rules_and_dashboards_name_is_in_the_catalogue() -> None:
    known = set(records()) | {one for metric in OURS for one in series(exposed(metric))}
    asked = [(rule.get("record") or rule["alert"], filled(rule["expr"])) for rule in rules()] + list(questions())
    for where, expression in asked:
        missing = {name for name in names_in(expression) if not name.startswith("process_")} - known
        assert not missing, f"{where}: {missing}"


def test_every_metric_is_shown_or_watched() -> None:
    used = {name for _, expression in questions() for name in names_in(expression)}
    used |= {name for rule in rules() for name in names_in(rule["expr"])}
    left = {exposed(metric) for metric in OURS if not series(exposed(metric)) & used}
    assert left <= {"wirewatch_poll_bytes_total"}


def test_series_that_are_there_from_the_start_have_the_values_that_the_code_gives() -> None:
    assert set(metrics.POLL_OUTCOMES) == set(get_args(Outcome))
    assert {stage.name: stage.reads for stage in STAGES if stage.reads in TOPICS} == metrics.READS
    metrics.begin(NAMES)
    assert _values(metrics.entries, "outcome") == set(get_args(Kind))
    assert _values(metrics.stories, "outcome") == set(get_args(Part))
    assert _values(metrics.log_appended, "topic") >= set(TOPICS)
    assert _values(metrics.stage_last_success, "stage") >= set(NAMES)


def test_a_dead_letter_has_one_of_the_reasons() -> None:
    assert reason_of(Invalid("no JSON"), readable=False) == "undecodable"
    assert reason_of(Invalid("no text"), readable=True) == "invalid"
    assert reason_of(Transient("gone"), readable=True) == "exhausted"
    assert reason_of(ValueError("a mistake"), readable=True) == "crashed"
    assert set(metrics.DEAD_REASONS) == {"undecodable", "invalid", "exhausted", "crashed"}


def _values(metric: MetricWrapperBase, label: str) -> set[str]:
    return {sample.labels[label] for sample in metric.collect()[0].samples if label in sample.labels}
