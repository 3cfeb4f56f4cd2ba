"""extractions → stories, statements, alerts, outbox: same story? which subscriptions, and why?

One database transaction per batch holds all of it and the position in the topic, so that whatever dies whenever, each
article is dealt with exactly once. What costs time (fingerprints, matching) is done before, off the event loop.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from consumers.matching import Match, match
from consumers.matching.raising import raised
from consumers.matching.watched import Watch, Watched
from consumers.stories import Fingerprint, fingerprint
from consumers.stories.joining import Joined, join
from service import metrics
from service.contracts import Alert, Extraction
from service.errors import Invalid
from service.log import Fenced
from service.stage import Batch, Done, Outcome
from service.storage import Storage
from service.storage.database import Transaction


@dataclass(frozen=True)
class _Read:
    """An extraction with what is known of it before the database is asked."""

    extraction: Extraction
    print: Fingerprint
    matches: tuple[Match, ...]


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

    async def handle(self, batch: Batch[Extraction]) -> Sequence[Outcome]:
        """All or nothing. Raises Fenced when somebody has dealt with the batch already."""
        watch = await self._watched.now()
        read = [await asyncio.to_thread(_read, extraction, watch) for extraction in batch.messages]
        joined: list[Joined] = []
        alerts: list[int] = []
        async with self._storage.write() as transaction:
            moved = await self._storage.positions.move(
                transaction, self.name, batch.topic, batch.partition, batch.first_offset, batch.next_offset
            )
            if not moved:
                raise Fenced(f"{batch.topic}/{batch.partition}: offset {batch.first_offset} has been dealt with")
            new = await self._unknown(transaction, read)
            number = await self._storage.articles.reserve(transaction, len(new)) if new else 0
            for place_in_batch, one in enumerate(new):
                place = await join(self._storage, transaction, one.extraction, one.print, number + place_in_batch)
                alerts += await self._raise(transaction, watch, one, place)
                joined.append(place)
        metrics.duplicates_suppressed.labels(self.name).inc(len(read) - len(new))
        for place in joined:
            metrics.stories.labels(place.part).inc()
        for revision in alerts:
            metrics.alerts_raised.labels("revised" if revision else "raised").inc()
        if alerts:
            self._woken()
        return [Done() for _ in batch.messages]

    async def _unknown(self, transaction: Transaction, read: Sequence[_Read]) -> Sequence[_Read]:
        """Those whose article has not been dealt with, each once."""
        by_id = {one.extraction.article.id: one for one in read}
        known = await self._storage.articles.known(transaction, by_id.keys())
        return [one for article_id, one in by_id.items() if article_id not in known]

    async def _raise(self, transaction: Transaction, watch: Watch, one: _Read, place: Joined) -> list[int]:
        """Tell each subscription that answers once a story, and again only what is new; the revisions told."""
        if not one.matches:
            return []
        began = place.part == "first"
        told = {} if began else await self._storage.alerts.revisions(transaction, place.story_id)
        now = self._clock()
        new: list[Alert] = []
        for found in one.matches:
            subscription = watch.subscriptions[found.subscription_id]
            last = told.get(subscription.id)
            if last is not None and place.part != "news":
                continue
            alert = raised(
                one.extraction,
                subscription,
                found,
                story_id=place.story_id,
                revision=0 if last is None else last + 1,
                positions=range(len(one.extraction.statements)) if last is None else place.news.statements,
                at=now,
            )
            new.append(alert)
        if new and not began:
            new = list(await self._storage.alerts.with_reports(transaction, new))
        added = await self._storage.alerts.add(transaction, new)
        going = [(alert, watch.subscriptions[alert.subscription.id]) for alert in added]
        await self._storage.outbox.put(transaction, going, now + self._first_try_after)
        return [alert.revision for alert in added]


def _read(extraction: Extraction, watch: Watch) -> _Read:
    article = extraction.article
    try:
        article.model_dump_json()
    except ValueError as error:
        raise Invalid(f"article {article.id}: cannot be written as UTF-8: {error}") from None
    return _Read(extraction, fingerprint(article.text, article.title), match(extraction, watch.compiled))
