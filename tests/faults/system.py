"""The system under test: one process over its embedded files, or every stage by itself over Kafka and PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.history import History
from tests.faults.receiver import Receiver
from tests.faults.tables import Rows, postgres_rows, sqlite_rows
from tests.faults.wire import RULES, Wire
from tests.faults.worker import ROOT, Worker

STAGES = ("source_to_entry", "entry_to_article", "article_to_extraction", "extraction_to_alert", "alert_to_delivery")
SESSION = 6.0
"""Seconds of a group's session in these tests; production's are longer."""
SHORTENED = {"log__session_timeout": f"{SESSION:g}s", "log__request_timeout": "8s"}
SQLITE = "sqlite:///"


@dataclass
class System:
    """``rows`` asks its database · ``log_url`` as the setting has it."""

    folder: Path
    history: History
    environment: Mapping[str, str]
    log_url: str
    rows: Rows
    workers: dict[str, Worker] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return Path(self.environment["WIREWATCH_DATA"])

    def add(self, name: str, *stages: str) -> Worker:
        """One more process; not started yet."""
        own = {"WIREWATCH_DATA": str(self.data if not stages else self.folder / name)}
        worker = Worker(name, stages, {**self.environment, **own}, self.folder, self.history)
        self.workers[name] = worker
        return worker

    def running(self, stage: str) -> list[Worker]:
        """The workers that run a stage."""
        return [one for one in self.workers.values() if one.wanted and (not one.stages or stage in one.stages)]

    def look_after(self) -> None:
        for worker in list(self.workers.values()):
            worker.look_after()

    def ran(self, *words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """One command of wirewatch, run to its end."""
        return subprocess.run(
            [sys.executable, "-m", "service.cli.main", *words],
            env=self.environment, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def command(self, *words: str, stdin: str | None = None) -> str:
        """What a command that must succeed has printed."""
        done = self.ran(*words, stdin=stdin)
        assert done.returncode == 0, f"wirewatch {' '.join(words)}: {done.stderr}"
        return done.stdout

    def prepare(self, wire: Wire, receiver: Receiver) -> None:
        """The sources and the subscriptions, by the commands that its users have, all at the same time."""
        outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in wire.urls)
        feeds = f'<opml version="2.0"><body>{outlines}</body></opml>'
        with ThreadPoolExecutor() as pool:
            added = [pool.submit(self.command, "sources", "import", "-", stdin=feeds)]
            for name, rule in RULES.items():
                words = ("subscriptions", "add", name, "--rule", "-", "--webhook", receiver.url(name))
                added.append(pool.submit(self.command, *words, stdin=rule))
            for one in added:
                one.result()

    def stop(self) -> None:
        """All of them, in the order of the flow."""
        for worker in self.workers.values():
            worker.stop()


def _environment(data: Path, /, **settings: str) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("WIREWATCH_")}
    return inherited | {
        "PYTHONFAULTHANDLER": "1",
        "WIREWATCH_DATA": str(data),
        "WIREWATCH_LISTEN": "127.0.0.1:0",
        "WIREWATCH_HTTP__ALLOW": '["127.0.0.0/8"]',
        "WIREWATCH_HTTP__TIMEOUT": "10s",
        "WIREWATCH_POLL__MIN_INTERVAL": "1s",
        "WIREWATCH_POLL__MAX_INTERVAL": "2s",
        "WIREWATCH_POLL__HOST_SPACING": "0",
        "WIREWATCH_EXTRACT__PROCESSES": "1",
        "WIREWATCH_DELIVERY__TIMEOUT": "5s",
        "WIREWATCH_DELIVERY__SCHEDULE": "[0, 1, 1, 2, 2, 5, 5, 10, 10, 20, 30, 60, 60, 60]",
        "WIREWATCH_LOGS__FORMAT": "json",
        **{f"WIREWATCH_{key.upper()}": value for key, value in settings.items()},
    }


@contextmanager
def together(folder: Path, history: History, **settings: str) -> Iterator[System]:
    """One process for everything, as a rule over the files of one folder; ``settings`` may put its log or its storage
    elsewhere."""
    environment = _environment(folder / "data", **settings)
    storage = settings.get("storage__url", f"sqlite:///{environment['WIREWATCH_DATA']}/wirewatch.db")
    on_file = storage.startswith(SQLITE)
    rows = sqlite_rows(Path(storage.removeprefix(SQLITE))) if on_file else postgres_rows(storage)
    system = System(folder, history, environment, settings.get("log__url", "embedded:"), rows)
    if not on_file:
        system.command("db", "upgrade")
    system.add("all")
    with _ended(system):
        yield system


@contextmanager
def distributed(
    folder: Path,
    history: History,
    log_url: str,
    storage_url: str,
    copies: Mapping[str, int] | None = None,
    more: Mapping[str, str] | None = None,
) -> Iterator[System]:
    """Every stage a process by itself, ``copies`` of it (one, if not said)."""
    settings = {
        "log__url": log_url,
        "storage__url": storage_url,
        **SHORTENED,
        **(more or {}),
    }
    environment = _environment(folder / "commands", **settings)
    system = System(folder, history, environment, log_url, postgres_rows(storage_url))
    system.command("db", "upgrade")
    for stage in STAGES:
        for copy in range((copies or {}).get(stage, 1)):
            system.add(f"{stage}-{copy + 1}", stage)
    with _ended(system):
        yield system


@contextmanager
def _ended(system: System) -> Iterator[None]:
    try:
        yield
    finally:
        for worker in system.workers.values():
            worker.wanted = False
            if worker.alive:
                worker.kill()
