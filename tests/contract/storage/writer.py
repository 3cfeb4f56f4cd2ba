"""A process of its own that writes to the database until it is killed, saying on its output what is committed.

``sources``: adds feeds, one a transaction. ``alerts``: takes a fixed series of batches through extraction_to_alert and
begins where the position says, as a service does after it was killed.
"""

import asyncio
import contextlib
import sys
from datetime import UTC, datetime
from pathlib import Path

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Channels, Extraction, Rule, Source, Webhook
from service.errors import Invalid
from service.rules import new_subscription
from service.stage import Batch
from service.storage import Storage, open_storage
from tests.unit.matching.article_maker import written

AT = datetime(2026, 5, 20, tzinfo=UTC)
STORIES, COPIES, BATCH = 40, 3, 4
PROSE = "Nummer {n} hat {n} Dinge, die in Ort {n} geschehen sind, und {n} Leute, die davon {n} Tage redeten."


def series() -> list[Extraction]:
    """``STORIES`` texts, each ``COPIES`` times, from as many places."""
    return [
        written(
            "[Kasachstan|Q232] und [Russland|Q159]. " + PROSE.format(n=f"w{number}"),
            url=f"https://{copy}.example/{number}",
            title=f"{number}",
        )
        for number in range(STORIES)
        for copy in range(COPIES)
    ]


async def sources(storage: Storage, name: str) -> None:
    number = 0
    while True:
        url = f"https://{name}.example/{number}"
        await storage.sources.add(Source(id=f"{name}-{number}", url=url, added_at=AT))
        print(number, flush=True)
        number += 1


async def alerts(storage: Storage, name: str) -> None:
    channels = Channels(webhook=Webhook(url="https://hook.example/"))
    with contextlib.suppress(Invalid):  # an earlier life has added it
        await storage.subscriptions.add(new_subscription("pair", Rule(pair=("Q232", "Q159")), channels, AT))
    stage, given = ExtractionToAlert(storage), series()
    at = await stage.position("extractions", 0) or 0
    while at < len(given):
        after = min(at + BATCH, len(given))
        await stage.handle(Batch("extractions", 0, at, after, tuple(given[at:after])))
        print(after, flush=True)
        at = after


async def main(what: str, address: str, folder: str, name: str) -> None:
    async with open_storage(address, Path(folder)) as storage:
        await {"sources": sources, "alerts": alerts}[what](storage, name)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
