"""Every kind of bad webhook endpoint at once beside a good one, in one running service: the good one is told at once,
each bad one ends in a receipt that says why, and a restart tells the good one nothing twice."""

import json
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.good_source import SUBSCRIPTION, GoodSource, Outcome, ask, look
from tests.e2e.program import Program, until
from tests.e2e.raw_site import RawSites, Reply, drip, flood, late, redirect, reply, reset

pytestmark = pytest.mark.slow

HERE = "127.0.0.2"
ARTICLES = 5
RSS_LIMIT = 500
"""MiB for the service's process."""
OK_WITHOUT_END = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n"
LONG = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n"
HOSTILE: dict[str, Reply] = {
    "slow": late(30, reply()),
    "silent": drip(b"", b""),
    "status-500": reply(b"oh", "500 Internal Server Error"),
    "status-429": reply(b"", "429 Too Many Requests", retry_after="3600"),
    "status-410": reply(b"", "410 Gone"),
    "redirect": redirect("/elsewhere", "308 Permanent Redirect"),
    "reset": reset(LONG + b"x" * 1000),
    "closed": reset(b""),
    "huge": flood(OK_WITHOUT_END, b"x" * 65536),
    "drip": drip(OK_WITHOUT_END),
    "drip-headers": drip(b"HTTP/1.1 200 OK\r\n", b"x-a: b\r\n"),
    "not-http": b"SSH-2.0-OpenSSH\r\n\r\n",
    "bad-gzip": reply(b"not gzip", content_encoding="gzip"),
}
FAILED = {
    "slow": "no complete answer",
    "silent": "no complete answer",
    "status-500": "answered 500",
    "redirect": "redirects are not followed",
    "reset": "127.0.0.2",
    "closed": "127.0.0.2",
    "drip": "no complete answer",
    "drip-headers": "no complete answer",
    "not-http": "does not speak HTTP",
    "nobody-there": "127.0.0.2",
    "inside": "refused to reach 127.0.0.1",
}
"""Tried to the end of the schedule, with what the receipts say."""


class Run:
    """The service over a good source, its good receiver, and a subscription for each bad one."""

    def __init__(self, folder: Path, sites: RawSites) -> None:
        self.good, self.sites = GoodSource(sites), sites
        self.hooks = {name: f"{sites.serve({'/hook': answer})}/hook" for name, answer in HOSTILE.items()}
        self.hooks["nobody-there"] = f"http://{HERE}:1/hook"
        self.hooks["inside"] = f"{sites.serve({'/hook': reply()}, '127.0.0.1')}/hook"
        bad = [SUBSCRIPTION | {"name": name, "webhook": url} for name, url in self.hooks.items()]
        self.program = Program(
            folder,
            http__allow=f'["{HERE}/32"]',
            poll__min_interval="500ms",
            delivery__timeout="1500ms",
            delivery__schedule='["0s", "1s", "1s"]',
            delivery__concurrency="8",
            sources=json.dumps([{"url": self.good.url, "title": "good"}]),
            subscriptions=json.dumps([*bad, SUBSCRIPTION | {"webhook": self.good.hook}]),
        )
        self.outcome = Outcome()

    def through(self) -> None:
        """Publish good news, then wait until every delivery has an end or is put off for long."""
        for _ in range(ARTICLES):
            self.good.publish()
            time.sleep(0.7)
        self.good.await_all()
        until(self._settled, 120, 0.5)
        self.outcome = look(self.program, self.good)

    def _settled(self) -> bool:
        rows = ask(self.program, "/api/v1/deliveries?limit=1000")["items"]
        waiting = {row["subscription"] for row in rows if row["state"] == "pending"}
        return len(rows) == ARTICLES * (len(self.hooks) + 1) and waiting <= {"status-429"}

    def deliveries(self, name: str) -> list[dict[str, object]]:
        return [row for row in self.outcome.deliveries if row["subscription"] == name]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):
    with RawSites(HERE).open() as sites:
        running = Run(tmp_path_factory.mktemp("receivers"), sites)
        running.program.start()
        try:
            running.through()
            yield running
        finally:
            running.program.kill()


