"""A service under measurement: ``wirewatch run`` on an embedded log, a site on loopback with its feeds, a receiver."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.bench.processes import cpu_by_process
from tests.bench.texts import article
from tests.e2e.program import Program, until
from tests.e2e.site import Answer, Asked, Route, Site, item, rss

LANGUAGES = ("de", "en", "ru", "fr", "vi")
PROCESSES = 2
PATIENCE = 600
WORD = "Wirewatchville"
"""What the subscription looks for."""


def text_of(number: int) -> str:
    """Article ``number``, in a language of its own turn; every one is told."""
    return f"{WORD}, {number}. {article(LANGUAGES[number % len(LANGUAGES)], number)}"


class Service:
    """``told``: when the article of each number was first told (``time.monotonic``)."""

    def __init__(self, site: Site, program: Program) -> None:
        self.site, self.program = site, program
        self.told: dict[int, float] = {}
        site.routes["/hook"] = self._take

    def _take(self, asked: Asked) -> Answer:
        self.told.setdefault(int(json.loads(asked.body)["data"]["title"].split()[-1]), asked.at)
        return Answer(204)

    def entry(self, number: int) -> str:
        """An RSS item with the whole text."""
        markup = "".join(f"<p>{line}</p>" for line in text_of(number).split("\n"))
        return item(f"{self.site.base}/article/{number}", f"{WORD} {number}", markup, guid=str(number))

    def feed_of(self, numbers: Iterable[int]) -> Answer:
        """A feed that need not be asked again, so that what is measured is its articles."""
        feed = rss("".join(map(self.entry, numbers)))
        return Answer(200, feed.body, {**feed.headers, "cache-control": "max-age=3600"})

    def serve(self, path: str, route: Route) -> str:
        """A feed that the service watches from now on; its id."""
        self.site.routes[path] = route
        source: str = self._asked("POST", "sources", {"url": self.site.base + path})["id"]
        return source

    def remove(self, source: str) -> None:
        self._asked("DELETE", f"sources/{source}", None)

    def dealt_with(self) -> int:
        """Articles that went through the last stage."""
        with urlopen(f"{self.program.address}/metrics", timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        wanted = 'wirewatch_stage_messages_total{outcome="done",stage="extraction_to_alert"}'
        return sum(int(float(line.split()[-1])) for line in lines if line.startswith(wanted))

    @property
    def pid(self) -> int:
        assert self.program.service is not None
        return self.program.service.pid

    def cpu(self) -> dict[int, float]:
        return cpu_by_process(self.pid)

    def subscribe(self) -> None:
        subscription = {"name": "all", "rule": {"phrase": WORD}, "webhook": f"{self.site.base}/hook"}
        self._asked("POST", "subscriptions", subscription)

    def _asked(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.program.address}/api/v1/{path}", data, headers, method=method)
        with urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")


@contextmanager
def service() -> Iterator[Service]:
    """Ready and warm: two articles of each language have been told, so both reading processes know them all."""
    with Site().open() as site, tempfile.TemporaryDirectory(prefix="wirewatch-bench-") as folder:
        program = Program(
            Path(folder), extract__processes=str(PROCESSES), poll__max_interval="1s", logs__level="warning"
        )
        program.start()
        try:
            running = Service(site, program)
            running.subscribe()
            warm = range(1_000_000, 1_000_000 + 2 * len(LANGUAGES))
            source = running.serve("/warm.xml", running.feed_of(warm))
            until(lambda: len(running.told) >= len(warm), PATIENCE)
            running.remove(source)
            yield running
        finally:
            program.stop()
