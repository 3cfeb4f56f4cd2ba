"""Brakes over Kafka: a stage in which everything fails stops, instead of shovelling its topic into the dead letters.

What it had put aside until then is replayed when the cause is cured, and nothing is missing then.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from service.errors import Invalid
from service.log import Log, lag, open_log
from service.stage import Done, Failed, Outcome, Replayed, StageLoop, StageOptions, read_dead_letters, replay
from tests.unit.stage.notes import Copy, Note, send

MESSAGES = 60
ROW = StageOptions(brake_after=5, brake_ratio=2.0, probe_every=3600)
RATIO = StageOptions(brake_after=1000, brake_ratio=0.8, brake_window=10, probe_every=3600)


def fails(note: Note) -> Outcome:
    return Failed(Invalid("bad"))


def mostly_fails(note: Note) -> Outcome:
    return Done([note]) if note.text.endswith("0") else fails(note)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not condition():  # noqa: ASYNC110 - what is waited for is the state of another task
            await asyncio.sleep(0.05)


async def behind(log: Log) -> int:
    return sum((await lag(log, "copy", "in")).values())


async def caught_up(log: Log) -> None:
    async with asyncio.timeout(120):
        while await behind(log):  # noqa: ASYNC110 - what is waited for is state of the log
            await asyncio.sleep(0.1)


async def copied(log: Log) -> list[str]:
    found = [Note.model_validate_json(r.value).text for p in await log.offsets("out") for r in await log.fetch(p, 0)]
    return sorted(found)


@pytest.mark.parametrize(("options", "think"), [(ROW, fails), (RATIO, mostly_fails)], ids=["in a row", "most of them"])
async def test_brakes_hold_and_nothing_is_missing_after_the_cure(
    options: StageOptions, think: Callable[[Note], Outcome], kafka_url: str, tmp_path: Path
) -> None:
    texts = [f"{number:03}" for number in range(MESSAGES)]
    async with open_log(kafka_url, tmp_path) as log:
        await send(log, *texts)
        loop = StageLoop(Copy(think), log, options)
        task = asyncio.create_task(loop.run())
        await until(lambda: loop.health.state == "braked")
        assert "failed" in str(loop.health.reason)
        await asyncio.sleep(2)  # time in which it would go on if it did
        letters = [letter.id async for letter in read_dead_letters(log)]
        assert 5 <= len(letters) <= MESSAGES // 2
        assert await behind(log) >= MESSAGES // 2
        loop.stop(10)
        await asyncio.wait_for(task, 60)

        cured = StageLoop(Copy(), log, options)
        task = asyncio.create_task(cured.run())
        await caught_up(log)
        answers = [answer async for answer in replay(log, letters, again=False)]
        assert [type(answer) for answer in answers] == [Replayed] * len(letters)
        await caught_up(log)
        cured.stop(10)
        await asyncio.wait_for(task, 60)
        assert sorted(set(await copied(log))) == texts
