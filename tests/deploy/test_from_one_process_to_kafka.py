"""The README's way from one process to Kafka: its very lines, with other places and ports, against real servers."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.tools import ROOT
from tests.e2e.program import Program, until
from tests.e2e.site import Answer, Site, item, page, rss
from tests.e2e.texts import ARTICLE, SCO_RULE, TITLE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
HEADING = "## From one process to Kafka"


def lines() -> list[str]:
    """The commands of the section, five of them."""
    section = (ROOT / "README.md").read_text().split(HEADING)[1]
    found = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1].strip().splitlines()


class Shell:
    """Runs the lines one by one, as a person would, and keeps what runs in the background."""

    def __init__(self, folder: Path, places: dict[str, str]) -> None:
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("WIREWATCH_")}
        self.environment |= {"WIREWATCH_HTTP__ALLOW": '["127.0.0.0/8"]', "WIREWATCH_POLL__MIN_INTERVAL": "1s"}
        self.environment |= {"WIREWATCH_POLL__HOST_SPACING": "0", "WIREWATCH_LISTEN": "127.0.0.1:0"}
        self.environment |= {"WIREWATCH_DATA": str(folder / "data"), "WIREWATCH_EXTRACT__PROCESSES": "1"}
        self._folder, self._places = folder, places
        self.services: list[subprocess.Popen[str]] = []

    def run(self, line: str) -> None:
        line = re.sub(r"WIREWATCH_LISTEN=\S+ ", "", line)
        words = shlex.split(line)
        if words[0] == "export":
            self.environment |= {name: self._places[name] for name, _, _ in (word.partition("=") for word in words[1:])}
        elif words[-1] == "&":
            command = [sys.executable, "-m", "service.cli.main", *words[1:-1]]
            with (self._folder / f"service-{len(self.services)}.log").open("w") as log:
                self.services.append(
                    subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True)
                )
        else:
            for one in line.split("&&"):
                command = [sys.executable, "-m", "service.cli.main", *shlex.split(one)[1:]]
                done = subprocess.run(
                    command, env=self.environment, capture_output=True, text=True, timeout=120, check=False
                )
                assert done.returncode == 0, f"{one}: {done.stderr}"

    def ready(self) -> None:
        for number, service in enumerate(self.services):
            assert service.stdout is not None
            line = service.stdout.readline()
            assert "ready at" in line, (self._folder / f"service-{number}.log").read_text()[-3000:]

    def end(self) -> list[int]:
        for service in self.services:
            service.send_signal(signal.SIGTERM)
        return [service.wait(200) for service in self.services]


@pytest.fixture
def shell(tmp_path: Path, kafka_url: str, postgres_url: str) -> Iterator[Shell]:
    made = Shell(tmp_path, {"WIREWATCH_LOG__URL": kafka_url, "WIREWATCH_STORAGE__URL": postgres_url})
    yield made
    for service in made.services:
        service.kill()
        service.communicate()


def test_five_lines_lead_from_one_process_to_kafka(shell: Shell, tmp_path: Path) -> None:
    assert len(lines()) == 5
    with Site().open() as site:
        site.routes["/feed.xml"] = rss(item(f"{site.base}/article", TITLE, guid="one"))
        site.routes["/article"] = page(TITLE, ARTICLE)
        site.routes["/hook"] = Answer(204)
        for line in lines():
            shell.run(line)
        shell.ready()
        program = Program(tmp_path)
        program.environment = shell.environment
        hook = f"{site.base}/hook"
        added = program.command("subscriptions", "add", "SCO", "--rule", "-", "--webhook", hook, stdin=SCO_RULE)
        assert added.returncode == 0, added.stderr
        assert program.command("sources", "add", f"{site.base}/feed.xml").returncode == 0
        (alert,) = until(lambda: program.listing("alerts", "list"), 120, every=1)
        assert alert["title"] == TITLE
        until(lambda: len(site.to("/hook")) == 1, 60)
        poison_is_replayed(program)
    assert shell.end() == [0, 0, 0]


def poison_is_replayed(program: Program) -> None:
    """Dead letters over Kafka: put aside by the stage, listed, replayed by the command itself, put aside once more."""
    put = subprocess.run(
        [sys.executable, "-m", "tests.deploy.poison"],
        env=program.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert put.returncode == 0, put.stderr

    def letters() -> list[dict[str, Any]]:
        return program.listing("dlq", "list", "--topic", "articles")

    (letter,) = until(letters, 60, every=1)
    assert "not a Article" in letter["error"]
    (answer,) = program.listing("dlq", "replay", "--all")
    assert (answer["id"], answer["error"]) == (letter["id"], None)
    again, before = until(lambda: len(letters()) == 2 and letters(), 60, every=1)
    assert before["replayed_to"] == answer["to"]
    assert again["headers"]["replays"] == "1"
    assert again["replayed_at"] is None
