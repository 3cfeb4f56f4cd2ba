"""Finding the story of an article, in the transaction that keeps it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from consumers.stories.copies import Fingerprint, fingerprint, is_copy, is_edit
from consumers.stories.known import Known
from consumers.stories.novelty import News, news
from service.contracts import Extraction, content_id
from service.storage.articles import Part
from service.storage.database import Transaction
from service.storage.opening import Storage
from service.storage.stories import Candidate

WINDOW = timedelta(days=7)
"""A copy that comes later begins a story of its own."""


@dataclass(frozen=True)
class Joined:
    """Where an article belongs and what it brings there."""

    story_id: str
    part: Part
    news: News


async def join(
    storage: Storage, transaction: Transaction, extraction: Extraction, print_: Fingerprint, number: int
) -> Joined:
    """Keep the article with its story: one that is there, or a new one. The article must not be there yet; ``number``
    has been reserved for it."""
    article = extraction.article
    found = await _find(storage, transaction, extraction, print_)
    if found is None:
        story_id = content_id("story", article.id)
        _, known = await asyncio.to_thread(news, extraction, Known())
        await storage.stories.begin(transaction, story_id, extraction, known.to_bytes())
        joined = Joined(story_id, "first", News(statements=tuple(range(len(extraction.statements)))))
    else:
        story_id, part = found
        before = Known.from_bytes(await storage.stories.known(transaction, story_id))
        fresh, known = await asyncio.to_thread(news, extraction, before)
        grown = None if known == before else known.to_bytes()
        await storage.stories.grow(transaction, story_id, article.first_seen_at, grown)
        joined = Joined(story_id, "news" if fresh else part, fresh)
    await storage.articles.add(
        transaction,
        extraction,
        number=number,
        story_id=joined.story_id,
        part=joined.part,
        new=joined.news.statements,
    )
    await storage.stories.index(transaction, article.id, print_.sample, article.first_seen_at)
    return joined


async def _find(
    storage: Storage, transaction: Transaction, extraction: Extraction, print_: Fingerprint
) -> tuple[str, Part] | None:
    article, language = extraction.article, extraction.language
    since = article.first_seen_at - WINDOW
    if article.url:
        there = await storage.stories.at_url(transaction, article.url, language, since)
        if there and is_edit(print_, await _print_of(there)):
            return there.story_id, "edit"
    for candidate in await storage.stories.candidates(transaction, print_.sample, language, since):
        if is_copy(print_, await _print_of(candidate)):
            return candidate.story_id, "copy"
    return None


async def _print_of(candidate: Candidate) -> Fingerprint:
    return await asyncio.to_thread(fingerprint, candidate.text, candidate.title)
