"""The loop round a handler: order, keys, partitions, draining; on a real (memory) log with small real stages."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.errors import Transient
from service.log import OffsetRange, Record, Retention, TopicPartition
from service.log.memory import MemoryLog
from service.stage import Batch, Done, Failed, Outcome, StageLoop, StageOptions
from tests.unit.stage.notes import IN0, Copy, Note, all_done, note, out, running, send, until


async def test_messages_go_through_in_order_and_are_committed(log: MemoryLog, quick: StageOptions) -> None:
    await send(log, "1", "2")
    async with running(StageLoop(Copy(), log, quick)) as loop:
        await all_done(log)
        await send(log, "3")
        await all_done(log)
        assert loop.health.state == "running"
        assert loop.health.last_success is not None
    assert await out(log) == ["1", "2", "3"]
    assert loop.health.state == "stopped"


async def test_outputs_carry_the_inputs_key_and_trace(log: MemoryLog, quick: StageOptions) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await log.append("in", [Record("a key", note("x").model_copy(update={"traceparent": trace}).to_json())])
    async with running(StageLoop(Copy(), log, quick)):
        await all_done(log)
    (record,) = await log.fetch(TopicPartition("out", 0), 0)
    assert (record.key, record.headers) == ("a key", {"traceparent": trace})


async def test_many_outputs_go_out_in_order(log: MemoryLog, quick: StageOptions) -> None:
    await send(log, "1")
    stage = Copy(lambda n: Done([note(str(i)) for i in range(5000)]))
    async with running(StageLoop(stage, log, quick)):
        await all_done(log)
    records = await log.fetch(TopicPartition("out", 0), 0, max_records=10_000, max_bytes=10**9)
    assert [Note.model_validate_json(r.value).text for r in records] == [str(i) for i in range(5000)]


async def test_stopping_finishes_what_is_in_work(log: MemoryLog, quick: StageOptions) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            begun.set()
            await go_on.wait()
            return await super().handle(batch)

    await send(log, "1", "2", "3")
    options = replace(quick, batch=2)
    loop = StageLoop(Slow(), log, options)
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(begun.wait(), 20)
    assert loop.health.busy_since is not None
    loop.stop(20)
    await asyncio.sleep(0.05)
    assert not task.done()
    go_on.set()
    await asyncio.wait_for(task, 20)
    taken = 3 if quick.in_flight else 2
    assert await out(log) == ["1", "2", "3"][:taken]
    assert await log.committed("copy", "in") == {IN0: taken}


async def test_stopping_does_not_wait_beyond_its_grace(log: MemoryLog, quick: StageOptions) -> None:
    class Stuck(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            await asyncio.sleep(3600)
            return []

    await send(log, "1")
    loop = StageLoop(Stuck(), log, quick)
    task = asyncio.create_task(loop.run())

    async def busy() -> bool:
        return loop.health.busy_since is not None

    await until(busy)
    loop.stop(0.05)
    await asyncio.wait_for(task, 20)
    assert await log.committed("copy", "in") == {}


async def test_stopping_ends_a_long_wait_and_leaves_the_message_for_the_next_start(
    log: MemoryLog, quick: StageOptions
) -> None:
    await send(log, "1", "later")
    stage = Copy(lambda n: Failed(Transient("later")) if n.text == "later" else Done([n]))
    loop = StageLoop(stage, log, replace(quick, first_wait=3600, longest_wait=3600))
    task = asyncio.create_task(loop.run())

    async def first_out() -> bool:
        return await out(log) == ["1"]

    await until(first_out)
    loop.stop(3600)
    await asyncio.wait_for(task, 20)
    assert await log.committed("copy", "in") == {IN0: 1}
    async with running(StageLoop(Copy(), log, quick)):
        await all_done(log)
    assert await out(log) == ["1", "later"]


async def test_records_removed_before_they_were_read_do_not_stop_the_stage(quick: StageOptions) -> None:
    async with MemoryLog(partitions=1, retention=Retention(size=1, hard_size=1)) as log:
        await send(log, "1", "2")
        async with log.reader("copy", ["in"]) as reader:
            await reader.poll(wait=0)
            await reader.commit({IN0: 1})
        assert (await log.sweep()).unread == 1
        await send(log, "3")
        async with running(StageLoop(Copy(), log, quick)):
            await all_done(log)
        assert (await log.offsets("in"))[IN0] == OffsetRange(2, 3)
        assert await out(log) == ["3"]


async def test_a_closed_log_ends_the_loop_loudly(quick: StageOptions) -> None:
    async with MemoryLog(partitions=1) as log:
        loop = StageLoop(Copy(), log, quick)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(0.02)
    with pytest.raises(Exception, match="closed"):
        await asyncio.wait_for(task, 20)
    assert loop.health.state == "failed"
    assert "closed" in (loop.health.reason or "")


async def test_partitions_are_worked_on_side_by_side_and_shared_between_loops(quick: StageOptions) -> None:
    together = asyncio.Barrier(4)

    class Meet(Copy):
        async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
            async with asyncio.timeout(10):
                await together.wait()
            return await super().handle(batch)

    async with MemoryLog(partitions=4) as log:
        await log.create_topics({"out": 1})
        texts = [str(n) for n in range(40)]
        loops = [StageLoop(Meet(), log, quick) for _ in range(2)]
        async with running(loops[0]), running(loops[1]):
            await asyncio.sleep(0.05)
            await send(log, *texts)

            async def everything_out() -> bool:
                return len(await out(log)) >= len(texts)

            await until(everything_out)
        assert sorted(await out(log), key=int) == texts
