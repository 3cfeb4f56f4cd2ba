"""Eight workers on one PostgreSQL at once: nothing is done twice, and nothing that belongs together comes apart."""

import asyncio
import sys
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from consumers.extraction_to_alert import ExtractionToAlert
from service.contracts import Channels, Rule, Source, Webhook
from service.log import Fenced
from service.rules import new_subscription
from service.stage import Batch
from service.storage import Storage
from tests.contract.storage.racer import BATCH, SPACING, STORIES, WORKERS, copy_of
from tests.contract.storage.test_deliveries import put, subscriber
from tests.unit.matching.article_maker import AT

ROOT = Path(__file__).parents[3]
PATIENCE = 240.0


@pytest.fixture
def engine() -> str:
    """A file has one writing process."""
    return "postgresql"


async def race(what: str, address: str, folder: Path, workers: int = WORKERS) -> list[list[str]]:
    """What each of them said, when all have ended well."""
    async with AsyncExitStack() as stack:
        running = []
        for worker in range(workers):
            one = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.contract.storage.racer", what, address, str(folder), str(worker)),
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
            stack.callback(lambda one=one: one.returncode is None and one.kill())
            running.append(one)
        async with asyncio.timeout(PATIENCE):
            for one in running:
                assert one.stdout
                assert await one.stdout.readline() == b"ready\n"
            said = await asyncio.gather(*(one.communicate(b"go\n") for one in running))
        assert {one.returncode for one in running} == {0}
    return [out.decode().splitlines() for out, _ in said]


async def test_copies_that_arrive_at_once_in_many_places_meet_in_one_story_with_one_alert(
    storage: Storage, address: str, tmp_path: Path
) -> None:
    channels = Channels(webhook=Webhook(url="https://hook.example/"))
    await storage.subscriptions.add(new_subscription("pair", Rule(pair=("Q232", "Q159")), channels, AT))
    await race("stories", address, tmp_path)
    stories = (await storage.stories.list(limit=1000)).items
    assert Counter(story.articles for story in stories) == {WORKERS: STORIES}
    alerts = (await storage.alerts.list(limit=1000)).items
    assert Counter(alert.story.id for alert in alerts if alert.revision == 0) == {story.id: 1 for story in stories}
    assert len({(alert.story.id, alert.revision) for alert in alerts}) == len(alerts)
    assert len((await storage.deliveries.list(limit=1000)).items) == len(alerts)
    articles = (await storage.articles.list(limit=1000)).items
    assert sorted(article.number for article in articles) == list(range(1, WORKERS * STORIES + 1))


async def test_numbers_are_seen_in_the_order_in_which_they_are_given(
    storage: Storage, address: str, tmp_path: Path
) -> None:
    """Who reads on after the last number seen never passes one that is committed later: neither a page nor a stream
    loses an alert."""
    await storage.subscriptions.add(new_subscription("pair", Rule(pair=("Q232", "Q159")), Channels(), AT))
    racing = asyncio.create_task(race("stories", address, tmp_path))
    seen: list[int] = []
    finished = False
    while not finished:
        finished = racing.done()
        seen += [number for number, _ in await storage.alerts.after(seen[-1] if seen else 0, limit=7)]
    await racing
    while more := await storage.alerts.after(seen[-1] if seen else 0):
        seen += [number for number, _ in more]
    assert len(seen) == len((await storage.alerts.list(limit=1000)).items)
    assert all(one < following for one, following in pairwise(seen))


async def test_a_zombie_loses_against_whoever_was_there(storage: Storage, other: Storage) -> None:
    batch = tuple(copy_of(story, 0) for story in range(BATCH))
    stages = [ExtractionToAlert(one) for one in (storage, other) * 4]
    ends = await asyncio.gather(
        *(stage.handle(Batch("extractions", 0, 0, BATCH, batch)) for stage in stages), return_exceptions=True
    )
    assert Counter(type(one) for one in ends) == {list: 1, Fenced: 7}
    assert await storage.positions.get("extraction_to_alert", "extractions", 0) == BATCH
    late = ExtractionToAlert(other)
    with pytest.raises(Fenced):
        await late.handle(Batch("extractions", 0, BATCH - 1, BATCH + 1, (copy_of(4, 0), copy_of(9, 0))))
    assert len((await storage.articles.list(limit=100)).items) == BATCH


async def test_each_due_feed_is_asked_by_one_poller(storage: Storage, address: str, tmp_path: Path) -> None:
    made = [Source(id=f"s{n:03}", url=f"https://{n}.example/feed", added_at=AT) for n in range(300)]
    await storage.sources.add(*made)
    said = await race("polls", address, tmp_path)
    assert Counter(one for lines in said for one in lines) == {source.id: 1 for source in made}
    assert sum(bool(lines) for lines in said) > 1
    assert {state.polls for _, state in (await storage.sources.list(limit=1000)).items} == {1}


async def test_each_delivery_is_sent_by_one_deliverer(storage: Storage, address: str, tmp_path: Path) -> None:
    for number in range(40):
        await put(storage, subscriber(url=f"https://{number % 10}.example/"), number, due_at=datetime.now(UTC))
    said = await race("sends", address, tmp_path)
    found = (await storage.deliveries.list(limit=1000)).items
    assert Counter(one for lines in said for one in lines) == {one.id: 1 for one in found}
    assert {(one.state, len(one.tries)) for one in found} == {("delivered", 1)}


async def test_the_room_between_requests_to_a_site_holds_across_processes(
    storage: Storage, address: str, tmp_path: Path
) -> None:
    said = await race("turns", address, tmp_path, workers=3)
    spans = sorted(tuple(map(float, line.split())) for lines in said for line in lines)
    assert len(spans) == 12
    # Clocks of processes and of the database are read at slightly different moments.
    assert all(begun - ended > SPACING * 0.9 for (_, ended), (begun, _) in pairwise(spans))
