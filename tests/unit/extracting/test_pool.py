import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from consumers.extracting.pool import Pool
from service import metrics
from service.errors import Invalid, Transient


def prepare() -> None:
    """Nothing to load."""


def fail_to_prepare() -> None:
    raise RuntimeError("no catalogue")


def work(items: Sequence[str]) -> list[str]:
    for item in items:
        if item == "crash":
            os._exit(3)
        if item.startswith("/") and not Path(item).exists():
            Path(item).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "hang":
            time.sleep(600)
    return [item.upper() for item in items]


def pool(deadline: float = 30.0, processes: int = 2) -> Pool[str, str]:
    return Pool(work, prepare, processes=processes, batch=4, deadline=deadline)


async def test_results_come_in_order() -> None:
    async with pool() as workers:
        assert await workers.map(["a", "b", "c", "d", "e"]) == ["A", "B", "C", "D", "E"]
        assert await workers.map([]) == []


async def test_the_item_that_kills_its_process_is_invalid_and_no_other() -> None:
    async with pool() as workers:
        results = await workers.map(["a", "crash", "c", "d", "e"])
    assert [r for r in results if isinstance(r, str)] == ["A", "C", "D", "E"]
    assert isinstance(results[1], Invalid)


async def test_an_item_whose_process_was_killed_once_is_read_by_the_next(tmp_path: Path) -> None:
    first, second = str(tmp_path / "one"), str(tmp_path / "two")
    async with pool(processes=1) as workers:
        assert await workers.map([first]) == [first.upper()]
        assert await workers.map(["a", second, "c"]) == ["A", second.upper(), "C"]


async def test_the_item_that_hangs_is_invalid_and_no_other() -> None:
    async with pool(deadline=0.5, processes=1) as workers:
        results = await workers.map(["a", "hang"])
        assert results[0] == "A"
        assert "0.5 s" in str(results[1])
        assert await workers.map(["b"]) == ["B"]


async def test_a_process_that_cannot_start_is_passing_trouble() -> None:
    async with Pool(work, fail_to_prepare, processes=1, batch=4, deadline=5.0) as workers:
        with pytest.raises(Transient):
            await workers.map(["a"])


def whose(items: Sequence[str]) -> list[str]:
    return [str(os.getpid()) for _ in items]


async def test_a_process_that_has_read_enough_makes_way_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consumers.extracting.pool.RENEW_AFTER", 3)
    restarts = metrics.pool_restarts._value.get()
    async with Pool(whose, prepare, processes=1, batch=2, deadline=30.0) as workers:
        readers = [(await workers.map(["a"]))[0] for _ in range(7)]
    assert [readers.count(reader) for reader in dict.fromkeys(readers)] == [3, 3, 1]
    assert metrics.pool_restarts._value.get() == restarts  # nothing broke
