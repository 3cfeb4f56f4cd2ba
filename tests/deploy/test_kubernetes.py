"""The manifests: rendered by kubectl's kustomize, checked against Kubernetes' schemas, held to what they promise."""

import functools
import json
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from service.settings import Settings
from service.settings_sources import load
from service.topology import NAMES, PARTS
from tests.deploy.tools import ROOT, go_tool, said, tool
from tests.parts.prometheus import promtool

KUBECONFORM = "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0"
OVERLAYS = ("single", "kafka")
VERSIONS = ("1.31.0", "1.37.0")
SCHEMAS = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
LOCATION = "{{ .ResourceKind }}{{ .KindSuffix }}.json"


@functools.cache
def rendered(overlay: str) -> str:
    return said(tool("kubectl"), "kustomize", str(ROOT / "deploy/kubernetes/overlays" / overlay))


def resources(overlay: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(rendered(overlay)))


def workloads(overlay: str) -> dict[str, dict[str, Any]]:
    """Name → pod template's specification."""
    found = {}
    for one in resources(overlay):
        if one["kind"] in ("Deployment", "StatefulSet", "Job"):
            found[one["metadata"]["name"]] = one["spec"]["template"]["spec"]
    return found


def schemas(version: str, found: list[dict[str, Any]], folder: Path) -> None:
    """The strict schema of every kind that occurs, whole in one file each, as kubeconform wants them."""
    packaged = SCHEMAS / f"v{version}-local-strict"

    def whole(file: str) -> Any:
        return json.loads((packaged / file).read_text().replace("/api/_definitions.json#/", "#/"))

    definitions = whole("_definitions.json")["$defs"]
    for one in found:
        group, _, api = one["apiVersion"].rpartition("/")
        name = "-".join(part for part in (one["kind"].lower(), group.partition(".")[0], api) if part) + ".json"
        (folder / name).write_text(
            json.dumps(whole(name) | {"$defs": definitions, "$id": f"https://kubernetes.io/{name}"})
        )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_resource_is_one_that_kubernetes_takes(overlay: str, version: str, tmp_path: Path) -> None:
    schemas(version, resources(overlay), tmp_path)
    manifest = tmp_path / "all.yaml"
    manifest.write_text(rendered(overlay))
    summary = said(
        *(go_tool(KUBECONFORM, "kubeconform"), "-strict", "-output", "json", "-summary"),
        *("-kubernetes-version", version, "-schema-location", str(tmp_path / LOCATION), str(manifest)),
    )
    counts = json.loads(summary)["summary"]
    assert counts == {"valid": len(resources(overlay)), "invalid": 0, "errors": 0, "skipped": 0}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_pods_have_no_rights_and_nothing_to_write_to_but_their_folders(overlay: str) -> None:
    assert workloads(overlay)
    for name, pod in workloads(overlay).items():
        (container,) = pod["containers"]
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["enableServiceLinks"] is False, "else Kubernetes sets WIREWATCH_PORT, which is no setting"
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert "memory" in container["resources"]["limits"]
        assert not [
            env for env in container["env"] if "secret" in json.dumps(env).lower() and "FILE" not in env["name"]
        ]
        mounted = {mount["mountPath"] for mount in container["volumeMounts"]}
        assert {"/tmp", "/var/lib/wirewatch"} <= mounted


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_drain_fits_into_what_kubernetes_waits(overlay: str) -> None:
    from service.course import CLOSING

    for pod in workloads(overlay).values():
        assert pod["terminationGracePeriodSeconds"] > Settings().shutdown.grace + CLOSING


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_long_running_pods_are_probed_at_our_own_addresses(overlay: str) -> None:
    for name, pod in workloads(overlay).items():
        if name == "wirewatch-prepare":
            continue
        (container,) = pod["containers"]
        asked = {probe: container[probe]["httpGet"]["path"] for probe in container if probe.endswith("Probe")}
        assert asked == {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}, name


