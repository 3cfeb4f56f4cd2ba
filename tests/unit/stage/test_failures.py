"""What fails: tried again, put aside, found by halving, or stopped by the brakes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from service.errors import Invalid, Transient
from service.log import Record
from service.log.memory import MemoryLog
from service.stage import Batch, Done, Failed, Outcome, StageLoop, StageOptions
from tests.unit.stage.notes import IN0, SEEN, Copy, Note, all_done, dead, note, out, running, send, until


async def test_what_cannot_be_read_is_put_aside_with_its_cause_and_the_next_goes_on(
    log: MemoryLog, quick: StageOptions
) -> None:
    await send(log, "1")
    await log.append(
        "in", [Record("k", b"{no json", {"h": "1"}), Record("k", b'{"id": "x"}'), Record("k", b"\xff\xfe")]
    )
    await send(log, "2")
    async with running(StageLoop(Copy(), log, quick)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    broken, incomplete, _ = letters = await dead(log)
    assert [letter.origin.offset for letter in letters] == [1, 2, 3]
    assert (broken.topic, broken.key, broken.payload, broken.headers) == ("in", "k", b"{no json", {"h": "1"})
    assert (broken.stage, broken.type, broken.attempts) == ("copy", "Invalid", 1)
    assert "first_seen_at: Field required" in incomplete.error
    assert "text: Field required" in incomplete.error


async def test_invalid_is_put_aside_at_once(log: MemoryLog, quick: StageOptions) -> None:
    await send(log, "1", "bad", "2")
    stage = Copy(lambda n: Failed(Invalid("no text in it")) if n.text == "bad" else Done([n]))
    async with running(StageLoop(stage, log, quick)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    (letter,) = await dead(log)
    assert (letter.error, letter.attempts, letter.first_seen_at) == ("no text in it", 1, SEEN)
    assert [text for batch in stage.batches for text in batch] == ["1", "bad", "2"]


async def test_passing_trouble_of_one_message_is_tried_again_while_others_go_on(
    log: MemoryLog, quick: StageOptions
) -> None:
    tries = 0
    released = asyncio.Event()

    def think(n: Note) -> Outcome:
        nonlocal tries
        if n.text != "slow":
            return Done([n])
        tries += 1
        return Done([n]) if released.is_set() else Failed(Transient("later", retry_after=0.01))

    await send(log, "1", "slow", "2")
    options = replace(quick, first_wait=0.001, longest_wait=0.01, attempts=1000)
    async with running(StageLoop(Copy(think), log, options)):

        async def others_out() -> bool:
            return await out(log) == ["1", "2"] and tries > 2

        await until(others_out)
        assert await log.committed("copy", "in") == {IN0: 1}, "never beyond what is unfinished"
        released.set()
        await all_done(log)
    assert await out(log) == ["1", "2", "slow"]
    assert await dead(log) == []


async def test_later_messages_of_the_same_key_wait_for_the_earlier_one(log: MemoryLog, quick: StageOptions) -> None:
    failures = iter([True, True, False])

    def think(n: Note) -> Outcome:
        return Failed(Transient("later")) if n.text == "first" and next(failures) else Done([n])

    await send(log, "first", "second", key="k")
    await send(log, "other", key="o")
    async with running(StageLoop(Copy(think), log, quick)):
        await all_done(log)
    assert await out(log) == ["other", "first", "second"]


async def test_tries_of_one_message_are_bounded(log: MemoryLog, quick: StageOptions) -> None:
    await send(log, "1", "never", "2")
    stage = Copy(lambda n: Failed(Transient("still not")) if n.text == "never" else Done([n]))
    async with running(StageLoop(stage, log, quick)):
        await all_done(log)
    (letter,) = await dead(log)
    assert (letter.error, letter.type, letter.attempts) == ("still not", "Transient", quick.attempts)
    assert await out(log) == ["1", "2"]


async def test_trouble_of_the_whole_stage_waits_and_puts_nothing_aside(log: MemoryLog, quick: StageOptions) -> None:
    broken = True

    class Database(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            if broken:
                self.batches.append([])
                raise Transient("the database is locked", retry_after=0.001)
            return await super().handle(batch)

    await send(log, "1", "2")
    stage = Database()
    async with running(StageLoop(stage, log, quick)) as loop:

        async def tried_often() -> bool:
            return len(stage.batches) > 3 * quick.attempts

        await until(tried_often)
        assert loop.health.state == "waiting"
        assert "database is locked" in (loop.health.reason or "")
        broken = False
        await all_done(log)
    assert sorted(await out(log)) == ["1", "2"]
    assert await dead(log) == []


async def test_a_message_that_crashes_the_handler_is_found_and_put_aside_alone(
    log: MemoryLog, quick: StageOptions
) -> None:
    def think(n: Note) -> Outcome:
        if n.text == "13":
            raise KeyError("thirteen")
        return Done([n])

    texts = [str(n) for n in range(40)]
    await send(log, *texts)
    async with running(StageLoop(Copy(think), log, quick)):
        await all_done(log)
    (letter,) = await dead(log)
    assert letter.origin.offset == 13
    assert letter.error.startswith("KeyError: 'thirteen' (test_failures.py:")
    assert (letter.type, letter.attempts) == ("KeyError", quick.crash_attempts)
    assert await out(log) == [text for text in texts if text != "13"]


async def test_wrong_number_of_outcomes_is_not_taken_for_success(log: MemoryLog, quick: StageOptions) -> None:
    class Short(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            return []

    await send(log, "1")
    async with running(StageLoop(Short(), log, quick)):
        await all_done(log)
    (letter,) = await dead(log)
    assert "gave 0 outcomes for 1 messages" in letter.error


async def test_a_handler_that_never_returns_meets_its_deadline(log: MemoryLog, quick: StageOptions) -> None:
    class Stuck(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            if any(n.text == "stuck" for n in batch.messages):
                await asyncio.sleep(3600)
            return await super().handle(batch)

    await send(log, "1", "stuck", "2")
    options = replace(quick, deadline=0.02, first_wait=0.001, longest_wait=0.005)
    async with running(StageLoop(Stuck(), log, options)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    assert [letter.type for letter in await dead(log)] == ["TimeoutError"]


async def test_an_output_too_large_for_the_log_condemns_only_its_input(log: MemoryLog, quick: StageOptions) -> None:
    await send(log, "1", "big", "2")
    stage = Copy(lambda n: Done([note("x" * 17_000_000)]) if n.text == "big" else Done([n]))
    async with running(StageLoop(stage, log, quick)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    (letter,) = await dead(log)
    assert "the limit is" in letter.error


async def test_when_everything_fails_the_topic_is_not_shovelled_away(log: MemoryLog, quick: StageOptions) -> None:
    broken = True

    def think(n: Note) -> Outcome:
        return Failed(Invalid("a bad release")) if broken else Done([n])

    options = replace(quick, first_wait=0.001, probe_every=0.2, brake_after=5, batch=4)
    await send(log, *[str(n) for n in range(30)])
    async with running(StageLoop(Copy(think), log, options)) as loop:

        async def braked() -> bool:
            return loop.health.state == "braked"

        await until(braked)
        assert "messages all failed" in (loop.health.reason or "")
        assert not loop.health.ready
        put_aside = len(await dead(log))
        assert put_aside < 10
        broken = False
        await all_done(log)

        async def ready() -> bool:
            return loop.health.ready

        await until(ready)
    assert len(await out(log)) == 30 - len(await dead(log))
    assert len(await dead(log)) <= put_aside + 1


async def test_a_braked_stage_gets_past_a_long_row_of_bad_messages(log: MemoryLog, quick: StageOptions) -> None:
    await send(log, *["bad"] * 12, "good")
    stage = Copy(lambda n: Failed(Invalid("bad")) if n.text == "bad" else Done([n]))
    options = replace(quick, probe_every=0.005, brake_after=5)
    async with running(StageLoop(stage, log, options)):
        await all_done(log)
    assert await out(log) == ["good"]
    assert len(await dead(log)) == 12
