"""What a stage's loop counts, on a small real stage."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from consumers.extraction_to_alert import ExtractionToAlert
from service import metrics
from service.errors import Invalid, Transient
from service.log import Record
from service.log.memory import MemoryLog
from service.stage import Batch, Done, Failed, Outcome, StageLoop
from service.storage import open_storage
from tests.monitoring.sampled import Grown, value
from tests.unit.matching.article_maker import written
from tests.unit.stage.notes import QUICK, Copy, Note, all_done, running, send, until
from tests.unit.stage.test_position import Counting


@pytest.fixture
async def log() -> AsyncIterator[MemoryLog]:
    async with MemoryLog(partitions=1) as log:
        yield log


async def test_messages_are_counted_by_what_became_of_them(log: MemoryLog, grown: Grown) -> None:
    done, dead = {"stage": "copy", "outcome": "done"}, {"stage": "copy", "outcome": "dead"}
    for labels in (done, dead):
        grown(metrics.stage_messages, **labels)
    grown(metrics.stage_reached, stage="copy")

    def think(note: Note) -> Outcome:
        return Failed(Invalid("no")) if note.text == "bad" else Done([note])

    await send(log, "a", "bad", "c")
    async with running(StageLoop(Copy(think), log, QUICK)):
        await all_done(log)
    assert grown(metrics.stage_messages, **done) == 2
    assert grown(metrics.stage_messages, **dead) == 1
    assert grown(metrics.stage_reached, stage="copy") == 3
    assert value(metrics.stage_last_success, stage="copy") > 0
    assert value(metrics.stage_in_progress, stage="copy") == 0


@pytest.mark.parametrize(
    ("error", "reason"),
    [(Invalid("no text"), "invalid"), (Transient("gone"), "exhausted"), (KeyError("mistake"), "crashed")],
    ids=["invalid", "exhausted", "crashed"],
)
async def test_a_dead_letter_is_counted_with_its_reason(
    log: MemoryLog, grown: Grown, error: Exception, reason: str
) -> None:
    grown(metrics.dead_letters, stage="copy", reason=reason)
    grown(metrics.stage_retries, stage="copy")

    def think(note: Note) -> Outcome:
        if isinstance(error, Invalid | Transient):
            return Failed(error)
        raise error

    await send(log, "a")
    async with running(StageLoop(Copy(think), log, QUICK)):
        await all_done(log)
    assert grown(metrics.dead_letters, stage="copy", reason=reason) == 1
    assert (grown(metrics.stage_retries, stage="copy") > 0) == (reason != "invalid")


async def test_bytes_that_are_no_message_are_counted_as_undecodable(log: MemoryLog, grown: Grown) -> None:
    grown(metrics.dead_letters, stage="copy", reason="undecodable")
    await log.append("in", [Record("k", b"\xff")])
    async with running(StageLoop(Copy(), log, QUICK)):
        await all_done(log)
    assert grown(metrics.dead_letters, stage="copy", reason="undecodable") == 1


async def test_a_loop_measures_its_lag(log: MemoryLog) -> None:
    await send(log, "a")
    metrics.stage_lag_records.labels("copy").set(99)
    async with running(StageLoop(Copy(), log, QUICK)):
        await all_done(log)
    assert value(metrics.stage_lag_records, stage="copy") in (0, 1)


async def test_a_batch_that_is_anothers_is_counted(log: MemoryLog, grown: Grown) -> None:
    grown(metrics.zombie_batches, stage="counting")
    stage = Counting()
    await send(log, "a", "b")
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
        stage.at = 5  # somebody else has been there
        await send(log, "c")

        async def dropped() -> bool:
            return grown(metrics.zombie_batches, stage="counting") > 0

        await until(dropped)


async def test_a_batch_that_another_process_has_placed_is_counted_once(
    log: MemoryLog, grown: Grown, tmp_path: Path
) -> None:
    extraction, stage = written("Regen im Norden, Sonne im Süden."), "extraction_to_alert"
    grown(metrics.zombie_batches, stage=stage)
    await log.create_topics({"extractions": 1})
    async with open_storage("", tmp_path) as storage:
        loop = StageLoop(ExtractionToAlert(storage), log, QUICK)
        async with running(loop):

            async def begun() -> bool:
                return loop.health.ready

            await until(begun)
            await ExtractionToAlert(storage).handle(Batch("extractions", 0, 0, 1, (extraction,)))
            await log.append("extractions", [Record("k", extraction.to_json())])

            async def dropped() -> bool:
                return grown(metrics.zombie_batches, stage=stage) > 0

            await until(dropped)
        assert grown(metrics.zombie_batches, stage=stage) == 1
