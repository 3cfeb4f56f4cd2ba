"""``config`` says what holds, from where, and no secret."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from tests.unit.cli.conftest import Run

EXAMPLE = Path("deploy/example.toml").resolve()
SECRETS = """
listen = "127.0.0.1:8181"
[storage]
url = "postgresql://me:geheim@host/base"
[[sources]]
url = "https://you:geheim@example.org/feed"
[[subscriptions]]
name = "x"
rule = {actor = "Q232"}
webhook = "https://:geheim@example.org/hook"
"""


def test_every_value_has_its_origin(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.toml").write_text(SECRETS)
    monkeypatch.setenv("WIREWATCH_POLL__MIN_INTERVAL", "2m")
    ended = run("--config", "mine.toml", "--data", "there", "config", "show", json_lines=True)
    origins = {row["key"]: row["from"] for row in ended.objects}
    values = {row["key"]: row["value"] for row in ended.objects}
    assert (values["data"], origins["data"]) == ("there", "flag --data")
    assert (values["listen"], origins["listen"]) == ("127.0.0.1:8181", "mine.toml")
    assert (values["poll.min_interval"], origins["poll.min_interval"]) == (120, "WIREWATCH_POLL__MIN_INTERVAL")
    assert origins["poll.max_interval"] == "default"
    for shown in (ended.out, run("--config", "mine.toml", "config", "show").out):
        assert "geheim" not in shown
        assert "example.org/hook" in shown
    assert not Path("there").exists(), "looking makes nothing"


def test_the_schema_takes_what_the_program_takes_and_refuses_the_rest(run: Run) -> None:
    schema = json.loads(run("config", "schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    judge.validate(tomllib.loads(EXAMPLE.read_text(encoding="utf-8")))
    judge.validate(
        {
            "poll": {"min_interval": "5m"},
            "http": {"max_body": "15MiB", "timeout": 3},
            "delivery": {"schedule": [0, "5s"]},
        }
    )
    for wrong in ({"foo": 1}, {"poll": {"min_interval": "5 min"}}, {"http": {"max_body": "big"}}):
        assert not judge.is_valid(wrong)


def test_the_example_is_right(run: Run) -> None:
    ended = run("--config", str(EXAMPLE), "config", "check")
    assert (ended.code, ended.out) == (0, "")
    assert "example.toml: ok" in ended.err


def test_a_home_folder_is_understood(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("WIREWATCH_DATA", "~/wires")
    assert run("config", "show", json_lines=True).objects[0]["value"] == "/somewhere/wires"
