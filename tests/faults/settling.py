"""The end of a scenario: wait until nothing is left to do, then write down all that there is."""

import asyncio
import re
import time
from collections import Counter

from service.log import Log, lag, open_log
from service.stage import read_dead_letters
from tests.faults.checker import GROUPS
from tests.faults.system import System
from tests.faults.watching import note_positions
from tests.faults.wire import Wire, number_in

ARTICLES = "SELECT url, number, story_id, part, source_id FROM articles ORDER BY number"
ALERTS = "SELECT id, subscription, story_id, revision, article_id FROM alerts ORDER BY number"
DELIVERIES = "SELECT id, alert_id, endpoint, state FROM deliveries"
OF_ARTICLE = "SELECT id, url FROM articles"
SOURCES = "SELECT id, url FROM sources"
_ADDRESS = re.compile(rb"/article/(\d+)")
QUIET = 2.0
"""Seconds without a change after which nothing more is expected, where several processes may be at work."""


def settle(
    system: System,
    wire: Wire,
    within: float,
    *,
    quiet: float = QUIET,
    unwell: tuple[str, ...] = (),
    removed: int = 0,
) -> bool:
    """Until every served item is an article or a dead letter and all that is due was delivered; False when that has not
    come within ``within`` seconds. Processes that die meanwhile are brought back.

    ``quiet``: seconds without a change · ``unwell``: starts of endpoints that are not waited for · ``removed``: items
    that were taken away unread."""
    deadline = time.monotonic() + within
    quiet_since: float | None = None
    before = None
    while time.monotonic() < deadline:
        system.look_after()
        try:
            state = _state(system, unwell)
        except Exception:  # the database is coming back
            state = None
        done = state is not None and state[0] >= wire.served - removed and not state[2] and not state[3]
        if not done or state != before:
            quiet_since, before = None, state
        if done:
            quiet_since = quiet_since or time.monotonic()
            if time.monotonic() - quiet_since >= quiet:
                return True
        time.sleep(0.3)
    return False


def _state(system: System, unwell: tuple[str, ...]) -> tuple[int, int, int, int]:
    """Articles and dead letters, deliveries, those still to be made, records still to be read (repeats too)."""
    articles = system.rows("SELECT count(*) FROM articles")[0][0]
    dead, behind = asyncio.run(_in_log(system))
    rows = system.rows("SELECT endpoint, state FROM deliveries")
    states = Counter(state for endpoint, state in rows if not (unwell and endpoint.startswith(unwell)))
    return articles + dead, sum(states.values()), states["pending"], behind


async def _in_log(system: System) -> tuple[int, int]:
    async with open_log(system.log_url, system.data, read_only=True) as log:
        dead = sum([1 async for _ in read_dead_letters(log)])
        behind = [sum((await lag(log, group, topic)).values()) for topic, group in GROUPS.items()]
    return dead, sum(behind)


def write_down(system: System, wire: Wire) -> None:
    """The end state into the history: tables, topics, positions."""
    note = system.history.note
    note("looked")
    feeds = {name: wire.urls.get(url, url) for name, url in system.rows(SOURCES)}
    for url, number, story, part, source in system.rows(ARTICLES):
        note("article", item=_number(url), number=number, story=story, part=part, feed=feeds.get(source, str(source)))
    urls = dict(system.rows(OF_ARTICLE))
    for name, subscription, story, revision, article in system.rows(ALERTS):
        item = _number(urls.get(article))
        note("alert", id=name, subscription=subscription, story=story, revision=revision, item=item)
    for name, alert, endpoint, state in system.rows(DELIVERIES):
        note("delivery", id=name, alert=alert, endpoint=endpoint, state=state)
    asyncio.run(_topics(system))


async def _topics(system: System) -> None:
    async with open_log(system.log_url, system.data, read_only=True) as log:
        for topic in GROUPS:
            await _records(system, log, topic)
        async for letter in read_dead_letters(log):
            system.history.note(
                "dead",
                topic=letter.topic,
                item=item_of(letter.payload),
                error=letter.error,
                written=letter.at.timestamp(),
            )
        await note_positions(system, log, {})


async def _records(system: System, log: Log, topic: str) -> None:
    for source, kept in (await log.offsets(topic)).items():
        offset = kept.start
        while records := await log.fetch(source, offset):
            for one in records:
                system.history.note(
                    "record", topic=topic, partition=one.partition, offset=one.offset, item=item_of(one.value),
                    key=one.key, written=one.timestamp.timestamp(),
                )  # fmt: skip
            offset = records[-1].offset + 1
        system.history.note("end", topic=topic, partition=source.partition, next=kept.end)


def item_of(payload: bytes) -> int:
    """The item that a record speaks of; -1 when it names none."""
    found = _ADDRESS.search(payload)
    return int(found[1]) if found else -1


def _number(url: str | None) -> int:
    found = number_in(url or "")
    return -1 if found is None else found
