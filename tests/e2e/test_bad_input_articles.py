"""Every kind of bad page and text at once beside a good source, in one running service: the entry goes on with what
can be read, or is put aside with its cause; the good one's news go on, memory stays bounded, a restart repeats nothing.
"""

import json
import time
from pathlib import Path

import pytest

from tests.e2e.bad_articles import bad_pages, strange_pages, texts
from tests.e2e.good_source import LEAST, SUBSCRIPTION, GoodSource, Outcome, ask, feed, item, look, text_about
from tests.e2e.program import Program, until
from tests.e2e.raw_site import RawSites, reply

pytestmark = pytest.mark.slow

HERE = "127.0.0.2"
RSS_LIMIT = 900
"""MiB for the service's process; it holds two articles of a megabyte with some ten thousand mentions each."""
PHASE = 60.0
EMOJI = "😀🎉👩‍👩‍👧‍👦🏳️‍🌈" * 50
NOTES = {
    "page-404": "the page answered 404",
    "page-500": "the page answered 500",
    "page-png": "leads to image/png",
    "page-binary": "not text",
    "page-empty": "the page is empty",
    "page-drip": "no complete answer",
    "page-endless": "larger than 8 MiB",
    "page-gzip-bomb": "larger than 8 MiB",
    "page-to-inside": "refused to reach 127.0.0.1",
    "page-in-circles": "more than 5 redirects",
    "page-reset": "connection to 127.0.0.2 failed",
}
"""What the article says about why its text is the feed's own."""


class Run:
    """The service over a feed for each bad article, and the good source."""

    def __init__(self, folder: Path, sites: RawSites) -> None:
        self.good, self.sites = GoodSource(sites), sites
        self.inside = sites.serve({"/secret": reply(b"<p>x</p>", kind="text/html")}, "127.0.0.1") + "/secret"
        self.urls: dict[str, str] = {}
        self.bad, self.strange, self.texts = bad_pages(self.inside), strange_pages(), texts()
        for name, answer in self.bad.items():
            base = sites.serve({"/page": answer})
            self._feed(name, item(f"Aus {name}", text_about(name), f"{base}/page", name))
        for name, answer in self.strange.items():
            base = sites.serve({"/page": answer})
            self._feed(name, item(f"Aus {name}", "", f"{base}/page", name))
        for name, text in self.texts.items():
            whole = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
            self._feed(name, item(f"Aus {name}", "", "", name, whole))
        self._feed("emoji", item("😀🎉", EMOJI, "", "emoji"))
        self._feed("headline", item("SCO, CSTO: headline of the Shanghai Cooperation Organisation", "", "", "headline"))
        self._feed("nothing", item("", "", "", "nothing"))
        self.expected = [*self.bad, *self.strange, *self.texts, "headline"]
        watched = [{"url": url, "title": name} for name, url in self.urls.items()]
        self.program = Program(
            folder,
            http__allow=f'["{HERE}/32"]',
            http__timeout="3s",
            poll__min_interval="500ms",
            extract__processes="2",
            sources=json.dumps([{"url": self.good.url, "title": "good"}, *watched]),
            subscriptions=json.dumps([SUBSCRIPTION | {"webhook": self.good.hook}]),
        )
        self.outcome = Outcome()
        self.articles: list[dict[str, object]] = []

    def _feed(self, name: str, *items: str) -> None:
        self.urls[name] = f"{self.sites.serve({'/feed': reply(feed(*items, title=name))})}/feed"

    def through(self) -> None:
        """Publish good news until everything expected has been alerted."""
        ends = time.monotonic() + PHASE
        while time.monotonic() < ends:
            self.good.publish()
            time.sleep(1.5)
            alerted = len(self.good.received()) >= len(self.expected) + len(self.good.published) - 1
            if alerted and len(self.good.published) >= LEAST:
                break
        self.good.await_all()
        self.outcome = look(self.program, self.good)
        while self.expected_still() and time.monotonic() < ends:  # a text of a megabyte takes seconds
            time.sleep(0.5)
            self.outcome = look(self.program, self.good)
        self.articles = ask(self.program, "/api/v1/articles?limit=1000")["items"]

    def expected_still(self) -> set[str]:
        return set(self.expected) - {str(alert["source"]) for alert in self.outcome.alerts}

    def alert(self, name: str) -> dict[str, object]:
        """The one alert that a case has brought."""
        (alert,) = (alert for alert in self.outcome.alerts if alert["source"] == name)
        return alert


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):
    with RawSites(HERE).open() as sites:
        running = Run(tmp_path_factory.mktemp("articles"), sites)
        running.program.start()
        try:
            running.through()
            yield running
        finally:
            running.program.kill()


@pytest.mark.parametrize("name", NOTES)
def test_a_page_that_cannot_be_had_leaves_the_feeds_text_and_says_why(run: Run, name: str) -> None:
    provenance = run.alert(name)["provenance"]
    assert provenance["text_from"] == "feed"
    assert NOTES[name] in provenance["note"]


@pytest.mark.parametrize("name", sorted(set(bad_pages("")) - set(NOTES)))
def test_a_hostile_page_does_not_stop_its_entry(run: Run, name: str) -> None:
    assert run.alert(name)["title"] == f"Aus {name}"


@pytest.mark.parametrize("name", strange_pages())
def test_an_article_is_read_from_a_strange_page(run: Run, name: str) -> None:
    alert = run.alert(name)
    assert alert["provenance"]["text_from"] == "page"
    assert any("Shanghaier Organisation" in reason["evidence"]["exact"] for reason in alert["why"])


@pytest.mark.parametrize("name", texts())
def test_a_strange_text_is_read_and_alerted(run: Run, name: str) -> None:
    alert = run.alert(name)
    assert alert["provenance"]["text_from"] == "feed"
    assert alert["why"]
    assert all(reason["actor"] == "Q485207" for reason in alert["why"])


def test_a_headline_without_a_text_is_read_as_one(run: Run) -> None:
    assert run.alert("headline")["why"]


def test_only_emoji_is_an_article_that_alerts_nobody(run: Run) -> None:
    assert [article["title"] for article in run.articles if article["source"] == "emoji"] == ["😀🎉"]
    assert run.outcome.titles("emoji") == []


def test_an_entry_without_anything_is_put_aside_with_its_cause(run: Run) -> None:
    (letter,) = run.outcome.letters
    assert (letter["stage"], letter["topic"]) == ("entry_to_article", "entries")
    assert "neither a text nor a title" in letter["error"]
    shown = run.program.listing("dlq", "show", letter["id"])
    assert json.loads(shown[0]["payload"])["source"]["url"] == run.urls["nothing"]


def test_nobody_is_led_inside(run: Run) -> None:
    assert run.sites.asked(run.inside) == []


def test_every_good_article_was_alerted_meanwhile(run: Run) -> None:
    assert len(run.outcome.delays) >= LEAST
    assert None not in run.outcome.delays.values()


def test_memory_stays_bounded(run: Run) -> None:
    assert run.outcome.peak_rss < RSS_LIMIT


def test_a_restart_tells_nothing_twice(run: Run) -> None:
    before = [name for name, _, _ in run.good.received()]
    assert len(before) == len(set(before))
    run.program.kill()
    run.program.start()
    title = run.good.publish()
    until(lambda: any(title == told for _, told, _ in run.good.received()), 30)
    time.sleep(2)
    after = [name for name, _, _ in run.good.received()]
    assert len(after) == len(set(after)) == len(before) + 1
    assert len(run.program.listing("dlq", "list")) == 1
    assert run.program.stop() == 0
