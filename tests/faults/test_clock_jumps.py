"""The wall clock jumps by an hour, both ways, under a running service: nothing is told twice or not at all, no feed is
asked in a hurry, and none is left alone until the clock has caught up."""

import time
from collections.abc import Iterator

import pytest

from tests.e2e.good_source import ask
from tests.e2e.program import until
from tests.e2e.raw_site import RawSites, Reply, reply
from tests.faults.one_process import PATIENCE, OneProcess
from tests.parts.clock import Clock, clock
from tests.parts.missing import needed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
HOUR = 3600.0
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
def refusing() -> dict[str, Reply]:
    """A receiver that does not take anything at first."""
    return {"/hook": reply(b"", "503 Not now")}


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, sites: RawSites, wrong: Clock, refusing: dict[str, Reply]
) -> Iterator[OneProcess]:
    other = {"name": "refused", "rule": {"actor": "Q485207"}, "webhook": f"{sites.serve(refusing)}/hook"}
    one = OneProcess(
        tmp_path_factory.mktemp("service"),
        sites,
        subscriptions=(other,),
        environment=wrong.environment,
        delivery__schedule='["0s", "1s", "1s", "1s", "1s", "1s", "1s", "1s", "1s", "1s"]',
    )
    one.start()
    try:
        one.publish(2)
        one.all_told()
        yield one
    finally:
        one.end()


def polls(one: OneProcess) -> int:
    return len(one.sites.asked(one.good.url))


@pytest.mark.parametrize("off", [HOUR, 0.0], ids=["an hour on", "and back"])
def test_the_service_goes_on_when_the_clock_jumps(service: OneProcess, wrong: Clock, off: float) -> None:
    asked, began = polls(service), time.monotonic()
    wrong.jump(off)
    service.publish(3)
    service.all_told()
    service.nothing_lost_nothing_twice()
    took = time.monotonic() - began
    assert polls(service) - asked <= took / LEAST + 5, "a feed is asked no more often than it may be"
    assert service.ready()
    stamp = int(service.sites.asked(service.good.hook)[-1].headers["webhook-timestamp"])
    assert abs(stamp - time.time() - off) < PATIENCE, "the stamp is that of the clock the service has"


def test_tries_go_on_with_the_same_id_after_a_jump(
    service: OneProcess, wrong: Clock, refusing: dict[str, Reply]
) -> None:
    hook = next(url for url in {one["endpoint"] for one in deliveries(service)} if url != service.good.hook)
    wrong.jump(HOUR)
    title = service.good.publish()
    until(lambda: any(title.encode() in one.body for one in service.sites.asked(hook)), PATIENCE)
    wrong.jump(0)
    refusing["/hook"] = reply(status="204 No Content")
    until(lambda: any(one["state"] == "delivered" for one in deliveries(service) if one["endpoint"] == hook), PATIENCE)
    ids = {one.headers["webhook-id"] for one in service.sites.asked(hook) if title.encode() in one.body}
    assert len(ids) == 1


def deliveries(one: OneProcess) -> list[dict[str, object]]:
    found: list[dict[str, object]] = ask(one.program, "/api/v1/deliveries?limit=200")["items"]
    return found


def test_a_restart_after_a_jump_back_asks_and_tells(service: OneProcess, wrong: Clock) -> None:
    wrong.jump(HOUR)
    service.publish(1)
    service.all_told()
    service.program.kill()
    wrong.jump(0)
    service.start()
    service.publish(2)
    service.all_told()
    service.nothing_lost_nothing_twice()
