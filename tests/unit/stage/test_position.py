"""Stages that keep their own position: where they start, what moves it, who loses."""

import asyncio
from collections.abc import Sequence

import pytest

from service.log import Fenced, Record
from service.log.memory import MemoryLog
from service.stage import Batch, Done, Outcome, StageLoop
from tests.unit.stage.notes import QUICK, Note, all_done, dead, running, send, until


class Counting:
    """A stage whose position is its own: what it has done and how far it is change together."""

    name = "counting"
    consumes = "in"
    produces = None
    message = Note

    def __init__(self) -> None:
        self.done: list[str] = []
        self.at: int | None = None
        self.empty_batches = 0

    async def position(self, topic: str, partition: int) -> int | None:
        return self.at

    async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
        if self.at is not None and self.at > batch.first_offset:
            raise Fenced("somebody else was there")
        if any(n.text == "poison" for n in batch.messages):
            raise ValueError("poison")
        self.done.extend(n.text for n in batch.messages)
        self.empty_batches += not batch.messages
        self.at = batch.next_offset
        return [Done() for _ in batch.messages]


async def test_a_stage_with_its_own_position_starts_there(log: MemoryLog) -> None:
    await send(log, "1", "2", "3")
    stage = Counting()
    stage.at = 2
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
    assert stage.done == ["3"]


async def test_poison_is_put_aside_before_the_own_position_moves_past_it(log: MemoryLog) -> None:
    await send(log, "1", "2", "poison", "3")
    await log.append("in", [Record("k", b"no json")])
    stage = Counting()
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
    assert stage.done == ["1", "2", "3"]
    assert stage.at == 5
    assert stage.empty_batches == 1
    assert sorted(letter.origin.offset for letter in await dead(log)) == [2, 4]


async def test_a_stage_overtaken_by_another_drops_its_batch_and_reads_on_from_the_true_position(log: MemoryLog) -> None:
    await send(log, "1", "2")
    stage = Counting()
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
        stage.at = 4
        await send(log, "3", "4", "5")
        await all_done(log, "counting")
    assert stage.done == ["1", "2", "5"]


async def test_a_position_from_another_log_blocks_and_skips_nothing(log: MemoryLog) -> None:
    await send(log, "1", "2")
    stage = Counting()
    stage.at = 50
    async with running(StageLoop(stage, log, QUICK)) as loop:

        async def blocked() -> bool:
            return loop.health.state == "blocked"

        await until(blocked)
        assert "the log is younger" in (loop.health.reason or "")
        await send(log, *[str(n) for n in range(60)])
        await asyncio.sleep(0.05)
    assert stage.done == []
    assert stage.at == 50


class Movable(Counting):
    """One that can begin anew, and knows what it has had."""

    def __init__(self, at: int, *had: str) -> None:
        super().__init__()
        self.at, self.had = at, had

    async def reposition(self, topic: str, partition: int, offset: int) -> None:
        self.at = offset

    async def has_had(self, message: Note) -> bool:
        return message.text in self.had


async def test_a_stage_that_can_reposition_begins_anew_in_a_new_log(log: MemoryLog) -> None:
    await send(log, "1", "2")
    stage = Movable(50)
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
    assert stage.done == ["1", "2"]


async def test_it_begins_anew_even_when_the_new_log_is_as_long_as_the_old_one_was(log: MemoryLog) -> None:
    await send(log, "1", "2", "3")
    stage = Movable(2, "old 1", "old 2")
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
    assert stage.done == ["1", "2", "3"]


async def test_a_log_that_it_has_read_is_read_on_though_nothing_was_committed_there(log: MemoryLog) -> None:
    await send(log, "1", "2", "3")
    stage = Movable(2, "1", "2")
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
    assert stage.done == ["3"]


def test_a_stage_with_its_own_position_and_outputs_is_refused() -> None:
    class Both(Counting):
        produces = "out"  # type: ignore[assignment]

    with pytest.raises(TypeError, match="own position"):
        StageLoop(Both(), MemoryLog())
