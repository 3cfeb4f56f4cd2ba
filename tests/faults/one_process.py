"""One process under a fault: a good source that goes on publishing, its receiver, and what has to hold at the end."""

import json
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from tests.e2e.good_source import SUBSCRIPTION, GoodSource
from tests.e2e.program import Program, until
from tests.e2e.raw_site import RawSites

PATIENCE = 240.0
"""Seconds for what takes a few on a quiet machine."""


class OneProcess:
    """``settings`` are added to those of the program; ``sources`` and ``subscriptions`` to the good ones;
    ``environment`` to that of the service, not of commands."""

    def __init__(
        self,
        folder: Path,
        sites: RawSites,
        *,
        sources: tuple[str, ...] = (),
        subscriptions: tuple[dict[str, Any], ...] = (),
        environment: dict[str, str] | None = None,
        **settings: str,
    ) -> None:
        self.good, self.sites = GoodSource(sites), sites
        self.program = Program(
            folder,
            **{
                "poll__min_interval": "500ms",
                "poll__max_interval": "2s",
                "sources": json.dumps([{"url": url} for url in (self.good.url, *sources)]),
                "subscriptions": json.dumps([*subscriptions, SUBSCRIPTION | {"webhook": self.good.hook}]),
                **settings,
            },
        )
        self._own = environment or {}

    def start(self, *words: str) -> None:
        """The service, with the environment that it alone has."""
        usual = self.program.environment
        self.program.environment = usual | self._own
        self.program.start(*words)
        self.program.environment = usual

    @property
    def pid(self) -> int:
        assert self.program.service is not None
        return self.program.service.pid

    def publish(self, count: int = 1) -> None:
        for _ in range(count):
            self.good.publish()

    def all_told(self, seconds: float = PATIENCE) -> None:
        """Until an alert has come for everything that was published."""
        self.good.await_all(seconds)

    def told(self) -> Counter[str]:
        """Titles of the alerts that came, each by its distinct ids."""
        return Counter(title for _, title in {(name, title) for name, title, _ in self.good.received()})

    def untold(self) -> set[str]:
        return set(self.good.published) - set(self.told())

    def ready(self) -> bool:
        return self.readiness()[0] == 200

    def readiness(self) -> tuple[int, str]:
        """Status and text of ``/readyz``."""
        try:
            with urllib.request.urlopen(self.program.address + "/readyz", timeout=30) as answer:
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

    def nothing_lost_nothing_twice(self) -> None:
        """One alert with one id for everything published, no dead letter; as the receiver and the operator see it."""
        assert self.told() == Counter(dict.fromkeys(self.good.published, 1))
        listed = self.program.listing("alerts", "list", "--subscription", "good")
        alerts = Counter(alert["title"] for alert in listed)
        assert alerts == self.told()
        assert self.program.listing("dlq", "list") == []

    def log_lines(self) -> list[str]:
        """What the service has said on standard error."""
        return (self.program.folder / "service.log").read_text(errors="replace").splitlines()

    def end(self) -> None:
        """Kill what is left."""
        if self.program.service is not None:
            self.program.kill()
