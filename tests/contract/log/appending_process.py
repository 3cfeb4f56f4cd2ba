"""A process to be killed: appends as fast as it can, says what was acknowledged, and copies ``in`` to ``out``.

``python -m tests.contract.log.appending_process FOLDER ROUND``
"""

import asyncio
import itertools
import sys
from pathlib import Path

from service.log import Log, Record, open_log

KEYS = 8


async def append(log: Log, key: str, turn: str) -> None:
    for number in itertools.count():
        (place,) = await log.append("in", [Record(key, f"{turn} {number}".encode() + b"." * 500)])
        # One write of one line: what arrives has been acknowledged.
        sys.stdout.write(f"{key} {turn} {number} {place.partition} {place.offset}\n")
        sys.stdout.flush()


async def copy(log: Log) -> None:
    async with log.reader("copy", ["in"]) as reader:
        while True:
            for batch in await reader.poll(max_records=20):
                copies = [Record(r.key, r.value, {"from": f"{r.partition} {r.offset}"}) for r in batch.records]
                await reader.append_and_commit({"out": copies}, {batch.source: batch.next_offset})


async def main(folder: Path, turn: str) -> None:
    async with open_log("embedded:", folder, partitions=2) as log, asyncio.TaskGroup() as group:
        group.create_task(copy(log))
        for number in range(KEYS):
            group.create_task(append(log, f"key-{number}", turn))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