def test_every_part_has_its_pods_its_budget_and_the_small_image_where_that_will_do() -> None:
    pods = workloads("kafka")
    parts = {part.replace("_", "-"): part for part in PARTS}
    assert pods.keys() - {"wirewatch-prepare"} == parts.keys()
    for name, part in parts.items():
        (container,) = pods[name]["containers"]
        assert container["args"] == ["run", "--only", part]
        assert container["image"].endswith("-slim") == (part != "article_to_extraction")
    budgets = {
        one["metadata"]["name"]: one["spec"]["selector"]["matchLabels"]["app.kubernetes.io/component"]
        for one in resources("kafka")
        if one["kind"] == "PodDisruptionBudget"
    }
    assert budgets == {name: name for name in parts}


def test_what_scales_by_its_lag_is_a_stage_that_is_there_and_has_enough_partitions() -> None:
    (places,) = [one["data"] for one in resources("kafka") if "WIREWATCH_LOG__URL" in one.get("data", {})]
    scaled = [one["spec"] for one in resources("kafka") if one["kind"] == "HorizontalPodAutoscaler"]
    assert scaled
    counted = {one["metadata"]["name"] for one in resources("kafka") if "replicas" in one.get("spec", {})}
    for one in scaled:
        assert one["scaleTargetRef"]["name"] not in counted, "each apply would set the number of copies back"
        assert one["maxReplicas"] <= int(places["WIREWATCH_LOG__PARTITIONS"])
        (metric,) = one["metrics"]
        stage = metric["external"]["metric"]["selector"]["matchLabels"]["stage"]
        assert stage in NAMES
        assert one["scaleTargetRef"]["name"] == stage.replace("_", "-")


def test_prometheus_finds_the_pods_by_what_they_have(tmp_path: Path) -> None:
    (job,) = yaml.safe_load((ROOT / "deploy/kubernetes/overlays/kafka/prometheus.yaml").read_text())["scrape_configs"]
    (found,) = job["kubernetes_sd_configs"]
    assert found["role"] == "pod"
    # Debian's Prometheus is built without the discovery of pods; the rest it can check.
    rest = {key: value for key, value in job.items() if key != "kubernetes_sd_configs"}
    file = tmp_path / "prometheus.yaml"
    file.write_text(yaml.safe_dump({"scrape_configs": [rest | {"static_configs": [{"targets": ["pod:8080"]}]}]}))
    said(promtool(), "check", "config", "--syntax-only", str(file))
    (kept,) = [one for one in job["relabel_configs"] if one.get("action") == "keep"]
    label, port = kept["regex"].split(";")
    long_running = [one for one in resources("kafka") if one["kind"] in ("Deployment", "StatefulSet")]
    for one in long_running:
        assert found["namespaces"]["names"] == [one["metadata"]["namespace"]]
        assert one["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"] == label
        (container,) = one["spec"]["template"]["spec"]["containers"]
        assert [named["name"] for named in container["ports"]] == [port]
        assert {env["name"]: env.get("value") for env in container["env"]}["WIREWATCH_API__TOKEN_FILE"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_settings_in_the_manifests_are_settings(overlay: str, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("0123456789abcdef")
    (plain,) = [one["data"] for one in resources(overlay) if "wirewatch.toml" in one.get("data", {})]
    file = tmp_path / "wirewatch.toml"
    file.write_text(plain["wirewatch.toml"])
    for pod in workloads(overlay).values():
        (container,) = pod["containers"]
        environment = {env["name"]: env.get("value", "pod-0") for env in container["env"]}
        for one in resources(overlay):
            if one["metadata"]["name"] in [source["configMapRef"]["name"] for source in container.get("envFrom", [])]:
                environment |= one["data"]
        environment |= {"WIREWATCH_CONFIG": str(file)}
        loaded = load(None, {}, environment)
        assert loaded.settings.logs.format == "json"
