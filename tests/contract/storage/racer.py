"""One of many workers of a kind on one database: begins when it is told to, says what it has done, one line each.

``stories SEED PARTITION``: takes the copies of each story that fall to its partition through extraction_to_alert.
``polls``: takes feeds in work as pollers do. ``sends``: claims deliveries as deliverers do. ``turns``: asks one site.
"""

import asyncio
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import DeliveryTry, Extraction, PollState
from service.http.politeness import Politeness
from service.stage import Batch
from service.storage import Storage, open_storage
from tests.unit.matching.article_maker import written

WORKERS, STORIES, BATCH = 8, 30, 5
SITE = "https://crowded.example/page"
SPACING = 0.2


def copy_of(story: int, worker: int) -> Extraction:
    """The same text from another place, each with a sentence of its own."""
    told = " ".join(f"Satz {n} der Meldung {story} sagt, was an Ort {story * 31 + n} geschah." for n in range(9))
    return written(
        f"[Kasachstan|Q232] und [Russland|Q159]. {told} Eigen ist hier nur Wort w{story}x{worker}.",
        url=f"https://{worker}.example/{story}",
        title=f"Titel {story} {worker}",
    )


async def stories(storage: Storage, worker: str) -> None:
    stage, partition = ExtractionToAlert(storage), int(worker)
    for first in range(0, STORIES, BATCH):
        batch = tuple(copy_of(story, partition) for story in range(first, first + BATCH))
        await stage.handle(Batch("extractions", partition, first, first + BATCH, batch))
        print(first + BATCH, flush=True)


async def polls(storage: Storage, worker: str) -> None:
    lease, chance = uuid4().hex, random.Random(worker)
    while True:
        now = datetime.now(UTC)
        found = await storage.sources.due(now, 5)
        if not found:
            return
        for source, state in await storage.sources.claim([source.id for source, _ in found], now, lease, 60.0):
            await asyncio.sleep(chance.random() * 0.01)
            done = PollState(state="ok", polls=state.polls + 1, next_poll_at=datetime(2100, 1, 1, tzinfo=UTC))
            assert await storage.sources.save_state(source.id, done, lease=lease)
            print(source.id, flush=True)


async def sends(storage: Storage, worker: str) -> None:
    lease, chance, idle = uuid4().hex, random.Random(worker), 0
    while idle < 20:
        claims = await storage.outbox.claim(datetime.now(UTC), 5, lease, 60.0, per_endpoint=2)
        idle = 0 if claims else idle + 1
        for claim in claims:
            print(claim.id, flush=True)
        await asyncio.sleep(chance.random() * 0.02)
        for claim in claims:
            await storage.outbox.settle(claim, DeliveryTry(at=datetime.now(UTC), status=200, seconds=0.0), "delivered")


async def turns(storage: Storage, worker: str) -> None:
    politeness = Politeness(SPACING, shared=storage.sites)
    for _ in range(4):
        async with politeness.turn(SITE):
            began = time.monotonic()
            await asyncio.sleep(0.01)
            print(f"{began} {time.monotonic()}", flush=True)


async def main(what: str, address: str, folder: str, worker: str) -> None:
    async with open_storage(address, Path(folder)) as storage:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        await {"stories": stories, "polls": polls, "sends": sends, "turns": turns}[what](storage, worker)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
