"""Texts that kill, hang or break the process that reads them, and processes killed while they read: the text is put
aside with its cause, everything else is told, and a wire of nothing but poison holds up nobody for long."""

import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from tests.e2e.good_source import feed, item, text_about
from tests.e2e.program import until
from tests.e2e.raw_site import RawSites, Reply, reply
from tests.faults.one_process import PATIENCE, OneProcess
from tests.faults.poison import HANGS, KILLS, RAISES, REFUSED

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
TIMEOUT = 20
"""Seconds for an article: a first one takes several on a machine with much other work."""
FLOOD = 70
"""More than the dead letters in a row that put the brakes on."""


@pytest.fixture(scope="module")
def sites() -> Iterator[RawSites]:
    with RawSites().open() as opened:
        yield opened


class Poisonous:
    """A source whose articles hold such words."""

    def __init__(self, sites: RawSites) -> None:
        self.items: list[str] = []
        self.routes: dict[str, Reply] = {"/feed": reply(feed(title="Poison"))}
        self.url = f"{sites.serve(self.routes)}/feed"

    def publish(self, *words: str) -> None:
        for word in words:
            number = len(self.items)
            text = f"{text_about(f'poison {number}')} {word} {number}."
            self.items.append(item(f"Schlechte Nachricht {number}", text, guid=f"poison-{number}"))
        self.routes["/feed"] = reply(feed(*self.items, title="Poison"))


@pytest.fixture(scope="module")
def poisonous(sites: RawSites) -> Poisonous:
    return Poisonous(sites)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, sites: RawSites, poisonous: Poisonous) -> Iterator[OneProcess]:
    one = OneProcess(
        tmp_path_factory.mktemp("service"),
        sites,
        sources=(poisonous.url,),
        extract__timeout=f"{TIMEOUT}s",
        extract__processes="2",
    )
    one.program.module = "tests.faults.poison"
    one.start()
    try:
        one.publish(2)
        one.all_told()
        yield one
    finally:
        one.end()


def letters(one: OneProcess) -> list[dict[str, Any]]:
    return one.program.listing("dlq", "list")


@pytest.mark.parametrize(("word", "cause"), [(KILLS, "died"), (HANGS, "not read within"), (RAISES, RAISES)])
def test_a_text_that_breaks_its_reader_is_put_aside_and_all_others_are_told(
    service: OneProcess, poisonous: Poisonous, word: str, cause: str
) -> None:
    before = {letter["id"] for letter in letters(service)}
    service.publish(2)
    poisonous.publish(word)
    service.publish(2)
    service.all_told()
    (letter,) = until(lambda: [one for one in letters(service) if one["id"] not in before], PATIENCE, 1)
    assert letter["topic"] == "articles"
    assert cause in letter["error"]
    assert set(service.told().values()) == {1}


def test_a_process_killed_while_it_reads_costs_no_article(service: OneProcess) -> None:
    before = len(letters(service))
    for _ in range(3):
        service.publish(3)
        readers = [
            child
            for child in psutil.Process(service.pid).children(recursive=True)
            if "multiprocessing.spawn" in " ".join(child.cmdline())
        ]
        assert readers
        readers[0].kill()
        service.all_told()
    assert len(letters(service)) == before, "a dead process is not the fault of what it read"
    assert set(service.told().values()) == {1}


def test_a_flood_of_poison_is_put_aside_while_good_news_are_told(service: OneProcess, poisonous: Poisonous) -> None:
    before = len(letters(service))
    poisonous.publish(*[REFUSED] * FLOOD)
    # After fifty in a row the stage only probes, until one that is well takes the brakes off.
    deadline = time.monotonic() + 2 * PATIENCE
    while len(letters(service)) < before + FLOOD:
        service.publish(1)
        service.all_told()
        assert time.monotonic() < deadline
    assert set(service.told().values()) == {1}
    assert service.program.stop() == 0


def test_letters_can_be_replayed_when_the_reader_is_mended(service: OneProcess) -> None:
    count = len(letters(service))
    service.program.module = "service.cli.main"
    service.start()
    done = service.program.command("dlq", "replay", "--all", "--json")
    assert done.returncode == 0, done.stderr
    told = lambda: {title for title in service.told() if title.startswith("Schlechte")}  # noqa: E731
    until(lambda: len(told()) == count, PATIENCE)
    assert set(service.told().values()) == {1}
