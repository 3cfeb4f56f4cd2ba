"""The rules, dashboards and tests of rules as they are in deploy/, read for comparing."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = sorted((DEPLOY / "prometheus" / "rules").glob("*.yml"))
RULE_TESTS = sorted((DEPLOY / "prometheus" / "tests").glob("*.yml"))
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))

VARIABLES = {"$__rate_interval": "5m", "$__range": "1h", "$job": ".*", "$instance": ".*"}
"""What Grafana puts in before it asks."""


def rules() -> list[dict[str, Any]]:
    """Every rule of every group."""
    return [
        rule
        for path in RULES
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
        for rule in group["rules"]
    ]


def alerts() -> dict[str, dict[str, Any]]:
    """Alerting rules by name."""
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def records() -> dict[str, dict[str, Any]]:
    """Recording rules by name."""
    return {rule["record"]: rule for rule in rules() if "record" in rule}


def dashboards() -> dict[str, dict[str, Any]]:
    """By file name."""
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in DASHBOARDS}


def panels(dashboard: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Without the rows' titles."""
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def questions() -> Iterator[tuple[str, str]]:
    """Where (dashboard and panel) → what Prometheus is asked there, variables put in."""
    for name, dashboard in dashboards().items():
        for panel in panels(dashboard):
            for target in panel["targets"]:
                yield f"{name}: {panel['title']}", filled(target["expr"])
        for note in dashboard["annotations"]["list"]:
            yield f"{name}: {note['name']}", filled(note["expr"])


def filled(expression: str) -> str:
    for variable, value in VARIABLES.items():
        expression = expression.replace(variable, value)
    return expression


def names_in(expression: str) -> set[str]:
    """Metrics and recorded series that a PromQL expression names."""
    bare = re.sub(r'"[^"]*"', '""', expression)
    found = re.findall(r"(?<![\w:])(?:wirewatch_\w+|process_\w+|[a-z_]+:wirewatch_\w+:\w+)", bare)
    return {name for name in found if "_" in name}
