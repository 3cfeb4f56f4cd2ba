"""Receivers that are slow, silent, broken, busy or lead elsewhere, on both engines: who is well is told everything
once, long before the others are given up."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.good_source import SUBSCRIPTION, ask
from tests.e2e.program import until
from tests.e2e.raw_site import RawSites, Reply, drip, late, redirect, reply, reset
from tests.faults.one_process import PATIENCE, OneProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ARTICLES = 5
TRIES = 3
BAD: dict[str, Reply] = {
    "slow": late(30, reply()),
    "silent": drip(b"", b""),
    "broken": reply(b"", "500 Internal Server Error"),
    "busy": reply(b"", "429 Too Many Requests", retry_after="3600"),
    "resets": reset(b""),
    "elsewhere": redirect("/elsewhere", "307 Temporary Redirect"),
}
GIVEN_UP = sorted(BAD.keys() - {"busy"})


@pytest.fixture(params=["embedded", "kafka"])
def engine(request: pytest.FixtureRequest) -> str:
    return "embedded:" if request.param == "embedded" else str(request.getfixturevalue("kafka_url"))


@pytest.fixture
def sites() -> Iterator[RawSites]:
    with RawSites().open() as opened:
        yield opened


def deliveries(one: OneProcess) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(one.program, "/api/v1/deliveries?limit=500")["items"]
    return found


def test_the_good_receiver_does_not_wait_for_the_bad_ones(engine: str, tmp_path: Path, sites: RawSites) -> None:
    hooks = {name: f"{sites.serve({'/hook': answer})}/hook" for name, answer in BAD.items()}
    one = OneProcess(
        tmp_path,
        sites,
        subscriptions=tuple(SUBSCRIPTION | {"name": name, "webhook": url} for name, url in hooks.items()),
        log__url=engine,
        delivery__timeout="4s",
        delivery__schedule='["0s", "1s", "1s"]',
        delivery__concurrency="4",
    )
    one.start()
    try:
        one.publish(ARTICLES)
        one.all_told()
        waiting = {row["subscription"] for row in deliveries(one) if row["state"] == "pending"}
        assert waiting & {"slow", "silent"}, "four slow tries at a time had not all been made before"
        until(lambda: settled(one), PATIENCE, 0.5)
        states = Counter((row["subscription"], row["state"], len(row["tries"])) for row in deliveries(one))
        for name in GIVEN_UP:
            assert states[name, "failed", TRIES] == ARTICLES, name
        for url in hooks.values():
            sent = {(asked.headers["webhook-id"], asked.body) for asked in sites.asked(url)}
            assert len(sent) == len({name for name, _ in sent}), "every try has the same id and body"
        assert sites.asked(hooks["elsewhere"].replace("/hook", "/elsewhere")) == []
        assert len(sites.asked(hooks["busy"])) <= ARTICLES, "who asks for an hour is left alone"
        one.nothing_lost_nothing_twice()
        assert one.program.stop() == 0
    finally:
        one.end()


def settled(one: OneProcess) -> bool:
    rows = deliveries(one)
    waiting = {row["subscription"] for row in rows if row["state"] == "pending"}
    return len(rows) == ARTICLES * (len(BAD) + 1) and waiting <= {"busy"}
