"""Each stage a process by itself over Kafka and PostgreSQL, one in two copies, under a real Prometheus: what they say
adds up.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import Request, urlopen

import pytest

from service.topology import NAMES, PARTS
from tests.bench.deployed import KAFKA, Deployed, deployed
from tests.e2e.program import until
from tests.e2e.site import Answer, Site, item, rss
from tests.monitoring.scraping import PATIENCE, configuration
from tests.parts.missing import needed
from tests.parts.prometheus import Prometheus, prometheus

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

TEXT = "<p>Kasachstan und Russland haben ein Abkommen unterzeichnet, sagte der Minister. Es gilt ab Mai.</p>"


@dataclass
class Watched:
    running: Deployed
    site: Site
    prometheus: Prometheus

    def post(self, what: str, body: dict[str, object]) -> None:
        ask = Request(
            f"{self.running.api}/api/v1/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urlopen(ask, timeout=120) as answer:
            assert answer.status == 201


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("apart")
    with (
        Site().open() as site,
        needed(),
        deployed(KAFKA, folder, {}, readers=2) as running,
        prometheus(configuration(folder, running.addresses)) as server,
    ):
        yield Watched(running, site, server)


def test_every_process_is_scraped_and_every_part_runs(watched: Watched) -> None:
    def up() -> bool:
        return [target["health"] for target in watched.prometheus.targets()] == ["up"] * len(watched.running.programs)

    until(up, PATIENCE)
    running = "job_stage:wirewatch_stage_running:max == 1"
    until(lambda: {one["metric"]["stage"] for one in watched.prometheus.query(running)} == set(PARTS), PATIENCE)


def test_one_article_is_one_message_at_each_stage(watched: Watched) -> None:
    watched.site.routes["/hook"] = Answer(204)
    watched.site.routes["/feed.xml"] = rss(item(f"{watched.site.base}/a", "Abkommen", TEXT * 20, "a"))
    pair = {"pair": ["Kazakhstan", "Russia"]}
    watched.post("subscriptions", {"name": "pair", "rule": pair, "webhook": f"{watched.site.base}/hook"})
    watched.post("sources", {"url": f"{watched.site.base}/feed.xml"})
    until(lambda: watched.prometheus.value("sum(wirewatch_alerts_delivered_total)") == 1, PATIENCE)

    def done() -> dict[str, str]:
        """A stage counts after its commit, and each process is scraped in its own turn."""
        found = watched.prometheus.query('sum by (stage) (wirewatch_stage_messages_total{outcome="done"})')
        return {one["metric"]["stage"]: one["value"][1] for one in found}

    until(lambda: done() == dict.fromkeys(NAMES, "1"), PATIENCE)
    assert watched.prometheus.value('sum(wirewatch_stage_duration_seconds_count{stage="alert_to_delivery"})') == 1
    assert watched.prometheus.value("sum(wirewatch_end_to_end_seconds_count)") == 1
    assert watched.prometheus.value("sum(wirewatch_alerts_raised_total)") == 1


def test_a_process_tells_of_its_own_stages_only(watched: Watched) -> None:
    for metric in ("wirewatch_polls_total", "wirewatch_alerts_raised_total", "wirewatch_deliveries_total"):
        until(lambda metric=metric: watched.prometheus.value(f"count(count by (instance) ({metric}))") == 1, PATIENCE)


def test_two_copies_tell_the_same_lag_and_the_rule_takes_it_once(watched: Watched) -> None:
    lag = 'wirewatch_stage_lag_records{stage="article_to_extraction"}'
    until(lambda: [one["value"][1] for one in watched.prometheus.query(lag)] == ["0", "0"], PATIENCE)
    recorded = 'job_stage:wirewatch_stage_lag_records:max{stage="article_to_extraction"}'
    until(lambda: [one["value"][1] for one in watched.prometheus.query(recorded)] == ["0"], PATIENCE)


def test_a_stage_whose_only_process_dies_is_missed(watched: Watched) -> None:
    watched.running.kill("extraction_to_alert")
    down = 'ALERTS{alertname="WirewatchStageDown",alertstate="firing"}'

    def missed() -> set[str]:
        return {one["metric"]["stage"] for one in watched.prometheus.query(down)}

    until(lambda: missed() == {"extraction_to_alert"}, PATIENCE)


def test_a_copy_that_dies_leaves_its_stage_running_and_its_group_shared_out_anew(watched: Watched) -> None:
    def rebalances() -> dict[str, float]:
        """By process: those that one has seen in its life are not another's."""
        found = watched.prometheus.query('wirewatch_rebalances_total{group="article_to_extraction"}')
        return {one["metric"]["instance"]: float(one["value"][1]) for one in found}

    before = rebalances()
    processes = len(watched.running.programs)
    watched.running.kill("article_to_extraction-0")
    until(lambda: watched.prometheus.value("sum(up)") == processes - 1, PATIENCE)
    running = 'job_stage:wirewatch_stage_running:max{stage="article_to_extraction"}'
    until(lambda: watched.prometheus.value(running) == 1, PATIENCE)
    until(lambda: any(seen > before[process] for process, seen in rebalances().items()), PATIENCE)
    until(lambda: watched.prometheus.value("sum(wirewatch_group_stuck)") == 0, PATIENCE)
