"""The stages of this process, built over what is open. Imported when they are chosen: a process that only polls needs
no reading machinery.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from service.actors import Catalogue
from service.http import HttpClient
from service.log import Log
from service.reachable import Reachable
from service.settings import ExtractSettings, Settings
from service.stage import Health, Stage, StageLoop, StageOptions
from service.storage import Storage
from service.topology import WEB

PAGES_AT_ONCE = 50
T = TypeVar("T")


class Running(Protocol):
    """Something that runs until it is stopped, and says how it is."""

    @property
    def health(self) -> Health: ...

    def stop(self, grace: float) -> None:
        """Take nothing new; finish within ``grace`` seconds."""

    async def run(self) -> None: ...


@dataclass(frozen=True)
class Opened:
    """What is open in this process; None is what no chosen part needs."""

    catalogue: Catalogue
    http: HttpClient
    reader: Stage[Any] | None
    storage: Storage | None
    log: Log | None


@asynccontextmanager
async def reading(settings: ExtractSettings, parts: Collection[str]) -> AsyncIterator[Stage[Any] | None]:
    """The stage that reads, when it is chosen. Its processes take seconds to start: open it before all else."""
    if "article_to_extraction" not in parts:
        yield None
        return
    from consumers.article_to_extraction import ArticleToExtraction

    async with ArticleToExtraction(
        processes=settings.processes, batch=settings.batch, timeout=settings.timeout
    ) as reader:
        yield reader


@asynccontextmanager
async def build(settings: Settings, parts: Collection[str], opened: Opened) -> AsyncIterator[tuple[Running, ...]]:
    """The chosen parts, in the order of the flow; what they own is open while the block runs."""
    running: list[Running] = []
    async with AsyncExitStack() as stack:
        if WEB in parts:
            running.append(Reachable(_needed(opened.storage)))
        woken: Callable[[], None] = lambda: None  # noqa: E731 - replaced when the deliverer lives here too
        if "alert_to_delivery" in parts:
            from consumers.alert_to_delivery import AlertToDelivery

            deliverer = AlertToDelivery(_needed(opened.storage), opened.http, settings.delivery)
            running.append(deliverer)
            woken = deliverer.wake
        if "extraction_to_alert" in parts:
            from consumers.extraction_to_alert import ExtractionToAlert

            alerts = ExtractionToAlert(_needed(opened.storage), woken, first_try_after=settings.delivery.schedule[0])
            running.append(_loop(alerts, opened))
        if opened.reader is not None:
            # Read side by side: an article that takes long holds up its own source only.
            side_by_side = StageOptions(in_flight=settings.extract.batch * settings.extract.processes)
            running.append(_loop(opened.reader, opened, side_by_side))
        if "entry_to_article" in parts:
            from consumers.entry_to_article import EntryToArticle
            from consumers.fetching.agencies import Agencies

            agencies = await asyncio.to_thread(Agencies, opened.catalogue)
            pages = await stack.enter_async_context(EntryToArticle(opened.http, agencies=agencies))
            # Pages are waited for side by side: a slow site holds up its own entries only.
            running.append(_loop(pages, opened, StageOptions(in_flight=PAGES_AT_ONCE)))
        if "source_to_entry" in parts:
            from producers.source_to_entry import SourceToEntry

            running.append(SourceToEntry(opened.http, _needed(opened.log), _needed(opened.storage), settings.poll))
        yield tuple(reversed(running))


def _loop(stage: Stage[Any], opened: Opened, options: StageOptions | None = None) -> StageLoop[Any]:
    return StageLoop(stage, _needed(opened.log), options)


def _needed(thing: T | None) -> T:
    if thing is None:
        raise TypeError("a chosen part needs what was not opened; see service.needs")
    return thing
