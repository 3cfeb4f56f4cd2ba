"""The image: its commands run in a root folder of their own, and what they make run as a container would be.

Base image and engine are stood in for by this machine (see ``jail``); everything else is the Dockerfile's own words.
"""

import json
import os
import re
import signal
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.deploy.dockerfile import Builder, Image, instructions, kept, stages
from tests.deploy.jail import Contained, Jail, why_not
from tests.deploy.tools import ROOT, absent, said

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
TOKEN = "a-token-of-the-test"
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def jail(tmp_path_factory: pytest.TempPathFactory) -> Jail:
    if (reason := why_not()) is not None:
        absent(reason)
    cache = Path(os.environ.get("UV_CACHE_DIR", Path.home() / ".cache" / "uv"))
    cache.mkdir(parents=True, exist_ok=True)
    return Jail(cache)


@pytest.fixture(scope="module")
def builder(jail: Jail, tmp_path_factory: pytest.TempPathFactory) -> Builder:
    folder = tmp_path_factory.mktemp("image")
    for parent in (folder, *folder.parents):
        if parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)  # the other user has to get there
    return Builder(ROOT, folder, jail)


@contextmanager
def container(jail: Jail, image: Image, tmp_path: Path, *words: str, **settings: str) -> Iterator[Contained]:
    """Started as the image says, with a secret and a data folder of its user; drained at the end."""
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    user, group = map(int, image.user.split(":"))
    os.chown(data, user, group)
    (image.root / "run/secrets/wirewatch_token").write_text(TOKEN)
    command = [*image.entrypoint, *(words or image.command)]
    contained = jail.start(image.root, command, image.environment | settings, image.user, data)
    try:
        yield contained
    finally:
        if contained.process.poll() is None:
            contained.process.kill()
        contained.process.communicate()


def ready(contained: Contained) -> str:
    assert contained.process.stdout is not None
    line = contained.process.stdout.readline()
    assert "ready at" in line, contained.process.stderr and contained.process.stderr.read()[-3000:]
    return line


def drained(contained: Contained) -> int:
    contained.signalled(signal.SIGTERM)
    return contained.process.wait(250)


def test_the_dockerfile_is_clean() -> None:
    said(str(Path(sys.executable).with_name("hadolint")), "--failure-threshold", "style", "Dockerfile")


def test_what_runs_is_no_root_pinned_and_has_our_own_health_check() -> None:
    text = (ROOT / "Dockerfile").read_text()
    (base,) = [one.arguments for one in instructions(text) if one.name == "ARG" and "PYTHON_IMAGE" in one.arguments]
    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.\d+\.\d+-slim-\w+(@sha256:[0-9a-f]{64})?", base)
    runtime = {one.name: one.arguments for one in stages(text)["runtime"][1]}
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", runtime["USER"])
    assert 'CMD ["wirewatch", "health"' in runtime["HEALTHCHECK"]
    assert list(stages(text))[-1] == "full", "the default is everything"
    assert set(kept(ROOT)) >= {"service", "producers", "consumers", "pyproject.toml"}
    assert not {".git", "tests", ".venv", "data"} & set(kept(ROOT))


def test_the_small_lock_pins_what_the_whole_one_pins_and_leaves_reading_out() -> None:
    small, whole = (
        dict(PIN.findall((ROOT / name).read_text())) for name in ("requirements-slim.lock", "requirements.lock")
    )
    assert small.items() <= whole.items()
    left_out = whole.keys() - small.keys()
    assert left_out >= {"spacy", "thinc", "numpy", "ahocorasick-rs"}


def test_the_wheel_holds_every_file_of_the_three_packages_and_nothing_else(builder: Builder) -> None:
    (wheel,) = (builder.build("wheel").root / "opt/wheel").glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    packages = ("service", "producers", "consumers")
    tracked = set(said("git", "ls-files", *packages).split()) if (ROOT / ".git").exists() else held
    assert tracked <= held
    assert {name.partition("/")[0] for name in held} == set(packages)


@pytest.fixture(params=["slim", "full"])
def image(request: pytest.FixtureRequest, builder: Builder) -> Image:
    return builder.build(request.param)


def test_every_command_of_the_build_runs_and_its_bill_of_materials_is_valid(image: Image) -> None:
    text = (image.root / "opt/wirewatch/sbom.json").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    names = {one["name"] for one in json.loads(text)["components"]}
    assert {"wirewatch", "pydantic", "aiokafka"} <= names
    assert ("spacy" in names) == (image.root.name == "full")


@pytest.mark.parametrize("part", ["source_to_entry", "alert_to_delivery", "web"])
def test_the_small_image_runs_what_it_is_for(part: str, jail: Jail, builder: Builder, tmp_path: Path) -> None:
    image = builder.build("slim")
    with container(jail, image, tmp_path, "run", "--only", part) as one:
        assert ready(one).endswith(":8080/\n")
        health = jail.beside(one, image.healthcheck, image.environment, image.user)
        assert (health.returncode, health.stdout) == (0, "live\n"), health.stderr
        asked = jail.beside(one, ["wirewatch", "health", "--json"], image.environment, image.user)
        assert json.loads(asked.stdout)["stages"] == {part: "running"}
        assert drained(one) == 0


def test_the_small_image_says_in_one_line_what_it_cannot_do(jail: Jail, builder: Builder, tmp_path: Path) -> None:
    with container(jail, builder.build("slim"), tmp_path) as one:
        _, errors = one.process.communicate(timeout=250)
    (line,) = errors.splitlines()
    assert one.process.returncode == 2
    assert "article_to_extraction: spacy, ahocorasick_rs is not installed" in line


def test_the_whole_image_runs_as_it_stands_on_a_read_only_root(jail: Jail, builder: Builder, tmp_path: Path) -> None:
    image = builder.build("full")
    with container(jail, image, tmp_path) as one:
        ready(one)
        status = Path(f"/proc/{one.mine}/status").read_text()
        assert re.search(r"^Uid:\s+10001\s+10001", status, re.MULTILINE)
        written = jail.beside(
            one, ["/bin/sh", "-c", "echo > /opt/wirewatch/x || echo > /etc/x"], image.environment, "0:0"
        )
        assert written.returncode != 0
        assert "Read-only file system" in written.stderr
        assert drained(one) == 0
    assert {file.stat().st_uid for file in (tmp_path / "data").iterdir()} == {10001}


def test_without_its_token_the_image_says_what_is_missing(jail: Jail, builder: Builder, tmp_path: Path) -> None:
    with container(
        jail, builder.build("slim"), tmp_path, "run", "--only", "web", WIREWATCH_API__TOKEN_FILE="/no"
    ) as one:
        _, errors = one.process.communicate(timeout=250)
    assert one.process.returncode == 2
    assert 'api.token_file = "/no"' in errors
