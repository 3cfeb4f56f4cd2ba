"""The loop round a handler, on a real (memory) log with small real stages."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from service.contracts import Message
from service.errors import Invalid, Transient
from service.log import Fenced, Log, OffsetRange, Record, Retention, TopicPartition
from service.log.memory import MemoryLog
from service.stage import Batch, DeadLetter, Done, Failed, Outcome, StageLoop, StageOptions, read_dead_letters

IN0 = TopicPartition("in", 0)
SEEN = datetime(2026, 11, 23, tzinfo=UTC)
QUICK = StageOptions(first_wait=0.001, longest_wait=0.005, probe_every=0.01, longest_retry_after=0.05)


class Note(Message):
    text: str


def note(text: str) -> Note:
    return Note(id=text, first_seen_at=SEEN, text=text)


Handle = Callable[[Batch[Note]], Awaitable[Sequence[Outcome]]]


class Copy:
    """Copies its input; ``think`` says otherwise."""

    name = "copy"
    consumes = "in"
    produces: str | None = "out"
    message = Note

    def __init__(self, think: Callable[[Note], Outcome] | None = None) -> None:
        self.think = think or (lambda note: Done([note]))
        self.batches: list[list[str]] = []

    async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
        self.batches.append([note.text for note in batch.messages])
        return [self.think(note) for note in batch.messages]


@pytest.fixture
async def log() -> AsyncIterator[MemoryLog]:
    async with MemoryLog(partitions=1) as log:
        yield log


async def send(log: Log, *texts: str, key: str | None = None) -> None:
    await log.append("in", [Record(key or text, note(text).to_json()) for text in texts])


async def out(log: Log) -> list[str]:
    return [Note.model_validate_json(r.value).text for r in await log.fetch(TopicPartition("out", 0), 0)]


async def dead(log: Log) -> list[DeadLetter]:
    return [letter async for letter in read_dead_letters(log)]


@asynccontextmanager
async def running(loop: StageLoop[Note]) -> AsyncIterator[StageLoop[Note]]:
    task = asyncio.create_task(loop.run())
    try:
        yield loop
        loop.stop(10)
        await asyncio.wait_for(task, 20)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110 - what is waited for is state of the log
            await asyncio.sleep(0.005)


async def all_done(log: Log, stage: str = "copy") -> None:
    async def caught_up() -> bool:
        return (await log.committed(stage, "in")).get(IN0) == (await log.offsets("in"))[IN0].end

    await until(caught_up)


async def test_messages_go_through_in_order_and_are_committed(log: MemoryLog) -> None:
    await send(log, "1", "2")
    async with running(StageLoop(Copy(), log, QUICK)) as loop:
        await all_done(log)
        await send(log, "3")
        await all_done(log)
        assert loop.health.state == "running"
        assert loop.health.last_success is not None
    assert await out(log) == ["1", "2", "3"]
    assert loop.health.state == "stopped"


async def test_outputs_carry_the_inputs_key_and_trace(log: MemoryLog) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await log.append("in", [Record("a key", note("x").model_copy(update={"traceparent": trace}).to_json())])
    async with running(StageLoop(Copy(), log, QUICK)):
        await all_done(log)
    (record,) = await log.fetch(TopicPartition("out", 0), 0)
    assert (record.key, record.headers) == ("a key", {"traceparent": trace})


async def test_what_cannot_be_read_is_put_aside_with_its_cause_and_the_next_goes_on(log: MemoryLog) -> None:
    await send(log, "1")
    await log.append(
        "in", [Record("k", b"{no json", {"h": "1"}), Record("k", b'{"id": "x"}'), Record("k", b"\xff\xfe")]
    )
    await send(log, "2")
    async with running(StageLoop(Copy(), log, QUICK)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    broken, incomplete, _ = letters = await dead(log)
    assert [letter.origin.offset for letter in letters] == [1, 2, 3]
    assert (broken.topic, broken.key, broken.payload, broken.headers) == ("in", "k", b"{no json", {"h": "1"})
    assert (broken.stage, broken.type, broken.attempts) == ("copy", "Invalid", 1)
    assert "first_seen_at: Field required" in incomplete.error
    assert "text: Field required" in incomplete.error


async def test_invalid_is_put_aside_at_once(log: MemoryLog) -> None:
    await send(log, "1", "bad", "2")
    stage = Copy(lambda n: Failed(Invalid("no text in it")) if n.text == "bad" else Done([n]))
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    (letter,) = await dead(log)
    assert (letter.error, letter.attempts, letter.first_seen_at) == ("no text in it", 1, SEEN)
    assert stage.batches == [["1", "bad", "2"]]


async def test_passing_trouble_of_one_message_is_tried_again_while_others_go_on(log: MemoryLog) -> None:
    tries = 0
    released = asyncio.Event()

    def think(n: Note) -> Outcome:
        nonlocal tries
        if n.text != "slow":
            return Done([n])
        tries += 1
        return Done([n]) if released.is_set() else Failed(Transient("later", retry_after=0.01))

    await send(log, "1", "slow", "2")
    options = StageOptions(first_wait=0.001, longest_wait=0.01, attempts=1000)
    async with running(StageLoop(Copy(think), log, options)):

        async def others_out() -> bool:
            return await out(log) == ["1", "2"] and tries > 2

        await until(others_out)
        assert await log.committed("copy", "in") == {IN0: 1}, "never beyond what is unfinished"
        released.set()
        await all_done(log)
    assert await out(log) == ["1", "2", "slow"]
    assert await dead(log) == []


async def test_later_messages_of_the_same_key_wait_for_the_earlier_one(log: MemoryLog) -> None:
    failures = iter([True, True, False])

    def think(n: Note) -> Outcome:
        return Failed(Transient("later")) if n.text == "first" and next(failures) else Done([n])

    await send(log, "first", "second", key="k")
    await send(log, "other", key="o")
    async with running(StageLoop(Copy(think), log, QUICK)):
        await all_done(log)
    assert await out(log) == ["other", "first", "second"]


async def test_tries_of_one_message_are_bounded(log: MemoryLog) -> None:
    await send(log, "1", "never", "2")
    stage = Copy(lambda n: Failed(Transient("still not")) if n.text == "never" else Done([n]))
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log)
    (letter,) = await dead(log)
    assert (letter.error, letter.type, letter.attempts) == ("still not", "Transient", QUICK.attempts)
    assert await out(log) == ["1", "2"]


async def test_trouble_of_the_whole_stage_waits_and_puts_nothing_aside(log: MemoryLog) -> None:
    broken = True

    class Database(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            if broken:
                self.batches.append([])
                raise Transient("the database is locked", retry_after=0.001)
            return await super().handle(batch)

    await send(log, "1", "2")
    stage = Database()
    async with running(StageLoop(stage, log, QUICK)) as loop:

        async def tried_often() -> bool:
            return len(stage.batches) > 3 * QUICK.attempts

        await until(tried_often)
        assert loop.health.state == "waiting"
        assert "database is locked" in (loop.health.reason or "")
        broken = False
        await all_done(log)
    assert await out(log) == ["1", "2"]
    assert await dead(log) == []


async def test_a_message_that_crashes_the_handler_is_found_and_put_aside_alone(log: MemoryLog) -> None:
    def think(n: Note) -> Outcome:
        if n.text == "13":
            raise KeyError("thirteen")
        return Done([n])

    texts = [str(n) for n in range(40)]
    await send(log, *texts)
    async with running(StageLoop(Copy(think), log, QUICK)):
        await all_done(log)
    (letter,) = await dead(log)
    assert letter.origin.offset == 13
    assert letter.error.startswith("KeyError: 'thirteen' (test_loop.py:")
    assert (letter.type, letter.attempts) == ("KeyError", QUICK.crash_attempts)
    assert await out(log) == [text for text in texts if text != "13"]


async def test_wrong_number_of_outcomes_is_not_taken_for_success(log: MemoryLog) -> None:
    class Short(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            return []

    await send(log, "1")
    async with running(StageLoop(Short(), log, QUICK)):
        await all_done(log)
    (letter,) = await dead(log)
    assert "gave 0 outcomes for 1 messages" in letter.error


async def test_a_handler_that_never_returns_meets_its_deadline(log: MemoryLog) -> None:
    class Stuck(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            if any(n.text == "stuck" for n in batch.messages):
                await asyncio.sleep(3600)
            return await super().handle(batch)

    await send(log, "1", "stuck", "2")
    options = StageOptions(deadline=0.02, first_wait=0.001, longest_wait=0.005)
    async with running(StageLoop(Stuck(), log, options)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    assert [letter.type for letter in await dead(log)] == ["TimeoutError"]


async def test_an_output_too_large_for_the_log_condemns_only_its_input(log: MemoryLog) -> None:
    await send(log, "1", "big", "2")
    stage = Copy(lambda n: Done([note("x" * 17_000_000)]) if n.text == "big" else Done([n]))
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log)
    assert await out(log) == ["1", "2"]
    (letter,) = await dead(log)
    assert "the limit is" in letter.error


async def test_many_outputs_go_out_in_order(log: MemoryLog) -> None:
    await send(log, "1")
    stage = Copy(lambda n: Done([note(str(i)) for i in range(5000)]))
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log)
    records = await log.fetch(TopicPartition("out", 0), 0, max_records=10_000, max_bytes=10**9)
    assert [Note.model_validate_json(r.value).text for r in records] == [str(i) for i in range(5000)]


async def test_when_everything_fails_the_topic_is_not_shovelled_away(log: MemoryLog) -> None:
    broken = True

    def think(n: Note) -> Outcome:
        return Failed(Invalid("a bad release")) if broken else Done([n])

    options = StageOptions(first_wait=0.001, probe_every=0.2, brake_after=5, batch=4)
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


async def test_a_braked_stage_gets_past_a_long_row_of_bad_messages(log: MemoryLog) -> None:
    await send(log, *["bad"] * 12, "good")
    stage = Copy(lambda n: Failed(Invalid("bad")) if n.text == "bad" else Done([n]))
    options = StageOptions(probe_every=0.005, brake_after=5)
    async with running(StageLoop(stage, log, options)):
        await all_done(log)
    assert await out(log) == ["good"]
    assert len(await dead(log)) == 12


async def test_stopping_finishes_what_is_in_work(log: MemoryLog) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            begun.set()
            await go_on.wait()
            return await super().handle(batch)

    await send(log, "1", "2", "3")
    options = StageOptions(batch=2)
    loop = StageLoop(Slow(), log, options)
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(begun.wait(), 20)
    assert loop.health.busy_since is not None
    loop.stop(20)
    await asyncio.sleep(0.05)
    assert not task.done()
    go_on.set()
    await asyncio.wait_for(task, 20)
    assert await out(log) == ["1", "2"]
    assert await log.committed("copy", "in") == {IN0: 2}


async def test_stopping_does_not_wait_beyond_its_grace(log: MemoryLog) -> None:
    class Stuck(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            await asyncio.sleep(3600)
            return []

    await send(log, "1")
    loop = StageLoop(Stuck(), log)
    task = asyncio.create_task(loop.run())

    async def busy() -> bool:
        return loop.health.busy_since is not None

    await until(busy)
    loop.stop(0.05)
    await asyncio.wait_for(task, 20)
    assert await log.committed("copy", "in") == {}


async def test_stopping_ends_a_long_wait_and_leaves_the_message_for_the_next_start(log: MemoryLog) -> None:
    await send(log, "1", "later")
    stage = Copy(lambda n: Failed(Transient("later")) if n.text == "later" else Done([n]))
    loop = StageLoop(stage, log, StageOptions(first_wait=3600, longest_wait=3600))
    task = asyncio.create_task(loop.run())

    async def first_out() -> bool:
        return await out(log) == ["1"]

    await until(first_out)
    loop.stop(3600)
    await asyncio.wait_for(task, 20)
    assert await log.committed("copy", "in") == {IN0: 1}
    async with running(StageLoop(Copy(), log)):
        await all_done(log)
    assert await out(log) == ["1", "later"]


async def test_records_removed_before_they_were_read_do_not_stop_the_stage() -> None:
    async with MemoryLog(partitions=1, retention=Retention(size=1, hard_size=1)) as log:
        await send(log, "1", "2")
        async with log.reader("copy", ["in"]) as reader:
            await reader.poll(wait=0)
            await reader.commit({IN0: 1})
        assert (await log.sweep()).unread == 1
        await send(log, "3")
        async with running(StageLoop(Copy(), log, QUICK)):
            await all_done(log)
        assert (await log.offsets("in"))[IN0] == OffsetRange(2, 3)
        assert await out(log) == ["3"]


async def test_a_closed_log_ends_the_loop_loudly() -> None:
    async with MemoryLog(partitions=1) as log:
        loop = StageLoop(Copy(), log)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(0.02)
    with pytest.raises(Exception, match="closed"):
        await asyncio.wait_for(task, 20)
    assert loop.health.state == "failed"
    assert "closed" in (loop.health.reason or "")


async def test_partitions_are_worked_on_side_by_side_and_shared_between_loops() -> None:
    together = asyncio.Barrier(4)

    class Meet(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            async with asyncio.timeout(10):
                await together.wait()
            return await super().handle(batch)

    async with MemoryLog(partitions=4) as log:
        await log.create_topics({"out": 1})
        texts = [str(n) for n in range(40)]
        loops = [StageLoop(Meet(), log, QUICK) for _ in range(2)]
        async with running(loops[0]), running(loops[1]):
            await asyncio.sleep(0.05)
            await send(log, *texts)

            async def everything_out() -> bool:
                return len(await out(log)) >= len(texts)

            await until(everything_out)
        assert sorted(await out(log), key=int) == texts


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


async def test_a_stage_that_can_reposition_begins_anew_in_a_new_log(log: MemoryLog) -> None:
    class Movable(Counting):
        async def reposition(self, topic: str, partition: int, offset: int) -> None:
            self.at = offset

    await send(log, "1", "2")
    stage = Movable()
    stage.at = 50
    async with running(StageLoop(stage, log, QUICK)):
        await all_done(log, "counting")
    assert stage.done == ["1", "2"]


def test_a_stage_with_its_own_position_and_outputs_is_refused() -> None:
    class Both(Counting):
        produces = "out"  # type: ignore[assignment]

    with pytest.raises(TypeError, match="own position"):
        StageLoop(Both(), MemoryLog())
