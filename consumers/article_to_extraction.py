"""articles → extractions: who is mentioned and who says what. Reading is CPU work and happens in processes."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from consumers.extracting.pool import Pool
from consumers.extracting.processes import decoded, prepare, read
from service.actors import Catalogue, load_catalogue
from service.contracts import Article
from service.errors import Invalid
from service.stage import Batch, Done, Failed, Outcome

MAX_CHARACTERS = 2_000_000
"""Longer texts are no articles."""
LONG = 50_000
"""Characters from which on an article may take seconds; one process is always left for the shorter ones."""


class ArticleToExtraction:
    """The stage. Use as an async context: it owns its processes.

    ``load``: a picklable function that gives the catalogue, run once in each process.
    """

    name = "article_to_extraction"
    consumes = "articles"
    produces = "extractions"
    message = Article

    def __init__(
        self,
        *,
        processes: int = 2,
        batch: int = 16,
        timeout: float = 60.0,
        load: Callable[[], Catalogue] = load_catalogue,
    ) -> None:
        self._pool: Pool[bytes, bytes | str] = Pool(
            read, prepare, (load,), processes=processes, batch=batch, deadline=timeout
        )
        self._long = asyncio.Semaphore(max(1, processes - 1))

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.__aexit__(kind, error, trace)

    async def handle(self, batch: Batch[Article]) -> Sequence[Outcome]:
        """An extraction an article; Invalid for one that is too long, cannot be read or breaks its process."""
        short = [article for article in batch.messages if len(article.text) <= LONG]
        long = [article for article in batch.messages if LONG < len(article.text) <= MAX_CHARACTERS]
        outcomes: dict[str, Outcome] = {}
        for done in await asyncio.gather(self._read(short), *(self._read_long(article) for article in long)):
            outcomes |= done
        return [outcomes.get(article.id) or _too_long(article) for article in batch.messages]

    async def _read_long(self, article: Article) -> dict[str, Outcome]:
        async with self._long:
            return await self._read([article])

    async def _read(self, articles: Sequence[Article]) -> dict[str, Outcome]:
        """Outcomes by the articles' ids."""
        payloads = await asyncio.to_thread(lambda: [article.to_json() for article in articles])
        results = await self._pool.map(payloads)
        return {
            article.id: await asyncio.to_thread(_outcome, article, result)
            for article, result in zip(articles, results, strict=True)
        }


def _too_long(article: Article) -> Outcome:
    return Failed(Invalid(f"article {article.id} has {len(article.text)} characters: no article"))


def _outcome(article: Article, result: bytes | str | Invalid) -> Outcome:
    if isinstance(result, Invalid):
        return Failed(Invalid(f"article {article.id}: {result}"))
    if isinstance(result, str):
        return Failed(Invalid(f"article {article.id} could not be read: {result}"))
    return Done((decoded(result),))
