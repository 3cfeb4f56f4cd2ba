"""Every kind of bad feed at once beside a good one, in one running service: each ends in a clear message or in what is
whole of it, the good one's news go on, memory stays bounded, and a restart tells nothing twice."""

import json
import time
from pathlib import Path

import pytest

from tests.e2e.bad_feeds import bad_feeds
from tests.e2e.good_source import LEAST, SUBSCRIPTION, GoodSource, Outcome, ask, look
from tests.e2e.program import Program, until
from tests.e2e.raw_site import RawSites, reply

pytestmark = pytest.mark.slow

HERE = "127.0.0.2"
"""The only address that requests may reach."""
RSS_LIMIT = 700
"""MiB for the service's process; what the feeds would unpack to is some gigabytes."""
PHASE = 40.0
REFUSED = {
    "html": ("failing", "a web page (HTML), not a feed"),
    "json": ("failing", "JSON but not a JSON Feed"),
    "png": ("failing", "not XML"),
    "empty": ("failing", "the answer is empty"),
    "20-mb": ("failing", "larger than 15 MiB"),
    "endless-body": ("failing", "larger than 15 MiB"),
    "gzip-bomb": ("failing", "larger than 15 MiB"),
    "gzip-gzip-bomb": ("failing", "larger than 15 MiB"),
    "gzip-in-gzip-in-gzip": ("failing", "encoded 3 times over"),
    "not-gzip": ("failing", "says it is gzip but is not"),
    "bad-gzip-crc": ("failing", "says it is gzip but is not"),
    "brotli": ("failing", "which nobody asked for"),
    "to-inside": ("failing", "refused to reach 127.0.0.1"),
    "in-circles": ("failing", "more than 5 redirects"),
    "to-nowhere": ("failing", "not a web address"),
    "drip": ("failing", "no complete answer"),
    "drip-headers": ("failing", "no complete answer"),
    "silent": ("failing", "no complete answer"),
    "reset": ("failing", "connection to 127.0.0.2 failed"),
    "closed": ("failing", "127.0.0.2"),
    "not-http": ("failing", "does not speak HTTP"),
    "cut-short": ("failing", "broke off"),
    "status-404": ("failing", "answered 404"),
    "status-500": ("failing", "answered 500"),
    "status-429": ("paused", "asked too often"),
    "status-410": ("gone", "not asked any more"),
}
READ = {
    "invalid-utf8": ["Aus\ufffd\ufffd\ufffd invalid-utf8"],
    "wrong-charset": ["Aus wrong-charset"],
    "cp1251-as-utf8": ["Саммит пройдёт осенью"],
    "half-emoji": ["Aus half-emoji \ufffd"],
    "truncated": ["Aus whole"],
    "entity-bomb": ["Aus &l9;entity-bomb"],
    "xxe": ["Aus &x;xxe"],
    "ten-thousand": ["Aus ten-thousand"],
    "no-guids": ["Aus no-guids 1", "Aus no-guids 2", "Aus no-guids 3"],
    "same-guids": ["Aus same-guids 1", "Aus same-guids 2", "Aus same-guids 3"],
    "dates": [f"Aus dates-{name}" for name in ("0", "1", "1970", "2", "2099", "3")],
    "relative-links": ["Aus relative-links"],
}


class Run:
    """The service over the bad feeds and the good one."""

    def __init__(self, folder: Path, sites: RawSites) -> None:
        self.good = GoodSource(sites)
        inside = sites.serve({"/secret": reply(b"<rss/>")}, "127.0.0.1")
        self.inside = f"{inside}/secret"
        self.sites = sites
        self.urls = {name: f"{sites.serve({'/feed': answer})}/feed" for name, answer in bad_feeds(self.inside).items()}
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

    def through(self) -> None:
        """Publish good news until every bad feed has had its turn and everything expected has been alerted."""
        wanted = sum(len(titles) for titles in READ.values())
        ends = time.monotonic() + PHASE
        while True:
            self.good.publish()
            time.sleep(1.5)
            polled = all(row["state"] != "new" for row in ask(self.program, "/api/v1/sources?limit=500")["items"])
            alerted = len({name for name, _, _ in self.good.received()})
            done = polled and alerted >= wanted + len(self.good.published) - 1 and self._gone()
            if (done and len(self.good.published) >= LEAST) or time.monotonic() > ends:
                break
        self.good.await_all()
        self.outcome = look(self.program, self.good)

    def _gone(self) -> bool:
        return len(self.sites.asked(self.urls["status-410"])) >= 2

    def state(self, name: str) -> dict[str, object]:
        return self.outcome.sources[self.urls[name]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):
    with RawSites(HERE).open() as sites:
        running = Run(tmp_path_factory.mktemp("feeds"), sites)
        running.program.start()
        try:
            running.through()
            yield running
        finally:
            running.program.kill()


@pytest.mark.parametrize("name", REFUSED)
def test_a_feed_that_is_none_ends_in_a_clear_message(run: Run, name: str) -> None:
    state, message = REFUSED[name]
    shown = run.state(name)
    assert (shown["state"], message in str(shown["last_error"])) == (state, True), shown
    assert "\n" not in str(shown["last_error"])
    assert run.outcome.titles(name) == []


@pytest.mark.parametrize("name", READ)
def test_what_is_whole_of_a_bad_feed_is_alerted_once(run: Run, name: str) -> None:
    shown = run.state(name)
    assert (shown["state"], shown["last_error"]) == ("ok", None)
    assert run.outcome.titles(name) == READ[name]


def test_the_others_end_one_way_or_the_other(run: Run) -> None:
    left = set(run.urls) - set(REFUSED) - set(READ)
    for name in left:
        shown = run.state(name)
        assert shown["state"] in ("ok", "failing"), shown
        assert shown["state"] == "ok" or shown["last_error"], shown


def test_nobody_is_led_inside(run: Run) -> None:
    assert run.sites.asked(run.inside) == []


def test_no_file_of_ours_is_told(run: Run) -> None:
    assert not any("root:" in json.dumps(alert) for alert in run.outcome.alerts)


def test_relative_links_are_resolved(run: Run) -> None:
    (alert,) = (alert for alert in run.outcome.alerts if alert["source"] == "relative-links")
    assert alert["url"] == run.urls["relative-links"].replace("/feed", "/x/one?a=1&b=2")


def test_dates_that_no_news_has_are_left_out(run: Run) -> None:
    dates = {alert["title"]: alert["published_at"] for alert in run.outcome.alerts if alert["source"] == "dates"}
    assert set(dates.values()) == {None}


def test_every_good_article_was_alerted_meanwhile(run: Run) -> None:
    assert len(run.outcome.delays) >= LEAST
    assert None not in run.outcome.delays.values()


def test_nothing_was_put_aside(run: Run) -> None:
    assert run.outcome.letters == []


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
    assert sorted(after[: len(before)]) == sorted(before)
    assert len(after) == len(before) + 1
    assert run.program.stop() == 0
