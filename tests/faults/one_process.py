"""One process with everything under a fault that is put into one part of it, while a wire goes on publishing: judged
as every scenario is, by what its history shows."""

import json
import random
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.program import until
from tests.faults.checker import Limits, check
from tests.faults.history import History
from tests.faults.observed import observed
from tests.faults.receiver import Receiver
from tests.faults.scenarios_embedded import MIB
from tests.faults.settling import settle, write_down
from tests.faults.system import System, together
from tests.faults.watching import watched
from tests.faults.wire import RULES, Item, Wire
from tests.faults.worker import Worker

PATIENCE = 240.0
"""Seconds for what takes a few on a quiet machine."""
GOOD = "good"
"""The feed in which every item is well; any other is there for what is not."""


@dataclass
class OneProcess:
    """Made by ``one_process``. ``limits``: what a test allows; may be changed while it runs."""

    system: System
    wire: Wire
    receiver: Receiver
    limits: Limits
    published: list[Item] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    _watch: AbstractContextManager[None] | None = None

    @property
    def worker(self) -> Worker:
        return self.system.workers["all"]

    def start(self, *stages: str) -> None:
        """All of it, or some stages; until it is ready."""
        self.worker.stages = stages
        self.worker.start()
        until(lambda: self.worker.address or not self.worker.alive, PATIENCE)
        assert self.worker.alive, f"the service ended: {self.worker.told()}"
        self._watch = watched(self.system)
        self._watch.__enter__()

    def warm_up(self) -> None:
        """Started, and has told something; the first poll is over, after which the feed's order counts."""
        self.start()
        for _ in range(2):
            self.publish(1)
            self.all_told()

    def stop(self) -> int:
        """As its operator does; the exit code."""
        self._look_away()
        return self.worker.stop()

    def kill(self) -> None:
        self._look_away()
        self.worker.wanted = False
        self.worker.kill()

    def _look_away(self) -> None:
        if self._watch is not None:
            self._watch.__exit__(None, None, None)
            self._watch = None

    def publish(self, count: int = 1, feed: str = GOOD, poison: str = "") -> list[Item]:
        new = [self.wire.publish(feed, poison) for _ in range(count)]
        self.published += new
        return new

    def all_told(self, seconds: float = PATIENCE) -> None:
        """Until everything that is well has been told to everybody whom it concerns."""
        deadline = time.monotonic() + seconds
        while untold := self.untold():
            assert time.monotonic() < deadline, f"never told: {sorted(untold)}\n{self.worker.told()}"
            assert self.worker.alive, f"the service ended: {self.worker.exit_code}\n{self.worker.told()}"
            time.sleep(0.1)

    def untold(self) -> set[int]:
        told = set(self.receiver.told)
        well = [one for one in self.published if not one.poison]
        return {one.number for one in well if any((name, one.number) not in told for name in one.tells)}

    def ready(self) -> bool:
        return self.readiness()[0] == 200

    def readiness(self) -> tuple[int, str]:
        """Status and text of ``/readyz``."""
        try:
            with urllib.request.urlopen(f"{self.worker.address}/readyz", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def until_unready(self, *words: str) -> str:
        """Until the service says that it is not ready, in these words; all that it says then."""

        def look() -> str:
            status, text = self.readiness()
            return text if status == 503 and all(word in text for word in words) else ""

        return until(look, PATIENCE)

    def until_ready(self) -> None:
        until(self.ready, PATIENCE)

    def ask(self, path: str) -> Any:
        """A JSON answer of the service's API."""
        with urllib.request.urlopen(f"{self.worker.address}{path}", timeout=20) as answer:
            return json.load(answer)

    def listing(self, *words: str) -> list[dict[str, Any]]:
        """The objects that a listing command prints."""
        return [json.loads(line) for line in self.system.command(*words, "--json").splitlines()]

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return self.system.ran(*words)

    def log_lines(self) -> list[str]:
        """What the service has said."""
        return self.worker.log.read_text(errors="replace").splitlines()

    def changed(self, what: str, *topics: str) -> None:
        """Topics were "deleted", "divided" into more partitions or "trimmed" of their oldest records, just now."""
        for topic in topics:
            self.system.history.note(what, topic=topic)

    def lose(self, items: set[int]) -> None:
        """Their records are taken away before anybody has read them."""
        self.removed |= items
        for item in sorted(items):
            self.system.history.note("removed", item=item)

    def holds(self) -> None:
        """Waits until nothing is left to do; then every invariant holds for all that has happened so far."""
        unwell = self.limits.unwell
        rested = settle(self.system, self.wire, PATIENCE, quiet=1.0, unwell=unwell, removed=len(self.removed))
        assert rested, f"it did not come to rest\n{self.worker.told()}"
        write_down(self.system, self.wire)
        wrong = check(observed(self.system.history.so_far()), self.limits)
        assert not wrong, "\n".join(f"{one.invariant}: {one.what}" for one in wrong[:20])

    def end(self) -> None:
        """Kill what is left."""
        self.kill()


@contextmanager
def one_process(
    folder: Path,
    *,
    feeds: tuple[str, ...] = (GOOD,),
    subscriptions: tuple[dict[str, Any], ...] = (),
    environment: Mapping[str, str] | None = None,
    history: Path | None = None,
    limits: Limits | None = None,
    **settings: str,
) -> Iterator[OneProcess]:
    """Not started yet. ``subscriptions`` are added to the two of the wire; ``environment`` is the service's, not that
    of commands; ``history``: its file, where it must not be in ``folder``."""
    with ExitStack() as stack:
        record = History(history or folder / "history.jsonl")
        stack.callback(record.close)
        receiver = stack.enter_context(Receiver(record).open())
        # Every second article is on a page of its own; no two have the same text, so that each is told.
        made = Wire(record, feeds, 0.0, random.Random(0), copies=0.0, pages=2)
        wire = stack.enter_context(made.open())
        own = [
            {"name": name, "rule": yaml.safe_load(rule), "webhook": receiver.url(name)} for name, rule in RULES.items()
        ]
        chosen = {
            "poll__min_interval": "500ms",
            "sources": json.dumps([{"url": url} for url in wire.urls]),
            "subscriptions": json.dumps([*subscriptions, *own]),
            **settings,
        }
        system = stack.enter_context(together(folder, record, **chosen))
        system.workers["all"].environment |= environment or {}
        files = "log__url" not in settings or "storage__url" not in settings
        bounds = {"resident all": 900 * MIB} | ({"wal": 64 * MIB} if files else {})
        one = OneProcess(system, wire, receiver, replace(limits or Limits(), gauges=bounds))
        stack.callback(one.end)
        yield one
