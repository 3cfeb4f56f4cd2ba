"""A process to be killed: appends to ``in`` and runs a stage from there to ``out``; says which inputs are acknowledged.

``python -m tests.unit.stage.copying_process FOLDER ROUND IN_FLIGHT``
"""

import asyncio
import itertools
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog

from service.errors import Invalid, Transient
from service.log import Log, Record, open_log
from service.stage import Batch, Done, Failed, Outcome, StageLoop, StageOptions
from tests.unit.stage.notes import Copy, Note, note


class Moody(Copy):
    """Fails for a while, waits for a while, and does not like every thirteenth."""

    async def handle(self, batch: Batch[Note]) -> Sequence[Outcome]:
        await asyncio.sleep(random.random() / 100)
        return [self.one(message) for message in batch.messages]

    def one(self, message: Note) -> Outcome:
        if message.text.endswith("13"):
            return Failed(Invalid("thirteen"))
        if random.random() < 0.02:
            return Failed(Transient("not now"))
        return Done([message])


async def append(log: Log, key: str, turn: str) -> None:
    for number in itertools.count():
        text = f"{key}/{turn}/{number}"
        await log.append("in", [Record(key, note(text).to_json())])
        sys.stdout.write(f"acknowledged {text}\n")
        sys.stdout.flush()


async def main(folder: Path, turn: str, in_flight: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    options = StageOptions(first_wait=0.001, longest_wait=0.01, attempts=1000, in_flight=in_flight, brake_after=1000)
    async with open_log("embedded:", folder, partitions=2) as log, asyncio.TaskGroup() as group:
        loop = StageLoop(Moody(), log, options)
        running = group.create_task(loop.run())
        if turn == "last":
            while not await caught_up(log):  # noqa: ASYNC110 - what is waited for is state of the log
                await asyncio.sleep(0.05)
            loop.stop(10)
            await running
            return
        for number in range(6):
            group.create_task(append(log, str(number), turn))


async def caught_up(log: Log) -> bool:
    committed = await log.committed("copy", "in")
    return all(committed.get(source, 0) == kept.end for source, kept in (await log.offsets("in")).items())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
