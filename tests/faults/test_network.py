"""Five stages over Kafka and PostgreSQL while the network to the broker is cut, slow, narrow, lossy, or resets."""

from collections.abc import Iterator

import pytest

from tests.faults.network_actions import cut, cut_off, hold_up, lose, narrow, refuse, reset_every, slow
from tests.faults.runner import Parts, run
from tests.faults.scenario import Scenario, Step
from tests.faults.scenarios_kafka import BOUNDED, TWO
from tests.faults.system import SESSION
from tests.parts.kafka import Cluster, kafka
from tests.parts.missing import needed
from tests.parts.network import Firewall, firewall
from tests.parts.postgres import Postgres
from tests.parts.proxy import Proxy, Way, proxied

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
BEYOND = 1.25 * SESSION


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    with proxied() as made:
        yield made


@pytest.fixture(scope="module")
def behind(proxy: Proxy) -> Iterator[Cluster]:
    """A broker that is reached through the proxy alone."""

    def advertised(index: int, port: int) -> str:
        proxy.upstream = ("127.0.0.1", port)
        return proxy.address

    with needed(), kafka(advertised=advertised) as cluster:
        yield cluster


@pytest.fixture
def wall() -> Iterator[Firewall]:
    with needed(), firewall() as made:
        yield made


def holds(scenario: Scenario, cluster: Cluster, database: Postgres, seed: int) -> None:
    outcome = run(scenario, Parts(cluster, database), seed)
    assert not outcome.wrong, "\n".join(outcome.wrong)


ISOLATED = 64018
"""Group ids, from here on, of processes that are cut off."""


def test_a_bad_network_and_processes_cut_off_lose_and_double_nothing(
    proxy: Proxy, behind: Cluster, wall: Firewall, postgres_server: Postgres, seed: int
) -> None:
    before, port = proxy.connections, proxy.port
    groups = {"extraction_to_alert-1": ISOLATED, "entry_to_article-1": ISOLATED + 1}
    for group in groups.values():
        wall.mark(group)
    scenario = Scenario(
        name="a bad network: resets, latency, cuts, refusal; then processes cut off, or held up; packets lost",
        engine="kafka",
        seconds=66,
        copies=TWO,
        groups=groups,
        steps=(
            Step(0, reset_every(proxy, 5, 40_000)),
            Step(5, slow(proxy, 4, 0.2, 0.1)),
            Step(9, cut(proxy, BEYOND)),
            Step(18, cut(proxy, BEYOND, "down")),
            Step(27, refuse(proxy, 3)),
            Step(30, narrow(proxy, 4, 30_000)),
            Step(34, cut_off(wall, port, "extraction_to_alert", BEYOND)),
            Step(34, cut_off(wall, port, "entry_to_article", BEYOND, "to")),
            Step(43, hold_up("extraction_to_alert-2")),
            Step(52, cut_off(wall, port, "extraction_to_alert", BEYOND, "from")),
            Step(61, lose(wall, port, 5, 0.05)),
        ),
        programs={"extraction_to_alert-2": ("tests.faults.blocking", f"{BEYOND:g}")},
        limits=BOUNDED,
    )
    holds(scenario, behind, postgres_server, seed)
    assert proxy.connections - before > 20, "connections were reset, and made again"
    assert wall.dropped > 20


@pytest.mark.long
@pytest.mark.parametrize("ways", [(), ("down",), ("up",)], ids=["both ways", "answers", "requests"])
def test_a_minute_without_the_broker_loses_and_doubles_nothing(
    proxy: Proxy, behind: Cluster, postgres_server: Postgres, seed: int, ways: tuple[Way, ...]
) -> None:
    scenario = Scenario(
        name=f"cut for a minute: {' '.join(ways) or 'both ways'}",
        engine="kafka",
        seconds=80,
        ahead=500,
        steps=(Step(5, cut(proxy, 60, *ways)),),
        limits=BOUNDED,
    )
    holds(scenario, behind, postgres_server, seed)
