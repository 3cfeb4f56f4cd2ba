"""Dashboards: as their source makes them, in a form that Grafana reads, asking what Prometheus understands."""

import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.grafana.write import DASHBOARDS as SOURCES
from deploy.grafana.write import files
from tests.monitoring.written import DEPLOY, dashboards, panels, questions
from tests.parts.missing import needed
from tests.parts.prometheus import promtool

KINDS = {"timeseries", "stat", "table", "heatmap"}
UNITS = {"short", "s", "ops", "bytes", "percentunit"}


def test_the_json_is_what_the_source_makes() -> None:
    made = files()
    assert {path.name for path in made} == set(dashboards())
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is not up to date: make dashboards"


@pytest.mark.parametrize(("name", "dashboard"), dashboards().items(), ids=dashboards())
def test_grafana_finds_what_it_needs(name: str, dashboard: dict[str, Any]) -> None:
    assert dashboard["uid"] == f"wirewatch-{name.removesuffix('.json')}"
    assert len(dashboard["uid"]) <= 40
    assert dashboard["schemaVersion"] >= 39
    assert dashboard["title"].startswith("wirewatch / ")
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    variables = {one["name"]: one for one in dashboard["templating"]["list"]}
    assert variables.keys() == {"datasource", "job", "instance"}
    assert variables["datasource"]["type"] == "datasource"
    assert all(variables[name]["type"] == "query" and variables[name]["query"]["query"] for name in ("job", "instance"))


@pytest.mark.parametrize(("name", "dashboard"), dashboards().items(), ids=dashboards())
def test_every_panel_says_what_it_shows_in_which_unit(name: str, dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        assert panel["type"] in KINDS
        assert panel["title"]
        assert len(panel["description"]) > 10, panel["title"]
        defaults = panel["fieldConfig"]["defaults"]
        assert defaults["unit"] in UNITS
        assert defaults["thresholds"]["steps"][0]["value"] is None
        assert panel["targets"], panel["title"]
        refs = [target["refId"] for target in panel["targets"]]
        assert len(refs) == len(set(refs))
        for target in panel["targets"]:
            assert target["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


@pytest.mark.parametrize(("name", "dashboard"), dashboards().items(), ids=dashboards())
def test_panels_stand_side_by_side_and_not_on_each_other(name: str, dashboard: dict[str, Any]) -> None:
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    assert all(place["x"] >= 0 and place["x"] + place["w"] <= 24 for place in places)
    for one, other in combinations(places, 2):
        apart = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        apart |= one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert apart, (one, other)


def test_the_flow_has_a_row_for_each_stage_in_its_order() -> None:
    from service.topology import NAMES

    rows = [panel["title"] for panel in dashboards()["flow.json"]["panels"] if panel["type"] == "row"]
    assert [row.partition(":")[0] for row in rows if row.partition(":")[0] in NAMES] == list(NAMES)


def test_prometheus_understands_every_question(tmp_path: Path) -> None:
    asked = list(questions())
    assert len(asked) > 60
    made = {
        "groups": [
            {
                "name": "asked",
                "rules": [
                    {"record": f"asked:{number}", "expr": expression} for number, (_, expression) in enumerate(asked)
                ],
            }
        ]
    }
    path = tmp_path / "asked.yml"
    path.write_text(yaml.safe_dump(made))
    with needed():
        command = promtool()
    done = subprocess.run(
        [command, "check", "rules", str(path)], capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_provisioning_names_the_data_source_and_the_folder_of_the_dashboards() -> None:
    provisioning = DEPLOY / "grafana" / "provisioning"
    (source,) = yaml.safe_load((provisioning / "datasources" / "prometheus.yaml").read_text())["datasources"]
    assert (source["type"], source["isDefault"]) == ("prometheus", True)
    (provider,) = yaml.safe_load((provisioning / "dashboards" / "wirewatch.yaml").read_text())["providers"]
    assert provider["type"] == "file"
    assert provider["options"]["path"] == "/var/lib/grafana/dashboards"
    assert len(SOURCES) == len(dashboards())
