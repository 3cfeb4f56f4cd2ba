"""Texts that kill, hang or break the process that reads them, and processes killed while they read: the text is put
aside with its cause, everything else is told, and a wire of nothing but poison holds up nobody for long."""

import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from tests.e2e.program import until
from tests.faults.engines import engines
from tests.faults.one_process import GOOD, PATIENCE, OneProcess, one_process
from tests.faults.poison import HANGS, KILLS, RAISES, REFUSED

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
TIMEOUT = 10
"""Seconds for an article: a first one takes several on a machine with much other work."""
FLOOD = 70
"""More than the dead letters in a row that put the brakes on."""


BAD = "bad"
"""The feed whose items hold such words."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, engine: dict[str, str]) -> Iterator[OneProcess]:
    with one_process(
        tmp_path_factory.mktemp("service"),
        feeds=(GOOD, BAD),
        extract__timeout=f"{TIMEOUT}s",
        extract__processes="2",
        **engine,
    ) as one:
        one.worker.program = ("tests.faults.poison",)
        one.warm_up()
        yield one


def letters(one: OneProcess) -> list[dict[str, Any]]:
    return one.listing("dlq", "list")


def is_put_aside(service: OneProcess, word: str, cause: str) -> None:
    """With its cause, while all others are told."""
    before = {letter["id"] for letter in letters(service)}
    service.publish(2)
    service.publish(1, BAD, word)
    service.publish(2)
    service.all_told()
    (letter,) = until(lambda: [one for one in letters(service) if one["id"] not in before], PATIENCE, 1)
    assert letter["topic"] == "articles"
    assert cause in letter["error"]


@engines()
def test_a_text_that_holds_up_its_reader_is_put_aside_and_all_others_are_told(service: OneProcess) -> None:
    is_put_aside(service, HANGS, "not read within")


@engines()
@pytest.mark.parametrize(("word", "cause"), [(KILLS, "died"), (RAISES, RAISES)])
def test_a_text_that_ends_its_reader_is_put_aside_and_all_others_are_told(
    service: OneProcess, word: str, cause: str
) -> None:
    is_put_aside(service, word, cause)


@engines()
def test_a_process_killed_while_it_reads_costs_no_article(service: OneProcess) -> None:
    before = len(letters(service))
    for _ in range(3):
        service.publish(3)
        readers = [
            child
            for child in psutil.Process(service.worker.pid).children(recursive=True)
            if "multiprocessing.spawn" in " ".join(child.cmdline())
        ]
        assert readers
        readers[0].kill()
        service.all_told()
    assert len(letters(service)) == before, "a dead process is not the fault of what it read"
    service.holds()


@pytest.mark.long
@engines()
def test_a_flood_of_poison_is_put_aside_while_good_news_are_told(service: OneProcess) -> None:
    before = len(letters(service))
    service.publish(FLOOD, BAD, REFUSED)
    # After fifty in a row the stage only probes, until one that is well takes the brakes off.
    deadline = time.monotonic() + 2 * PATIENCE
    while len(letters(service)) < before + FLOOD:
        service.publish(1)
        service.all_told()
        assert time.monotonic() < deadline
    service.holds()
    assert service.stop() == 0


@pytest.mark.long
@engines()
def test_letters_can_be_replayed_when_the_reader_is_mended(service: OneProcess) -> None:
    service.worker.program = ("service.cli.main",)
    service.start()
    put_aside = {one.number for one in service.published if one.poison}
    assert put_aside
    assert len(service.listing("dlq", "replay", "--all")) == len(put_aside)
    until(lambda: put_aside <= service.receiver.items, PATIENCE)
    service.holds()
