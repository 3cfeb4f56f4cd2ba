"""A process that works on the database as the stages do, all the time, until its input ends.

Says what it has done, one line a round; trouble that passes is waited out, as the stages do. What does not ends it.
"""

import asyncio
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import DeliveryTry, PollState
from service.errors import Transient
from service.stage import Batch
from service.storage import KnownEntry, Storage, open_storage
from tests.unit.matching.article_maker import written


async def once(storage: Storage, stage: ExtractionToAlert, worker: int, number: int) -> None:
    now = datetime.now(UTC)
    text = f"[Kasachstan|Q232] und [Russland|Q159] an Tag {number} von {worker}: Meldung Nummer {number} für {worker}."
    article = written(text, url=f"https://{worker}.example/{number}", title=f"{worker} {number}")
    at = await stage.position("extractions", worker) or 0
    await stage.handle(Batch("extractions", worker, at, at + 1, (article,)))
    found = [source.id for source, _ in await storage.sources.due(now, 3)]
    for source, state in await storage.sources.claim(found, now, f"worker{worker}", 60.0):
        entry = KnownEntry(str(number), None, f"https://{worker}.example/{number}", "t", "h")
        following = PollState(state="ok", polls=state.polls + 1, next_poll_at=now + timedelta(milliseconds=20))
        await storage.sources.save_state(source.id, following, [entry], lease=f"worker{worker}")
    for claim in await storage.outbox.claim(now, 5, f"worker{worker}", 60.0, per_endpoint=2):
        await storage.outbox.settle(claim, DeliveryTry(at=now, status=200, seconds=0.0), "delivered")
    await storage.alerts.list(limit=5)


async def main(address: str, folder: str, worker: int) -> None:
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    async with open_storage(address, Path(folder)) as storage:
        stage, number = ExtractionToAlert(storage), 0
        while not over.is_set():
            try:
                await once(storage, stage, worker, number)
            except Transient as error:
                print(f"waits: {error}", file=sys.stderr, flush=True)
                await asyncio.sleep(0.1)
                continue
            number += 1
            print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
