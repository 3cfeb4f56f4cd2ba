"""The wall clock jumps by an hour, both ways, under a running service: nothing is told twice or not at all, no feed is
asked in a hurry, and none is left alone until the clock has caught up."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.program import until
from tests.e2e.raw_site import RawSites, Reply, reply
from tests.faults.checker import Limits
from tests.faults.engines import engines
from tests.faults.one_process import GOOD, PATIENCE, OneProcess, one_process
from tests.faults.wire import number_in
from tests.parts.clock import Clock, clock
from tests.parts.missing import needed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
HOUR = 3600.0
EVERY_ITEM = "Q232"
LEAST = 0.5
"""Seconds between two polls of a feed, as the service is set up."""


@pytest.fixture(scope="module")
def sites() -> Iterator[RawSites]:
    with RawSites().open() as opened:
        yield opened


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    with needed():
        return clock(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="module")
def refusing(engine: dict[str, str]) -> dict[str, Reply]:
    """A receiver that does not take anything at first."""
    return {"/hook": reply(b"", "503 Not now")}


@pytest.fixture(scope="module")
def hook(sites: RawSites, refusing: dict[str, Reply]) -> str:
    return f"{sites.serve(refusing)}/hook"


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, engine: dict[str, str], wrong: Clock, hook: str
) -> Iterator[OneProcess]:
    with one_process(
        tmp_path_factory.mktemp("service"),
        subscriptions=({"name": "refused", "rule": {"actor": EVERY_ITEM}, "webhook": hook},),
        environment=wrong.environment,
        limits=Limits(skew=HOUR + PATIENCE, unwell=(hook,)),
        delivery__schedule='["0s", "1s", "1s", "1s", "1s", "1s", "1s", "1s", "1s", "1s"]',
        **engine,
    ) as one:
        wrong.jump(0)
        one.warm_up()
        yield one


def polls(one: OneProcess) -> int:
    return one.wire.asked[GOOD]


@engines()
@pytest.mark.parametrize("off", [HOUR, 0.0], ids=["an hour on", "and back"])
def test_the_service_goes_on_when_the_clock_jumps(service: OneProcess, wrong: Clock, off: float) -> None:
    asked, began = polls(service), time.monotonic()
    wrong.jump(off)
    service.publish(3)
    service.all_told()
    service.holds()
    took = time.monotonic() - began
    assert polls(service) - asked <= took / LEAST + 5, "a feed is asked no more often than it may be"
    assert service.ready()
    stamp = int(service.receiver.last["webhook-timestamp"])
    assert abs(stamp - time.time() - off) < PATIENCE, "the stamp is that of the clock the service has"


@engines()
def test_tries_go_on_with_the_same_id_after_a_jump(
    service: OneProcess, wrong: Clock, sites: RawSites, hook: str, refusing: dict[str, Reply]
) -> None:
    def tries() -> set[str]:
        """Ids of the requests that told of the item."""
        asked = [(one.headers["webhook-id"], json.loads(one.body)["data"]["url"]) for one in sites.asked(hook)]
        return {name for name, url in asked if number_in(url) == item.number}

    wrong.jump(HOUR)
    (item,) = service.publish()
    until(tries, PATIENCE)
    wrong.jump(0)
    refusing["/hook"] = reply(status="204 No Content")
    until(lambda: any(one["state"] == "delivered" for one in deliveries(service) if one["endpoint"] == hook), PATIENCE)
    assert len(tries()) == 1


def deliveries(one: OneProcess) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = one.ask("/api/v1/deliveries?limit=200")["items"]
    return found


@engines()
def test_a_restart_after_a_jump_back_asks_and_tells(service: OneProcess, wrong: Clock) -> None:
    wrong.jump(HOUR)
    service.publish(1)
    service.all_told()
    service.kill()
    wrong.jump(0)
    service.start()
    service.publish(2)
    service.all_told()
    service.holds()
