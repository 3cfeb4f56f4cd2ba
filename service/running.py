"""The stages of this process, built over what is open. Imported when they are chosen: a process that only polls needs
no reading machinery.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

from service.actors import Catalogue
from service.http import HttpClient
from service.log import Log, Retention
from service.settings import ExtractSettings, LogSettings, Settings
from service.stage import Health, Stage, StageLoop, StageOptions
from service.storage import Storage

PAGES_AT_ONCE = 50


class Running(Protocol):
    """Something that runs until it is stopped, and says how it is."""

    @property
    def health(self) -> Health: ...

    def stop(self, grace: float) -> None:
        """Take nothing new; finish within ``grace`` seconds."""

    async def run(self) -> None: ...


def retention(settings: LogSettings) -> Retention:
    """Limits of a topic; beyond twice the size even what is still needed goes, counted and logged."""
    size = settings.max_size // 4
    return Retention(age=settings.retention, size=size, hard_size=size * 2)


@asynccontextmanager
async def reading(settings: ExtractSettings, stages: Collection[str]) -> AsyncIterator[Stage[Any] | None]:
    """The stage that reads, when it is chosen. Its processes take seconds to start: open it before all else."""
    if "article_to_extraction" not in stages:
        yield None
        return
    from consumers.article_to_extraction import ArticleToExtraction

    async with ArticleToExtraction(
        processes=settings.processes, batch=settings.batch, timeout=settings.timeout
    ) as reader:
        yield reader


@asynccontextmanager
async def build(
    settings: Settings,
    stages: Collection[str],
    reader: Stage[Any] | None,
    catalogue: Catalogue,
    storage: Storage,
    log: Log,
    http: HttpClient,
) -> AsyncIterator[tuple[Running, ...]]:
    """The chosen stages, in the order of the flow; what they own is open while the block runs."""
    running: list[Running] = []
    async with AsyncExitStack() as stack:
        woken: Callable[[], None] = lambda: None  # noqa: E731 - replaced when the deliverer lives here too
        if "alert_to_delivery" in stages:
            from consumers.alert_to_delivery import AlertToDelivery

            deliverer = AlertToDelivery(storage, http, settings.delivery)
            running.append(deliverer)
            woken = deliverer.wake
        if "extraction_to_alert" in stages:
            from consumers.extraction_to_alert import ExtractionToAlert

            running.append(_loop(ExtractionToAlert(storage, woken, first_try_after=settings.delivery.schedule[0]), log))
        if reader is not None:
            # Read side by side: an article that takes long holds up its own source only.
            running.append(
                _loop(reader, log, StageOptions(in_flight=settings.extract.batch * settings.extract.processes))
            )
        if "entry_to_article" in stages:
            from consumers.entry_to_article import EntryToArticle
            from consumers.fetching.agencies import Agencies

            agencies = await asyncio.to_thread(Agencies, catalogue)
            pages = await stack.enter_async_context(EntryToArticle(http, agencies=agencies))
            # Pages are waited for side by side: a slow site holds up its own entries only.
            running.append(_loop(pages, log, StageOptions(in_flight=PAGES_AT_ONCE)))
        if "source_to_entry" in stages:
            from producers.source_to_entry import SourceToEntry

            running.append(SourceToEntry(http, log, storage, settings.poll))
        yield tuple(reversed(running))


def _loop(stage: Stage[Any], log: Log, options: StageOptions | None = None) -> StageLoop[Any]:
    return StageLoop(stage, log, options)
