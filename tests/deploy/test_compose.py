"""The compose files: loaded, merged and checked by compose's own library, held to what they promise."""

import functools
import json
import re
import subprocess
from typing import Any

import pytest
import yaml

from service.course import CLOSING
from service.settings import Settings, duration
from service.settings_sources import load
from service.topology import NAMES, WEB
from tests.deploy.dockerfile import stages
from tests.deploy.tools import ROOT, go_tool, said
from tests.parts.prometheus import promtool

LOADER = "github.com/compose-spec/compose-go/v2/cmd@v2.16.2"
SINGLE = ("compose.yaml",)
KAFKA = ("compose.yaml", "compose.kafka.yaml")
OTHERS = {"kafka", "postgres", "prometheus", "grafana"}
ONCE = {"migrate": ["db", "upgrade"], "topics": ["topics", "apply"]}


@functools.cache
def project(files: tuple[str, ...]) -> dict[str, Any]:
    """The merged model; the library refuses what the compose specification's schema does not allow."""
    found: dict[str, Any] = json.loads(
        said(go_tool(LOADER, "compose-loader"), "-format", "json", *files, cwd=ROOT / "deploy")
    )
    return found


def ours(files: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in project(files)["services"].items() if name not in OTHERS}


def test_the_loader_refuses_what_is_no_compose_file() -> None:
    wrong = ROOT / "deploy/prometheus.compose.yml"
    done = subprocess.run([go_tool(LOADER, "compose-loader"), str(wrong)], capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_alone_it_is_one_container_with_one_volume() -> None:
    (service,) = project(SINGLE)["services"].values()
    assert service["command"] == ["run"]
    assert [mount["target"] for mount in service["volumes"]] == ["/var/lib/wirewatch"]


def test_over_kafka_every_part_is_a_service_and_the_database_is_prepared_before() -> None:
    services = ours(KAFKA)
    runs = {name: one["command"] for name, one in services.items() if name not in ONCE}
    assert runs == {name: ["run", "--only", name] for name in NAMES} | {"wirewatch": ["run", "--only", WEB]}
    assert {name: services[name]["command"] for name in ONCE} == ONCE
    for name in runs:
        conditions = {key: value["condition"] for key, value in services[name]["depends_on"].items()}
        assert conditions == dict.fromkeys(ONCE, "service_completed_successfully"), name
        assert not services[name].get("volumes"), "nothing of a stage stays in its container"
        assert not services[name].get("container_name"), "a service with a fixed name cannot be scaled"
        assert services[name]["image"].endswith("-slim") == (name != "article_to_extraction")


@pytest.mark.parametrize("files", [SINGLE, KAFKA])
def test_containers_have_no_rights_limits_and_time_to_drain(files: tuple[str, ...]) -> None:
    for name, one in project(files)["services"].items():
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one.get("read_only") or name == "kafka", name
        limits = one["deploy"]["resources"]["limits"]
        assert {"cpus", "memory", "pids"} <= limits.keys(), name
    for one in ours(files).values():
        assert duration(one["stop_grace_period"].replace("m0s", "m")) > Settings().shutdown.grace + CLOSING
        assert one["build"]["target"] in stages((ROOT / "Dockerfile").read_text())


@pytest.mark.parametrize("files", [SINGLE, KAFKA])
def test_nothing_is_reached_from_outside_and_no_secret_is_in_the_files(files: tuple[str, ...]) -> None:
    for name, one in project(files)["services"].items():
        assert {port["host_ip"] for port in one.get("ports", ())} <= {"127.0.0.1"}, name
        for setting in one.get("environment") or {}:
            key = setting.partition("=")[0] if isinstance(setting, str) else setting
            assert not re.search(r"(PASSWORD|TOKEN|SECRET)$", key), f"{name}: {key}"
    for secret in project(files)["secrets"].values():
        assert "/secrets/" in secret["file"]
    assert said("git", "ls-files", "deploy/secrets") == ""


@pytest.mark.parametrize("files", [SINGLE, KAFKA])
def test_images_are_pinned_and_those_that_last_are_checked(files: tuple[str, ...]) -> None:
    for name, one in project(files)["services"].items():
        assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+(\.\d+)?(-\w+)?", one["image"]), name
        if name in OTHERS:
            assert one["healthcheck"]["test"][0] == "CMD", name


@pytest.mark.parametrize("files", [SINGLE, KAFKA])
def test_the_settings_in_the_files_are_settings(files: tuple[str, ...]) -> None:
    for name, one in ours(files).items():
        given = one.get("environment") or {}
        environment = dict(pair.split("=", 1) for pair in given) if isinstance(given, list) else dict(given)
        environment["WIREWATCH_CONFIG"] = str(ROOT / "deploy/container.toml")
        assert load(None, {}, environment).settings.sources, name


def test_prometheus_finds_every_service_and_has_the_rules() -> None:
    file = ROOT / "deploy/prometheus.compose.yml"
    (job,) = yaml.safe_load(file.read_text())["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert set(found["names"]) == set(ours(KAFKA)) - set(ONCE)
    mounts = {one["target"]: one["source"] for one in project(KAFKA)["services"]["prometheus"]["volumes"]}
    assert mounts["/etc/prometheus/prometheus.yml"] == str(file)
    assert list((ROOT / "deploy/prometheus/rules").glob("*.yml"))
    assert mounts["/etc/prometheus/rules"] == str(ROOT / "deploy/prometheus/rules")
    said(promtool(), "check", "config", "--syntax-only", str(file))


def test_grafana_gets_the_dashboards_where_its_provisioning_looks() -> None:
    mounts = {one["target"]: one["source"] for one in project(KAFKA)["services"]["grafana"]["volumes"]}
    (provider,) = yaml.safe_load(next((ROOT / "deploy/grafana/provisioning/dashboards").iterdir()).read_text())[
        "providers"
    ]
    assert mounts[provider["options"]["path"]] == str(ROOT / "deploy/grafana/dashboards")
