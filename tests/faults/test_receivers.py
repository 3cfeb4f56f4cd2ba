"""Receivers that are slow, silent, broken, busy or lead elsewhere, on both engines: who is well is told everything
once, long before the others are given up."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import until
from tests.e2e.raw_site import RawSites, Reply, drip, late, redirect, reply, reset
from tests.faults.checker import Limits
from tests.faults.engines import engines
from tests.faults.one_process import PATIENCE, OneProcess, one_process

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ARTICLES = 5
TRIES = 3
EVERY_ITEM = "Q232"
BAD: dict[str, Reply] = {
    "slow": late(30, reply()),
    "silent": drip(b"", b""),
    "broken": reply(b"", "500 Internal Server Error"),
    "busy": reply(b"", "429 Too Many Requests", retry_after="3600"),
    "resets": reset(b""),
    "elsewhere": redirect("/elsewhere", "307 Temporary Redirect"),
}
GIVEN_UP = sorted(BAD.keys() - {"busy"})


@pytest.fixture
def sites() -> Iterator[RawSites]:
    with RawSites().open() as opened:
        yield opened


def bad(one: OneProcess) -> list[dict[str, Any]]:
    """Deliveries to those who are not well."""
    rows: list[dict[str, Any]] = one.ask("/api/v1/deliveries?limit=500")["items"]
    return [row for row in rows if row["subscription"] in BAD]


@engines()
def test_the_good_receiver_does_not_wait_for_the_bad_ones(
    engine: dict[str, str], tmp_path: Path, sites: RawSites
) -> None:
    hooks = {name: f"{sites.serve({'/hook': answer})}/hook" for name, answer in BAD.items()}
    with one_process(
        tmp_path,
        subscriptions=tuple(
            {"name": name, "rule": {"actor": EVERY_ITEM}, "webhook": url} for name, url in hooks.items()
        ),
        limits=Limits(unwell=tuple(hooks.values())),
        delivery__timeout="2s",
        delivery__schedule='["0s", "1s", "1s"]',
        delivery__concurrency="4",
        **engine,
    ) as one:
        one.start()
        for _ in range(ARTICLES):
            one.publish()
            until(lambda: one.wire.served == len(one.published), PATIENCE)
        one.all_told()
        waiting = {row["subscription"] for row in bad(one) if row["state"] == "pending"}
        assert waiting & {"slow", "silent"}, "four slow tries at a time had not all been made before"
        until(lambda: settled(one), PATIENCE, 0.5)
        states = Counter((row["subscription"], row["state"], len(row["tries"])) for row in bad(one))
        for name in GIVEN_UP:
            assert states[name, "failed", TRIES] == ARTICLES, name
        for url in hooks.values():
            sent = {(asked.headers["webhook-id"], asked.body) for asked in sites.asked(url)}
            assert len(sent) == len({name for name, _ in sent}), "every try has the same id and body"
        assert sites.asked(hooks["elsewhere"].replace("/hook", "/elsewhere")) == []
        assert len(sites.asked(hooks["busy"])) <= ARTICLES, "who asks for an hour is left alone"
        one.holds()
        assert one.stop() == 0


def settled(one: OneProcess) -> bool:
    rows = bad(one)
    waiting = {row["subscription"] for row in rows if row["state"] == "pending"}
    return len(rows) == ARTICLES * len(BAD) and waiting <= {"busy"}
