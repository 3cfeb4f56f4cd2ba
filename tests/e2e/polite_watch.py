"""Two services with many scripted feeds at once, watched, stopped, killed, started again; then everything is judged."""

import json
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from tests.e2e.good_source import ask
from tests.e2e.program import Program
from tests.e2e.scripted_feed import WALL, ScriptedFeed

AFTER_START = 3.0
"""Seconds that a service started again is watched."""


class Watch:
    """One service and its feeds, by the names that they are judged by. ``later``: feeds that are added by hand while it
    runs; the others its configuration brings along."""

    def __init__(
        self, folder: Path, feeds: Mapping[str, ScriptedFeed], later: Collection[str] = (), **settings: str
    ) -> None:
        self.feeds, self._later = feeds, later
        sources = [{"url": feed.url, "title": name} for name, feed in feeds.items() if name not in later]
        self.program = Program(folder, sources=json.dumps(sources), **settings)
        self.rows: dict[str, dict[str, Any]] = {}
        self.articles: list[dict[str, Any]] = []
        self.early: list[str] = []
        """Feeds that were asked before their time by a service started again."""

    def add_later(self) -> None:
        opml = _opml({name: self.feeds[name] for name in self._later})
        done = self.program.command("sources", "import", "-", stdin=opml)
        assert done.returncode == 0, done.stderr

    def look(self) -> None:
        self.rows = {row["title"]: row for row in self.program.listing("sources", "list")}

    def read_articles(self) -> None:
        found: list[dict[str, Any]] = []
        cursor = ""
        while cursor is not None:
            page = ask(
                self.program, f"/api/v1/articles?limit=500&cursor={cursor}" if cursor else "/api/v1/articles?limit=500"
            )
            found += page["items"]
            cursor = page["next"]
        self.articles = found

    def titles(self, name: str) -> list[str]:
        """Of the articles that came of a feed."""
        return sorted(article["title"] for article in self.articles if article["source"] == name)

    def again(self, end: Callable[[], object], *stages: str) -> None:
        """End the service, start it again, and see whom it asks before it said it would."""
        promised = {row["title"]: row for row in ask(self.program, "/api/v1/sources?limit=500")["items"]}
        end()
        began = time.monotonic()
        self.program.start("run", *stages)
        time.sleep(AFTER_START)
        for name, feed in self.feeds.items():
            when = promised.get(name, {}).get("next_poll_at")
            first = next((one.at for one in feed.asked if one.at >= began), None)
            if first is not None and when and first + WALL < datetime.fromisoformat(when).timestamp() - 0.05:
                self.early.append(name)


def together(*work: Callable[[], Any]) -> None:
    """All at the same time; what one of them raises is raised."""
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(one) for one in work]:
            done.result()


def give_time(look: Callable[[], object], most: float, least: float = 0.0) -> None:
    """Until ``look`` is true; at least ``least`` and at most ``most`` seconds. What is missing then is for the tests to
    say, each for its own part."""
    began = time.monotonic()
    while not look() and time.monotonic() < began + most:
        time.sleep(0.2)
    time.sleep(max(0.0, began + least - time.monotonic()))


def _opml(feeds: Mapping[str, ScriptedFeed]) -> str:
    outlines = "".join(
        f'<outline type="rss" text={quoteattr(name)} title={quoteattr(name)} xmlUrl={quoteattr(feed.url)}/>'
        for name, feed in feeds.items()
    )
    return f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
