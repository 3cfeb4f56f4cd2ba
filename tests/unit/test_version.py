"""One version: what is built, what it says of itself in the image, and what is deployed."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
COMPOSE = sorted((ROOT / "deploy").glob("compose*.yaml"))
OVERLAYS = sorted((ROOT / "deploy" / "kubernetes" / "overlays").glob("*/kustomization.yaml"))
OURS = {VERSION, f"{VERSION}-slim"}


def test_the_image_is_labelled_with_the_version_of_the_project() -> None:
    labelled = re.findall(r"^ARG VERSION=(\S+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert labelled == [VERSION]


@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_compose_takes_images_of_this_version(path: Path) -> None:
    tags = re.findall(r"\$\{WIREWATCH_\w*IMAGE:-wirewatch:([^}]+)\}", path.read_text(encoding="utf-8"))
    assert tags
    assert set(tags) <= OURS


@pytest.mark.parametrize("path", OVERLAYS, ids=lambda path: path.parent.name)
def test_kustomize_takes_images_of_this_version(path: Path) -> None:
    images = yaml.safe_load(path.read_text(encoding="utf-8"))["images"]
    assert {one["newTag"] for one in images if one["name"].startswith("wirewatch")} <= OURS
    assert any(one["newTag"] == VERSION for one in images)


def test_the_page_on_upgrading_names_the_schema_of_this_version() -> None:
    from service.storage.migrate import HEAD

    rows = re.findall(
        r"^\| (\d{4}) \| ([^|]+) \|", (ROOT / "docs" / "upgrade.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows[-1][0] == HEAD
    since = [tuple(map(int, version.split("."))) for _, version in rows if re.fullmatch(r"[\d.]+", version)]
    assert since == sorted(since)
    assert since[-1] <= tuple(map(int, VERSION.split("."))), "a schema of a version that is yet to come"
