"""Entries → articles: the feed's own text where it is the whole text, else the page; come what may, the entry goes on.

An article whose page cannot be had has the feed's text and says so in its provenance.
"""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import structlog

from consumers.fetching.address import canonical, clean
from consumers.fetching.agencies import Agencies, shipped_agencies
from consumers.fetching.assemble import About, assemble, join
from consumers.fetching.blocks import Line
from consumers.fetching.feed_text import is_whole, lines_of_entry
from consumers.fetching.page import Page
from consumers.fetching.site import PageReader
from service import metrics
from service.contracts import Article, FeedEntry
from service.errors import Invalid, WirewatchError
from service.http import HttpClient
from service.stage import Batch, Done, Failed, Outcome

PATIENCE = 60.0
"""Seconds that a batch waits for its pages, turns at their sites included; what is not there then goes on without."""


class EntryToArticle:
    """``async with EntryToArticle(http) as stage``. ``processes``: for reading pages."""

    name = "entry_to_article"
    consumes = "entries"
    produces = "articles"
    message = FeedEntry

    def __init__(self, http: HttpClient, *, agencies: Agencies | None = None, processes: int = 1) -> None:
        self._http = http
        self._agencies = agencies
        self._pages = PageReader(processes=processes)
        self._logger = structlog.get_logger().bind(stage=self.name)

    async def __aenter__(self) -> Self:
        if self._agencies is None:
            self._agencies = await asyncio.to_thread(shipped_agencies)
        await self._pages.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pages.__aexit__(kind, error, trace)

    async def handle(self, batch: Batch[FeedEntry]) -> Sequence[Outcome]:
        """All at once; sites are asked one page at a time, so a slow one only holds up its own."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        return await asyncio.gather(*(self._one(entry, deadline) for entry in batch.messages))

    async def _one(self, entry: FeedEntry, deadline: float) -> Outcome:
        lines = await asyncio.to_thread(lines_of_entry, entry)
        page, at, note = None, None, None
        if entry.link is None:
            outcome = "no_link"
        elif is_whole(entry, lines):
            outcome = "feed"
        else:
            try:
                async with asyncio.timeout_at(deadline):
                    page, at = await self._pages.fetch(self._http, entry.link)
                outcome = "page"
            except (WirewatchError, TimeoutError) as error:
                outcome = "failed"
                note = f"{str(error) or 'its site was busy for too long'}; the feed's own text"
        metrics.pages.labels(outcome).inc()
        if page is not None and sum(len(line.text) for line in page.lines) < sum(len(line.text) for line in lines):
            page, note = None, "the page has less text than the feed; the feed's own text"
        try:
            article = await asyncio.to_thread(self._article, entry, page.lines if page else lines, page, at, note)
        except Invalid as error:
            return Failed(error)
        self._logger.debug("article", id=article.id, url=article.url, language=article.language, outcome=outcome)
        return Done([article])

    def _article(
        self, entry: FeedEntry, lines: Sequence[Line], page: Page | None, at: str | None, note: str | None
    ) -> Article:
        if not any(line.text for line in lines) and not entry.title:
            raise Invalid("the entry has neither a text nor a title" + (f" ({note})" if note else ""))
        text, captions = join(lines)
        url = canonical(at, page.canonical) if page and at else (clean(entry.link) if entry.link else None)
        about = About(
            url=url,
            title=entry.title or (page.title if page else None),
            declared=entry.language or (page.language if page else None),
            author=(page.author if page else None) or entry.author,
            site=(page.site if page else None) or entry.source.name,
            published_at=entry.published_at or (page.published_at if page else None) or entry.updated_at,
            entry_id=entry.id,
            source=entry.source,
            traceparent=entry.traceparent,
            text_from="page" if page else "feed",
            note=note,
        )
        # An entry that is only a headline is read as one.
        return assemble(text or (entry.title or ""), captions, about, entry.first_seen_at, self._agencies)