def test_the_good_receiver_is_told_everything_once(run: Run) -> None:
    assert None not in run.outcome.delays.values()
    names = [name for name, _, _ in run.good.received()]
    assert len(names) == len(set(names)) == ARTICLES
    assert {len(row["tries"]) for row in run.deliveries("good")} == {1}


@pytest.mark.parametrize("name", FAILED)
def test_a_receiver_that_takes_nothing_is_given_up_with_receipts_that_say_why(run: Run, name: str) -> None:
    rows = run.deliveries(name)
    assert len(rows) == ARTICLES
    for row in rows:
        assert row["state"] == "failed"
        assert len(row["tries"]) == 3
        assert all(FAILED[name] in tried["error"] for tried in row["tries"]), row["tries"]
        assert all(tried["seconds"] < 10 for tried in row["tries"])


@pytest.mark.parametrize("name", sorted(set(FAILED) & set(HOSTILE)))
def test_every_try_of_a_delivery_has_the_same_id_and_body(run: Run, name: str) -> None:
    sent: dict[str, set[bytes]] = {}
    for asked in run.sites.asked(run.hooks[name]):
        sent.setdefault(asked.headers["webhook-id"], set()).add(asked.body)
    assert set(sent) == {row["id"] for row in run.deliveries(name)}
    assert {len(bodies) for bodies in sent.values()} == {1}


@pytest.mark.parametrize("name", ["huge"])
def test_an_answer_without_end_is_read_no_further_than_its_status(run: Run, name: str) -> None:
    rows = run.deliveries(name)
    assert {(row["state"], len(row["tries"]), row["tries"][0]["status"]) for row in rows} == {("delivered", 1, 200)}


def test_a_receiver_that_asks_for_time_gets_it(run: Run) -> None:
    """Of all deliveries that wait for it: those under way when it asks are the last for an hour."""
    rows = run.deliveries("status-429")
    first = min(tried["at"] for row in rows for tried in row["tries"])
    for row in rows:
        assert (row["state"], len(row["tries"]) <= 1) == ("pending", True)
        assert datetime.fromisoformat(row["next_try_at"]) - datetime.fromisoformat(first) >= timedelta(minutes=59)


def test_a_receiver_that_is_gone_gets_nothing_more(run: Run) -> None:
    rows = run.deliveries("status-410")
    assert {row["state"] for row in rows} == {"disabled"}
    assert 1 <= len(run.sites.asked(run.hooks["status-410"])) < ARTICLES


def test_redirects_and_what_is_inside_are_not_asked(run: Run) -> None:
    assert run.sites.asked(run.hooks["redirect"].replace("/hook", "/elsewhere")) == []
    assert run.sites.asked(run.hooks["inside"]) == []


def test_an_answer_that_cannot_be_unpacked_is_told_in_the_receipt(run: Run) -> None:
    for row in run.deliveries("bad-gzip"):
        assert row["state"] == "delivered" or "gzip" in row["tries"][-1]["error"]


def test_memory_stays_bounded(run: Run) -> None:
    assert run.outcome.peak_rss < RSS_LIMIT


def test_a_restart_tells_the_good_receiver_nothing_twice(run: Run) -> None:
    before = {name for name, _, _ in run.good.received()}
    bad = {name: len(run.sites.asked(url)) for name, url in run.hooks.items()}
    run.program.kill()
    run.program.start()
    title = run.good.publish()
    until(lambda: any(title == told for _, told, _ in run.good.received()), 30)
    time.sleep(1)
    after = [name for name, _, _ in run.good.received()]
    assert len(after) == len(set(after)) == len(before) + 1
    for name in ("status-429", "status-410"):
        assert len(run.sites.asked(run.hooks[name])) <= bad[name] + (name == "status-429")
    assert run.program.stop() == 0
