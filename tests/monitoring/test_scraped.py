"""The real program under a real Prometheus with our rules: all they name is there, an alert fires when it should."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import Request, urlopen

import pytest

from service.topology import NAMES, PARTS
from tests.e2e.program import Program, until
from tests.e2e.site import Site, item, rss
from tests.monitoring.scraping import PATIENCE, configuration
from tests.monitoring.written import names_in, questions, records, rules
from tests.parts.missing import needed
from tests.parts.prometheus import Prometheus, prometheus

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SLOW = {"WirewatchLoopLag", "WirewatchEndToEndSlow", "WirewatchLagOld", "WirewatchDiskLow"}
"""What a small or busy machine may bring about."""
MAY_BE_EMPTY = {
    "flow.json: Trouble",
    "operations.json: Dead letters of a day",
    "overview.json: Answered with 304",
    "overview.json: Feeds stale",
}
"""What is shown there has not happened."""


@dataclass
class Watched:
    """A program, and the Prometheus that scrapes it."""

    program: Program
    site: Site
    prometheus: Prometheus

    def exposition(self) -> str:
        with urlopen(f"{self.program.address}/metrics", timeout=120) as answer:
            text: str = answer.read().decode()
        return text


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    program = Program(folder)
    with Site().open() as site, needed():
        program.start("demo", "--listen", "127.0.0.1:0")
        try:
            with prometheus(configuration(folder, [program.address])) as server:
                yield Watched(program, site, server)
        finally:
            program.stop()


def test_prometheus_finds_the_program(watched: Watched) -> None:
    def up() -> bool:
        found = [(target["labels"]["job"], target["health"]) for target in watched.prometheus.targets()]
        return found == [("wirewatch", "up")]

    until(up, PATIENCE)
    until(lambda: watched.prometheus.value("count(wirewatch_build_info)") == 1, PATIENCE)


def test_every_metric_that_is_asked_for_is_in_the_exposition(watched: Watched) -> None:
    asked = {name for _, expression in questions() for name in names_in(expression)}
    asked |= {name for rule in rules() for name in names_in(rule["expr"])}
    wanted = asked - set(records())

    def missing() -> set[str]:
        text = watched.exposition()
        there = {line.split("{")[0].split(" ")[0] for line in text.splitlines() if not line.startswith("#")}
        return wanted - there

    until(lambda: not missing(), PATIENCE)
    assert not missing()


def test_the_demo_is_told_from_end_to_end(watched: Watched) -> None:
    until(lambda: (watched.prometheus.value("sum(wirewatch_end_to_end_seconds_count)") or 0) > 0, PATIENCE)
    succeeded = "count(wirewatch_stage_last_success_timestamp_seconds > 0)"
    until(lambda: watched.prometheus.value(succeeded) == len(NAMES), PATIENCE)
    until(lambda: watched.prometheus.value("sum(job_stage:wirewatch_stage_lag_records:max)") == 0, PATIENCE)
    until(lambda: watched.prometheus.value("max(job_stage:wirewatch_stage_lag_seconds:max)") == 0, PATIENCE)
    running = "job_stage:wirewatch_stage_running:max == 1"
    until(lambda: {one["metric"]["stage"] for one in watched.prometheus.query(running)} == set(PARTS), PATIENCE)


def test_every_rule_can_be_evaluated(watched: Watched) -> None:
    def all_evaluated() -> bool:
        return all(rule["health"] != "unknown" for rule in watched.prometheus.rules())

    until(all_evaluated, PATIENCE)
    bad = {rule["name"]: rule.get("lastError") for rule in watched.prometheus.rules() if rule["health"] != "ok"}
    assert not bad


def test_recorded_series_and_panels_have_data(watched: Watched) -> None:
    """But for what only trouble, Kafka or a longer time brings."""
    rare = ("deliveries_refused", "not_modified", "feeds_stale", "rebalances")
    for name in records():
        if not any(word in name for word in rare):
            until(lambda name=name: watched.prometheus.query(name), PATIENCE)

    def empty() -> set[str]:
        found = {where for where, expression in questions() if not watched.prometheus.query(expression)}
        return {where for where in found if not where.endswith(": Alerts of wirewatch itself")}

    until(lambda: empty() <= MAY_BE_EMPTY, PATIENCE)


def test_nothing_fires_while_all_is_well(watched: Watched) -> None:
    def firing() -> set[str]:
        return {name for name, state in watched.prometheus.alerts().items() if state == "firing"}

    until(lambda: firing() - SLOW == {"WirewatchWatchdog"}, PATIENCE)


def test_an_alert_fires_when_a_feed_brings_what_cannot_be_read(watched: Watched) -> None:
    watched.site.routes["/poison.xml"] = rss(item("", "", "", "nothing"))
    body = json.dumps({"url": f"{watched.site.base}/poison.xml"}).encode()
    ask = Request(f"{watched.program.address}/api/v1/sources", body, {"Content-Type": "application/json"})
    with urlopen(ask, timeout=120) as answer:
        assert answer.status == 201
    until(lambda: watched.prometheus.alerts().get("WirewatchDeadLetters") == "firing", PATIENCE)
    counted = watched.prometheus.query("wirewatch_dead_letters_total > 0")
    assert [one["metric"]["stage"] for one in counted] == ["entry_to_article"]
    assert counted[0]["metric"]["reason"] == "invalid"


def test_alerts_fire_when_the_program_has_stopped(watched: Watched) -> None:
    assert watched.program.stop() == 0
    for name in ("WirewatchProcessDown", "WirewatchStageDown", "WirewatchAbsent"):
        until(lambda name=name: watched.prometheus.alerts().get(name) == "firing", PATIENCE)
