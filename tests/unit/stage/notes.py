"""A small real stage and what its tests look at."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from service.contracts import Message
from service.log import Log, Record, TopicPartition
from service.stage import Batch, DeadLetter, Done, Outcome, StageLoop, StageOptions, read_dead_letters

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
