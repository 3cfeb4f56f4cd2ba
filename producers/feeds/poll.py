"""One poll of one source from the request to the saved state."""

import asyncio
import contextlib
import random
from collections import Counter, OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from producers.feeds.choose import Choice, choose
from producers.feeds.decide import Answer, Decision, conditions, decide
from producers.feeds.feed import Feed
from producers.feeds.fetch import fetch_feed
from producers.feeds.identity import Identified, identify
from producers.feeds.pace import Pace, slices
from producers.feeds.publish import feed_entry
from producers.feeds.reader import FeedReader
from producers.feeds.reread import with_dates
from service import metrics
from service.contracts import PollState, Source
from service.http import HttpClient
from service.log import Log, Record
from service.settings import PollSettings
from service.stage.health import since
from service.storage import Storage
from service.storage.entries import KnownEntry

STAGE = "source_to_entry"
TOPIC = "entries"
MANY = 300
"""Entries whose comparing goes to a thread."""
APPEND = 200
"""Records in one append."""
SOURCES_WITH_EDITS = 5000


class EditCounts:
    """How often entries were edited lately, for the sources that edit; the longest quiet are forgotten."""

    def __init__(self) -> None:
        self._by_source: OrderedDict[str, Counter[str]] = OrderedDict()

    def of(self, source_id: str) -> Counter[str]:
        return self._by_source.get(source_id, Counter())

    def add(self, source_id: str, keys: Collection[str]) -> None:
        if keys:
            self._by_source.setdefault(source_id, Counter()).update(keys)
            self._by_source.move_to_end(source_id)
            while len(self._by_source) > SOURCES_WITH_EDITS:
                self._by_source.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll found and decided, for the log line."""

    answer: Answer
    decision: Decision
    choice: Choice
    was_frozen: bool = False


@dataclass(slots=True)
class Poller:
    """What polls have in common. ``poll`` is safe to run for many sources at the same time."""

    http: HttpClient
    reader: FeedReader
    log: Log
    storage: Storage
    settings: PollSettings
    pace: Pace
    lease: str
    """Whose the feeds are that are asked: nothing is kept of one that another has taken over."""
    edits: EditCounts = field(default_factory=EditCounts)

    async def ask(self, source: Source, state: PollState, now: datetime) -> Polled:
        """The request, and what it means. Nothing is published or kept yet."""
        url = state.fetch_url or source.url
        answer = await fetch_feed(self.http, self.reader, url, state, now)
        choice = Choice()
        if answer.feed is not None:
            known = await self.storage.sources.known_entries(source.id)
            first = state.last_ok_at is None and not known
            found, choice = await _compare(answer.feed, known, self.edits.of(source.id), first, now)
            self.edits.add(source.id, [one.key for one in found if one.kind == "edited"])
            for outcome, count in Counter(one.kind for one in found).items():
                metrics.entries.labels(outcome).inc(count)
            answer = replace(answer, new_entries=len(choice.publish), held_back=choice.held_back)
        decision = decide(state, answer, now, self.settings, random.random())
        metrics.polls.labels(decision.outcome).inc()
        escaped = bool(state.etag or state.last_modified) and not conditions(state, now) and bool(choice.publish)
        return Polled(answer, decision, choice, escaped)

    async def hand_on(self, source: Source, polled: Polled, now: datetime, stopping: asyncio.Event) -> bool:
        """Publish, then keep, at the pace at which pages may be fetched. Until the last entry has gone the validators
        are withheld, so that after a stop or a crash in between the next poll brings the rest. Whether all was done and
        the feed is given back."""
        feed, state = polled.answer.feed, polled.decision.state
        if feed is None:
            await self.storage.sources.save_state(source.id, state, lease=self.lease)
            return True
        memory = {row.key: row for row in polled.choice.remember}
        parts = slices([(self.pace.wait_for(one), one) for one in polled.choice.publish])
        later = {one.key for _, part in parts[1:] for one in part}
        if parts:
            await self._publish(source, feed, parts[0][1], now)
        unsure = state.model_copy(update={"etag": None, "last_modified": None, "body_hash": None})
        at_once = [row for key, row in memory.items() if key not in later]
        kept = await self.storage.sources.save_state(
            source.id, unsure if later else state, at_once, lease=self.lease, hold=bool(later)
        )
        if not kept or not later:
            return True
        began = asyncio.get_running_loop().time()
        for wait, part in parts[1:]:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(began + wait):
                    await stopping.wait()
            if stopping.is_set():
                return False
            await self._publish(source, feed, part, now)
            some = [memory[one.key] for one in part if one.key in memory]
            await self.storage.sources.remember_entries(source.id, some, now, lease=self.lease)
        await self.storage.sources.save_state(source.id, state, lease=self.lease)
        return True

    async def _publish(self, source: Source, feed: Feed, part: Sequence[Identified], now: datetime) -> None:
        for start in range(0, len(part), APPEND):
            messages = [feed_entry(source, feed, one, now) for one in part[start : start + APPEND]]
            await self.log.append(TOPIC, [Record(source.id, message.to_json()) for message in messages])
            metrics.stage_messages.labels(STAGE, "done").inc(len(messages))
            for message in messages:
                metrics.stage_reached.labels(STAGE).observe(since(message.first_seen_at))


async def _compare(
    feed: Feed, known: Sequence[KnownEntry], edits: Counter[str], first: bool, now: datetime
) -> tuple[tuple[Identified, ...], Choice]:
    """What is in the feed, and what of it goes out; off the loop when it is much."""

    def compare() -> tuple[tuple[Identified, ...], Choice]:
        found = with_dates(identify(feed.entries, known, edits), known, edits, now)
        return found, choose(found, known, first=first, now=now)

    few = len(feed.entries) + len(known) <= MANY
    return compare() if few else await asyncio.to_thread(compare)
