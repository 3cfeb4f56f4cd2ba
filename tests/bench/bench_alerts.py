"""extraction_to_alert alone, over each database: articles a second, and what an article costs in CPU and statements.

``python -m tests.bench.bench_alerts [ARTICLES] [BATCH] [WORKERS]``. The same articles (400 words, three statements; a
fifth are copies of others, half of those bring something new; a tenth answer one of ten subscriptions) through one
worker, and through ``WORKERS`` side by side, each with a partition of its own, in one process. PostgreSQL is a wheel's
or the system's, on loopback, with its defaults (durable commits).
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Channels, Extraction, Rule
from service.rules import new_subscription
from service.stage import Batch
from service.storage import Storage, open_storage, upgrade
from tests.parts.missing import MissingPart
from tests.parts.postgres import postgres
from tests.unit.matching.article_maker import AT, written

WORDS = [f"wort{number:03}" for number in range(900)]
SUBSCRIPTIONS = 10


def article(chance: random.Random, number: int, base: str | None) -> tuple[str, Extraction]:
    """A text of its own, or ``base`` with a new end."""
    sentences = [" ".join(chance.choices(WORDS, k=16)).capitalize() + "." for _ in range(25)]
    if base is not None:
        sentences = base.split("\n")[: 20 + chance.randint(0, 5)] + sentences[: chance.choice((0, 3))]
    actors = "[Kasachstan|Q232] und [Russland|Q159] trafen sich." if number % 10 == 0 else "[Berlin|Q64] ist groß."
    text = f"{actors}\n" + "\n".join(sentences)
    said = [(sentence, None, None) for sentence in (sentences[1], sentences[9], sentences[-1])]
    url = f"https://site{number % 97}.example/{number}"
    return "\n".join(sentences), written(text, title=f"Titel {number}", url=url, statements=said)


def articles(count: int) -> list[Extraction]:
    chance, made = random.Random(5), []
    bases: list[str] = []
    for number in range(count):
        base = chance.choice(bases[-200:]) if bases and number % 5 == 4 else None
        text, one = article(chance, number, base)
        bases.append(text)
        made.append(one)
    return made


async def run(storage: Storage, given: Sequence[Extraction], batch: int, workers: int) -> tuple[float, float]:
    """Seconds, and seconds of CPU of this process."""
    for number in range(SUBSCRIPTIONS):
        await storage.subscriptions.add(new_subscription(f"s{number}", Rule(pair=("Q232", "Q159")), Channels(), AT))

    async def work(partition: int) -> None:
        stage, mine = ExtractionToAlert(storage), given[partition::workers]
        for first in range(0, len(mine), batch):
            part = tuple(mine[first : first + batch])
            await stage.handle(Batch("extractions", partition, first, first + len(part), part))

    begun, used = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work(partition) for partition in range(workers)))
    return time.perf_counter() - begun, time.process_time() - used


async def measure(name: str, address: str, given: Sequence[Extraction], batch: int, workers: int) -> None:
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    with tempfile.TemporaryDirectory() as folder:
        await upgrade(address, Path(folder))
        async with open_storage(address, Path(folder)) as storage:
            event.listen(Engine, "before_cursor_execute", count)
            try:
                seconds, cpu = await run(storage, given, batch, workers)
            finally:
                event.remove(Engine, "before_cursor_execute", count)
    rate, each, work = len(given) / seconds, statements / len(given), 1000 * cpu / len(given)
    what = f"{name:11} batches of {batch:3}, {workers} at once"
    print(f"  {what} {rate:9.1f} articles/s {work:7.1f} ms CPU {each:7.2f} statements an article", flush=True)


async def main(count: int, batch: int, workers: int) -> None:
    given = articles(count)
    print(f"{count} extractions to stories and alerts")
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres())
        except MissingPart as missing:
            server = None
            print(f"  PostgreSQL left out: {missing}")
        for size, copies in ((1, 1), (batch, 1), (batch, workers)):
            await measure("SQLite", "", given, size, copies)
            if server is not None:
                await measure("PostgreSQL", server.database(), given, size, copies)


if __name__ == "__main__":
    chosen = [int(one) for one in sys.argv[1:4]]
    asyncio.run(main(*chosen, *(1000, 50, 4)[len(chosen) :]))
