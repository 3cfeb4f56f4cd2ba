"""extractions → stories, statements, alerts, outbox: same story? which subscriptions, and why?

One database transaction per batch holds all of it and the position in the topic, so that whatever dies whenever, each
article is dealt with exactly once. Transactions that place articles go one after the other, in however many processes,
so that copies which arrive at once meet in one story; what costs time (fingerprints, matching, looking for what an
article may be a copy of) is done before, and in the transaction only what has come since is looked at.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from consumers.matching import Match, match
from consumers.matching.telling import Told, telling
from consumers.matching.watched import Watch, Watched
from consumers.stories.joining import Earlier, Joined, Newcomer, assign, learn
from consumers.stories.known import Known
from service import metrics
from service.contracts import Extraction
from service.errors import Invalid, Transient
from service.log import Fenced
from service.stage import Batch, Done, Outcome
from service.storage import Storage
from service.storage.arrivals import Body, NewArticle
from service.storage.columns import Deflated
from service.storage.database import Transaction
from service.storage.near import Near
from service.storage.stories import Growth, NewStory


@dataclass(frozen=True)
class _Read:
    """An extraction with what is known of it before the database is asked."""

    newcomer: Newcomer
    body: Body
    matches: tuple[Match, ...]

    @property
    def id(self) -> str:
        return self.newcomer.extraction.article.id


@dataclass(frozen=True)
class _Around:
    """What was near the articles when number ``seen`` was the last."""

    seen: int
    near: dict[str, Near]
    earlier: dict[str, Earlier]


class ExtractionToAlert:
    """A stage that keeps its position in the database. ``woken`` is called when there is something to deliver;
    ``first_try_after``: seconds until that is due."""

    name = "extraction_to_alert"
    consumes = "extractions"
    produces = None
    message = Extraction

    def __init__(
        self,
        storage: Storage,
        woken: Callable[[], None] = lambda: None,
        first_try_after: float = 0.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage, self._woken, self._clock = storage, woken, clock
        self._first_try_after = timedelta(seconds=first_try_after)
        self._watched = Watched(storage)

    async def position(self, topic: str, partition: int) -> int | None:
        """Offset of the first record that is not done yet; None when there was none."""
        return await self._storage.positions.get(self.name, topic, partition)

    async def reposition(self, topic: str, partition: int, offset: int) -> None:
        """The log was replaced: go on at ``offset``. Articles are known by id, so none is told twice."""
        await self._storage.positions.reset(self.name, topic, partition, offset)

    async def has_had(self, message: Extraction) -> bool:
        """Whether the article is one that was placed in a story."""
        async with self._storage.write() as transaction:
            return bool(await self._storage.articles.known(transaction, [message.article.id]))

    async def handle(self, batch: Batch[Extraction]) -> Sequence[Outcome]:
        """All or nothing. Raises Fenced when somebody has dealt with the batch already."""
        watch = await self._watched.now()
        read = {one.id: one for one in [await asyncio.to_thread(_read, given, watch) for given in batch.messages]}
        around = await self._look_round(list(read.values()))
        async with self._storage.write() as transaction:
            moved = await self._storage.positions.move(
                transaction, self.name, batch.topic, batch.partition, batch.first_offset, batch.next_offset
            )
            if not moved:
                raise Fenced(f"{batch.topic}/{batch.partition}: offset {batch.first_offset} has been dealt with")
            joined, alerts = await self._keep(transaction, watch, read, around) if read else ([], [])
        for place in joined:
            metrics.stories.labels(place.part).inc()
        for revision in alerts:
            metrics.alerts_raised.labels("revised" if revision else "raised").inc()
        if alerts:
            self._woken()
        return [Done() for _ in batch.messages]

    async def _look_round(self, read: Sequence[_Read]) -> _Around:
        """Before the transaction; the number first, so that what comes meanwhile is looked at again."""
        seen = await self._storage.changes.version("articles")
        found = await self._storage.stories.near([one.newcomer.wanted for one in read])
        near = {one.id: there for one, there in zip(read, found, strict=True)}
        return _Around(seen, near, await self._earlier(found))

    async def _earlier(self, near: Sequence[Near], transaction: Transaction | None = None) -> dict[str, Earlier]:
        ids = {one for there in near for one in (*there.shared, there.at_url) if one is not None}
        candidates = await self._storage.stories.candidates(ids, transaction)
        if not candidates:
            return {}
        return await asyncio.to_thread(lambda: {one.article_id: Earlier.of(one) for one in candidates})

    async def _keep(
        self, transaction: Transaction, watch: Watch, read: dict[str, _Read], around: _Around
    ) -> tuple[Sequence[Joined], Sequence[int]]:
        """Place what is new, and tell it; where they belong, and the revisions told."""
        storage = self._storage
        known = await storage.articles.known(transaction, read.keys())
        new = [one for one in read.values() if one.id not in known]
        if not new:
            return [], []
        first = await storage.articles.reserve(transaction, len(new))
        near, earlier = [around.near[one.id] for one in new], around.earlier
        if first - 1 != around.seen:
            if await storage.articles.known(transaction, [one.id for one in new]):
                raise Transient("another process has just kept an article of this batch; it is done again")
            late = await storage.stories.near_since(transaction, [one.newcomer.wanted for one in new], around.seen)
            near = [before | since for before, since in zip(near, late, strict=True)]
            earlier = earlier | await self._earlier(late, transaction)
        newcomers = [one.newcomer for one in new]
        places = await asyncio.to_thread(assign, newcomers, near, earlier)
        begun = {story_id for story_id, part in places if part == "first"}
        there = {story_id for story_id, _ in places} - begun
        knew = await storage.stories.known(transaction, there)
        if len(knew) < len(there):
            raise Transient("a story has just been dropped for its age; the batch is done again")
        joined = await asyncio.to_thread(learn, newcomers, places, knew)
        stories, grown = await asyncio.to_thread(_stories, newcomers, joined, knew)
        await storage.stories.begin(transaction, stories)
        await storage.stories.grow(transaction, grown)
        await storage.articles.add(
            transaction,
            [
                NewArticle(one.newcomer.extraction, one.body, number, place.story_id, place.part, place.news.statements)
                for number, (one, place) in enumerate(zip(new, joined, strict=True), first)
            ],
        )
        await storage.stories.index(
            transaction,
            [(one.id, one.newcomer.extraction.article.first_seen_at, one.newcomer.print.sample) for one in new],
        )
        return joined, await self._tell(transaction, watch, new, joined, first, there)

    async def _tell(
        self,
        transaction: Transaction,
        watch: Watch,
        new: Sequence[_Read],
        joined: Sequence[Joined],
        first: int,
        there: Collection[str],
    ) -> Sequence[int]:
        articles = [
            Told(
                one.newcomer.extraction,
                one.matches,
                place.story_id,
                number,
                began=place.part == "first",
                brings_news=place.part == "news",
                new_statements=place.news.statements,
            )
            for number, (one, place) in enumerate(zip(new, joined, strict=True), first)
            if one.matches
        ]
        if not articles:
            return []
        old = {one.story_id for one in articles}.intersection(there)
        revisions = await self._storage.alerts.revisions(transaction, old)
        now = self._clock()
        found = await asyncio.to_thread(telling, articles, watch.subscriptions, revisions, now)
        before = {one.alert.id: one.reports_before for one in found if one.reports_before is not None}
        reported = [one.alert for one in found if one.alert.id in before]
        full = {one.id: one for one in await self._storage.alerts.with_reports(transaction, reported, before)}
        alerts = [full.get(one.alert.id, one.alert) for one in found]
        added = await self._storage.alerts.add(transaction, alerts)
        going = [(alert, watch.subscriptions[alert.subscription.id]) for alert in added]
        await self._storage.outbox.put(transaction, going, now + self._first_try_after)
        return [alert.revision for alert in added]


def _read(extraction: Extraction, watch: Watch) -> _Read:
    try:
        body = Body.of(extraction)
    except ValueError as error:
        raise Invalid(f"article {extraction.article.id}: cannot be written as UTF-8: {error}") from None
    return _Read(Newcomer.of(extraction), body, match(extraction, watch.compiled))


def _stories(
    new: Sequence[Newcomer], joined: Sequence[Joined], knew: dict[str, bytes]
) -> tuple[list[NewStory], list[Growth]]:
    """The stories that begin, and those that grow, as they are after all of the batch."""
    last: dict[str, tuple[Newcomer, Known]] = {}
    firsts: dict[str, Extraction] = {}
    counts: Counter[str] = Counter(place.story_id for place in joined)
    for one, place in zip(new, joined, strict=True):
        firsts.setdefault(place.story_id, one.extraction)
        last[place.story_id] = (one, place.known)
    begun, grown = [], []
    for story_id, (one, known) in last.items():
        at, data = one.extraction.article.first_seen_at, known.to_bytes()
        if story_id not in knew:
            begun.append(NewStory(story_id, firsts[story_id], Deflated.of(data), counts[story_id], at))
        else:
            learnt = None if data == knew[story_id] else Deflated.of(data)
            grown.append(Growth(story_id, counts[story_id], at, learnt))
    return begun, grown
