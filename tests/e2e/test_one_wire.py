"""One wire, end to end: a feed is polled, its page read, two are told once, a copy tells nobody, kills lose nothing."""

import json
import random
import time
from pathlib import Path

import pytest

from tests.e2e.program import Program, until
from tests.e2e.site import Answer, Asked, Site, item, page, rss
from tests.e2e.texts import ARTICLE, HALF, HALF_TITLE, PAIR_RULE, SCO_RULE, TITLE

ROUNDS = 6


class Receiver:
    """A webhook endpoint that remembers what it was sent."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.url = f"{site.base}/hook"
        site.routes["/hook"] = Answer(204)

    def bodies(self) -> dict[str, bytes]:
        """webhook-id → body; fails when one id came with two bodies."""
        found: dict[str, bytes] = {}
        for asked in self.site.to("/hook"):
            name = asked.headers["webhook-id"]
            assert found.setdefault(name, asked.body) == asked.body
        return found


@pytest.fixture
def site():
    with Site().open() as running:
        running.routes["/feed.xml"] = rss(item(f"{running.base}/article", TITLE, guid="one"))
        running.routes["/article"] = page(TITLE, ARTICLE)
        running.routes["/other.xml"] = rss("")
        running.routes["/copy"] = page(HALF_TITLE, HALF)
        yield running


@pytest.fixture
def program(tmp_path: Path):
    running = Program(tmp_path)
    yield running
    running.kill()


def subscribe(program: Program, receiver: Receiver) -> None:
    for name, rule in (("SCO", SCO_RULE), ("pair", PAIR_RULE)):
        done = program.command("subscriptions", "add", name, "--rule", "-", "--webhook", receiver.url, stdin=rule)
        assert done.returncode == 0, done.stderr


def test_two_subscriptions_are_told_once_each_and_a_copy_tells_nobody(program: Program, site: Site) -> None:
    receiver = Receiver(site)
    subscribe(program, receiver)
    program.start()
    # A running service takes up what another terminal adds.
    assert program.command("sources", "add", f"{site.base}/feed.xml").returncode == 0
    until(lambda: len(receiver.bodies()) == 2)
    alerts = {alert["subscription"]["name"]: alert for alert in program.listing("alerts", "list")}
    assert set(alerts) == {"SCO", "pair"}
    for alert in alerts.values():
        assert alert["language"] == "de"
        assert alert["revision"] == 0
        assert [agency["name"] for agency in alert["provenance"]["agencies"]] == ["TASS", "Kazinform"]
        assert alert["provenance"]["original_url"] == "https://example.org/grenzbahnhof"
        assert all(reason["evidence"]["exact"] for reason in alert["why"])
        speakers = {said["speaker"]["actor"] for said in alert["statements"] if said["speaker"]}
        assert speakers >= {None}
        assert len(speakers) == 2
    assert {reason["actor"] for reason in alerts["pair"]["why"]} == {"Q232", "Q159"}
    assert {reason["actor"] for reason in alerts["SCO"]["why"]} == {"Q485207"}
    for body in receiver.bodies().values():
        sent = json.loads(body)
        assert sent["type"] == "alert.raised"
        assert sent["data"]["id"] in {alert["id"] for alert in alerts.values()}

    site.routes["/other.xml"] = rss(item(f"{site.base}/copy", HALF_TITLE, guid="two"), "Another paper")
    assert program.command("sources", "add", f"{site.base}/other.xml").returncode == 0
    joined = until(
        lambda: [alert for alert in program.listing("alerts", "list") if alert["also_reported_by"]], seconds=30
    )
    assert {alert["also_reported_by"][0]["title"] for alert in joined} == {HALF_TITLE}
    time.sleep(1.5)
    assert len(receiver.bodies()) == 2
    assert len(program.listing("alerts", "list")) == 2
    assert program.stop() == 0


def test_killed_at_any_moment_it_tells_everything_and_nothing_twice(program: Program, site: Site) -> None:
    receiver = Receiver(site)
    subscribe(program, receiver)
    assert program.command("sources", "add", f"{site.base}/feed.xml").returncode == 0
    moments = random.Random(20260521)
    for _ in range(ROUNDS):
        program.start()
        time.sleep(moments.uniform(0, 2.5))
        program.kill()
    program.start()
    until(lambda: len(receiver.bodies()) == 2)
    time.sleep(2)
    assert len(receiver.bodies()) == 2
    assert len(program.listing("alerts", "list")) == 2
    deliveries = program.listing("deliveries", "list")
    assert {delivery["id"] for delivery in deliveries} == set(receiver.bodies())
    assert program.stop() == 0


def test_a_poll_is_polite_over_a_restart(program: Program, site: Site) -> None:
    def feed(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == 'W/"odd one"':
            return Answer(304, headers={"etag": 'W/"odd one"'})
        full = rss(item(f"{site.base}/article", TITLE, guid="one"))
        return Answer(200, full.body, {**full.headers, "etag": 'W/"odd one"', "cache-control": "max-age=3600"})

    site.routes["/feed.xml"] = feed
    program.start()
    program.command("sources", "add", f"{site.base}/feed.xml")
    until(lambda: site.to("/article"))
    assert program.stop() == 0
    program.start()
    time.sleep(3)
    assert program.stop() == 0
    assert len(site.to("/feed.xml")) == 1, "an hour was asked for"
    shown = program.listing("sources", "show", f"{site.base}/feed.xml")[0]
    assert shown["state"] == "ok"
    assert shown["etag"] == 'W/"odd one"'
