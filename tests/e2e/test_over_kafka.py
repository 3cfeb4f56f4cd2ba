"""The whole service over Kafka in one process, as an operator has it: alerts, health, topics, commands beside it."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.e2e.program import Program, until
from tests.parts.kafka import Cluster, kafka
from tests.parts.missing import needed

PATIENCE = 180.0


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A broker that these tests may freeze and kill."""
    with needed(), kafka() as cluster:
        yield cluster


@pytest.fixture
def program(own: Cluster, tmp_path: Path) -> Iterator[Program]:
    settings = {"log__url": own.fresh_url(), "log__session_timeout": "6s", "log__request_timeout": "5s"}
    program = Program(tmp_path, demo__enabled="true", demo__port="0", **settings)
    yield program
    program.stop(60)


def answer(program: Program, path: str) -> httpx.Response:
    return httpx.get(program.address + path, timeout=30, trust_env=False)


def test_the_demo_wire_raises_its_alerts_over_kafka_and_commands_work_beside_it(program: Program) -> None:
    rule = program.folder / "rule.yaml"
    rule.write_text("actor: Q485207\n")
    assert program.command("subscriptions", "add", "SCO", "--rule", str(rule), "--console").returncode == 0
    missing = program.command("topics", "check")
    assert missing.returncode == 1
    assert all("is missing" in line for line in missing.stdout.splitlines())
    assert program.command("topics", "apply").returncode == 0
    program.start()
    until(lambda: program.listing("alerts", "list"), PATIENCE)
    assert answer(program, "/readyz").json()["ready"] is True
    assert program.command("health", "--url", program.address).returncode == 0
    assert program.listing("dlq", "list") == []
    assert program.command("topics", "check").returncode == 0
    figures = answer(program, "/metrics").text
    assert 'wirewatch_log_appended_total{topic="entries"}' in figures
    assert 'wirewatch_group_stuck{group="entry_to_article"} 0.0' in figures
    assert program.stop(60) == 0


def test_brokers_that_are_away_are_waited_for_and_told_from_the_start_on(own: Cluster, program: Program) -> None:
    own.nodes[0].kill()
    try:
        said = program.command("topics", "check")
        assert said.returncode == 1
        assert "no broker can be reached" in said.stderr
        assert len(said.stderr.splitlines()) == 1
    finally:
        own.nodes[0].restart()
    program.start()
    until(lambda: answer(program, "/readyz").status_code == 200, PATIENCE)
    own.nodes[0].freeze()
    try:
        found = until(lambda: (r := answer(program, "/readyz")).status_code == 503 and r, PATIENCE)
        assert any("kafka://" in reason for reason in found.json()["reasons"])
        for _ in range(20):
            assert answer(program, "/readyz").status_code == 503, "not only while it is being looked"
            assert answer(program, "/healthz").status_code == 200, "a restart of ours would not help"
            time.sleep(0.5)
    finally:
        own.nodes[0].thaw()
    until(lambda: answer(program, "/readyz").status_code == 200, PATIENCE)


def test_a_broker_that_does_not_answer_does_not_keep_the_service_from_ending(own: Cluster, program: Program) -> None:
    program.start()
    own.nodes[0].freeze()
    try:
        assert program.stop(90) == 0
    finally:
        own.nodes[0].thaw()
