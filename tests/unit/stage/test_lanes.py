"""Messages one by one, side by side: a slow one holds up nobody but its own key, whatever else comes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.errors import Invalid
from service.log import Record, TopicPartition
from service.log.memory import MemoryLog
from service.stage import Batch, Done, Failed, Outcome, StageLoop
from tests.unit.stage.notes import IN0, QUICK, Copy, Note, all_done, dead, note, out, running, send, until

LANES = replace(QUICK, in_flight=8, batch=4)


class Waiting(Copy):
    """Answers for "slow…" only once released."""

    def __init__(self) -> None:
        super().__init__()
        self.released = asyncio.Event()
        self.most, self.now = 0, 0

    async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
        assert len(batch.messages) == 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if batch.messages[0].text.startswith("slow"):
                await self.released.wait()
            return await super().handle(batch)
        finally:
            self.now -= 1


async def test_a_slow_message_holds_up_only_its_own_key_over_many_batches(log: MemoryLog) -> None:
    stage = Waiting()
    await send(log, "a", "slow", "after", key="k")
    async with running(StageLoop(stage, log, LANES)):
        others = [str(n) for n in range(50)]
        for text in others:
            await send(log, text)

        async def others_out() -> bool:
            return len(await out(log)) == 51

        await until(others_out)
        assert sorted(await out(log)) == sorted(["a", *others])
        assert await log.committed("copy", "in") == {IN0: 1}, "never beyond what is unfinished"
        stage.released.set()
        await all_done(log)
    assert (await out(log))[-2:] == ["slow", "after"]


async def test_order_within_every_key_holds_under_load() -> None:
    class Jittery(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            await asyncio.sleep(hash(batch.messages[0].text) % 7 / 2000)
            return await super().handle(batch)

    async with MemoryLog(partitions=2) as log:
        await log.create_topics({"out": 1})
        for n in range(300):
            await log.append("in", [Record(f"key {n % 11}", note(str(n)).to_json())])
        async with running(StageLoop(Jittery(), log, replace(LANES, window=20))):

            async def everything_out() -> bool:
                return len(await out(log)) == 300

            await until(everything_out)
        records = await log.fetch(TopicPartition("out", 0), 0)
        for key in range(11):
            of_key = [int(Note.model_validate_json(r.value).text) for r in records if r.key == f"key {key}"]
            assert of_key == list(range(key, 300, 11))


async def test_no_more_than_the_window_is_unfinished_and_no_more_than_allowed_in_work(log: MemoryLog) -> None:
    stage = Waiting()
    options = replace(LANES, in_flight=3, window=10, batch=5)
    await send(log, *[f"slow {n}" for n in range(40)])
    loop = StageLoop(stage, log, options)
    async with running(loop):

        async def taken() -> bool:
            return len(loop._lanes) == 1 and loop._lanes[IN0].full

        await until(taken)
        await asyncio.sleep(0.3)
        assert len(loop._lanes[IN0].work.items) == 10
        stage.released.set()
        await all_done(log)
    assert stage.most == 3
    assert len(await out(log)) == 40


async def test_a_drain_publishes_what_finishes_and_leaves_the_rest(log: MemoryLog) -> None:
    stage = Waiting()
    await send(log, "slow", "next", key="k")
    await send(log, "other")
    loop = StageLoop(stage, log, LANES)
    task = asyncio.create_task(loop.run())

    async def other_out() -> bool:
        return await out(log) == ["other"]

    await until(other_out)
    loop.stop(20)
    stage.released.set()
    await asyncio.wait_for(task, 20)
    assert await out(log) == ["other", "slow"]
    assert await log.committed("copy", "in") == {IN0: 1}
    async with running(StageLoop(Copy(), log, LANES)):
        await all_done(log)
    assert sorted(set(await out(log))) == ["next", "other", "slow"]


async def test_with_the_brakes_on_messages_are_put_aside_one_at_a_time(log: MemoryLog) -> None:
    options = replace(LANES, brake_after=5, probe_every=0.3, batch=64)
    await send(log, *[str(n) for n in range(60)])
    loop = StageLoop(Copy(lambda _: Failed(Invalid("a bad release"))), log, options)
    task = asyncio.create_task(loop.run())

    async def braked() -> bool:
        return loop.health.state == "braked"

    await until(braked)
    before = len(await dead(log))
    assert before <= 5 + options.in_flight
    await asyncio.sleep(0.5)
    assert len(await dead(log)) <= before + 3
    loop.stop(0)
    await asyncio.wait_for(task, 20)


async def test_a_handler_of_many_messages_finds_them_alone(log: MemoryLog) -> None:
    await send(log, "1", "2", "3")
    stage = Copy(lambda n: Done([n, n]))
    async with running(StageLoop(stage, log, LANES)):
        await all_done(log)
    assert stage.batches == [["1"], ["2"], ["3"]]
    assert await out(log) == ["1", "1", "2", "2", "3", "3"]


def test_a_stage_with_its_own_position_takes_its_messages_in_order() -> None:
    class Positioned(Copy):
        produces = None

        async def position(self, topic: str, partition: int) -> int | None:
            return None

    with pytest.raises(TypeError, match="in order"):
        StageLoop(Positioned(), MemoryLog(), LANES)
