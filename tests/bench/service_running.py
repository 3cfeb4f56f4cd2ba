"""A service under measurement: wirewatch on either engine, a site on loopback with its feeds, a receiver."""

import json
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.bench.deployed import EMBEDDED, Deployed, deployed
from tests.bench.texts import article
from tests.e2e.program import until
from tests.e2e.site import Answer, Asked, Route, Site, item, rss

LANGUAGES = ("de", "en", "ru", "fr", "vi")
PROCESSES = 2
PATIENCE = 600
WORD = "Wirewatchville"
"""What the subscription looks for."""
IN_FEED = 30
"""Entries that a feed shows."""


def text_of(number: int, words: int = 300) -> str:
    """Article ``number``, in a language of its own turn; every one is told."""
    return f"{WORD}, {number}. {article(LANGUAGES[number % len(LANGUAGES)], number, words)}"


class Service:
    """``words``: of an article · ``told``: when the article of each number was first told (``time.monotonic``)."""

    def __init__(self, site: Site, running: Deployed, words: int) -> None:
        self.site, self.running, self.words = site, running, words
        self.told: dict[int, float] = {}
        site.routes["/hook"] = self._take

    def _take(self, asked: Asked) -> Answer:
        self.told.setdefault(int(json.loads(asked.body)["data"]["title"].split()[-1]), asked.at)
        return Answer(204)

    def entry(self, number: int) -> str:
        """An RSS item with the whole text."""
        markup = "".join(f"<p>{line}</p>" for line in text_of(number, self.words).split("\n"))
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
        return int(self.counted('wirewatch_stage_messages_total{outcome="done",stage="extraction_to_alert"}'))

    def counted(self, series: str) -> float:
        """A counter, over all processes."""
        total = 0.0
        for address in self.running.addresses:
            with urlopen(f"{address}/metrics", timeout=30) as answer:
                lines = answer.read().decode().splitlines()
            total += sum(float(line.split()[-1]) for line in lines if line.startswith(f"{series} "))
        return total

    def warm_up(self, first: int, count: int = 2) -> None:
        """``count`` articles of each language are told, so that the reading processes know them all."""
        numbers = range(first, first + count * len(LANGUAGES))
        source = self.serve(f"/warm-{first}.xml", self.feed_of(numbers))
        until(lambda: self.told.keys() >= set(numbers), PATIENCE)
        self.remove(source)

    def subscribe(self) -> None:
        subscription = {"name": "all", "rule": {"phrase": WORD}, "webhook": f"{self.site.base}/hook"}
        self._asked("POST", "subscriptions", subscription)

    def _asked(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.running.api}/api/v1/{path}", data, headers, method=method)
        with urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")


@dataclass
class Trickle:
    """``rate`` feeds, asked every second, each with one more article each time. ``answered``: when a feed first had the
    article of a number."""

    flow: Service
    rate: int
    first: int
    answered: dict[int, float] = field(default_factory=dict)
    _written: dict[int, list[str]] = field(default_factory=dict)
    _sources: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, seconds: float) -> None:
        """Feeds grow for so long from now on."""
        self._begun, self._seconds = time.monotonic(), seconds
        self._written = {which: [] for which in range(self.rate)}
        self._sources = [self.flow.serve(f"/slow-{self.first}-{which}.xml", self._feed) for which in range(self.rate)]

    def _feed(self, asked: Asked) -> Answer:
        which = int(asked.path.removesuffix(".xml").rpartition("-")[2])
        with self._lock:
            published = self._written[which]
            while len(published) < min(asked.at - self._begun, self._seconds):
                number = self.first + which + self.rate * len(published)
                published.append(self.flow.entry(number))
                self.answered[number] = time.monotonic()
            return rss("".join(published[-IN_FEED:]))

    def whole(self) -> bool:
        """Every feed has shown all that it was to grow to."""
        return len(self.answered) >= self.rate * int(self._seconds)

    def settle(self, quiet: float) -> None:
        """Until all are told, or for so many seconds none was: an article that is like another is told by no alert of
        its own."""
        until(self.whole, PATIENCE)
        count, since = -1, time.monotonic()
        while self.answered.keys() - self.flow.told.keys() and time.monotonic() - since < quiet:
            if len(self.flow.told) != count:
                count, since = len(self.flow.told), time.monotonic()
            time.sleep(0.1)
        self.end()

    def end(self) -> None:
        """The service forgets the feeds."""
        for source in self._sources:
            self.flow.remove(source)

    def delays(self) -> list[float]:
        """Seconds from the feed's answer to the webhook, shortest first."""
        told = self.flow.told
        return sorted(told[number] - at for number, at in self.answered.items() if number in told)


@contextmanager
def service(
    engine: str = EMBEDDED, *, readers: int = 1, processes: int = PROCESSES, words: int = 300
) -> Iterator[Service]:
    """Ready and warm."""
    settings = {"extract__processes": str(processes), "poll__max_interval": "1s", "logs__level": "warning"}
    with (
        Site().open() as site,
        tempfile.TemporaryDirectory(prefix="wirewatch-bench-") as folder,
        deployed(engine, Path(folder), settings, readers) as running,
    ):
        flow = Service(site, running, words)
        flow.subscribe()
        flow.warm_up(1_000_000, 2 * readers)
        yield flow
