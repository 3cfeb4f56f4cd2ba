"""Rules that Prometheus' own tool takes, each alert tested both ways, each with a section in the runbooks."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.monitoring.written import DEPLOY, RULE_TESTS, RULES, alerts, records
from tests.parts.missing import needed
from tests.parts.prometheus import promtool

RUNBOOKS = DEPLOY.parent / "docs" / "runbooks.md"
SEVERITIES = {"critical", "warning", "info", "none"}


def checked(*words: str | Path) -> subprocess.CompletedProcess[str]:
    with needed():
        command = promtool()
    return subprocess.run([command, *map(str, words)], capture_output=True, text=True, timeout=280, check=False)


def test_promtool_takes_the_rules() -> None:
    done = checked("check", "rules", "--lint=all", "--lint-fatal", *RULES)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_takes_the_configuration() -> None:
    done = checked("check", "config", DEPLOY / "prometheus" / "prometheus.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(RULES)} rule files found" in done.stdout


@pytest.mark.parametrize("path", RULE_TESTS, ids=lambda path: path.stem)
def test_the_rules_do_what_their_tests_say(path: Path) -> None:
    done = checked("test", "rules", path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tested_firing_and_quiet() -> None:
    fires: set[str] = set()
    quiet: set[str] = set()
    for test in (test for path in RULE_TESTS for test in yaml.safe_load(path.read_text())["tests"]):
        for one in test.get("promql_expr_test", ()):
            if "ALERTS" not in one["expr"]:
                continue
            said = {name for sample in one.get("exp_samples", ()) for name in _alertnames(sample["labels"])}
            fires |= said
            if not said:
                quiet |= {name for name in alerts() if _asks_for(one["expr"], name)}
    assert fires == set(alerts())
    assert quiet == set(alerts()) - {"WirewatchWatchdog"}


def _alertnames(labels: str) -> list[str]:
    return re.findall(r'alertname="(\w+)"', labels)


def _asks_for(expression: str, name: str) -> bool:
    matcher = re.search(r'alertname(=~?)"([^"]+)"', expression)
    assert matcher is not None
    return matcher[2] == name if matcher[1] == "=" else re.fullmatch(matcher[2], name) is not None


@pytest.mark.parametrize(("name", "rule"), alerts().items(), ids=alerts())
def test_an_alert_says_how_grave_it_is_what_it_is_and_where_to_read_on(name: str, rule: dict[str, Any]) -> None:
    assert name.startswith("Wirewatch")
    assert rule["labels"]["severity"] in SEVERITIES
    assert rule["annotations"].keys() == {"summary", "description", "runbook_url"}
    assert all(rule["annotations"].values())
    docs = '{{ or $externalLabels.wirewatch_docs "docs" }}'
    assert rule["annotations"]["runbook_url"] == f"{docs}/runbooks.md#{name.lower()}"


def test_the_runbooks_have_a_section_for_each_alert_and_no_other() -> None:
    parts = re.split(r"^## ", RUNBOOKS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    sections = {part.split("\n", 1)[0]: part for part in parts}
    assert sections.keys() == alerts().keys()
    for name, text in sections.items():
        assert all(word in text for word in ("**Means:**", "**Look:**", "**Do:**")), name


def test_recorded_series_are_named_level_metric_operation() -> None:
    for name in records():
        assert re.fullmatch(r"job(_[a-z]+)*:wirewatch_[a-z_]+:[a-z0-9_]+", name), name
