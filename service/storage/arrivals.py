"""An article on its way into the database: what is made of an extraction, and the rows it becomes."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from service.contracts import Article, Extraction
from service.storage.columns import Deflated

Part = Literal["first", "copy", "edit", "news"]
"""How an article met its story: began it, says the same, says the same at the same address, says something new."""


@dataclass(frozen=True)
class Body:
    """What takes time to make of an extraction, best done off the event loop: packed text and extraction, the hash."""

    text: Deflated
    extraction: Deflated
    hash: str

    @classmethod
    def of(cls, extraction: Extraction) -> Self:
        """Raises ValueError for a text that cannot be written as UTF-8."""
        text = extraction.article.text
        return cls(Deflated.of(text.encode()), Deflated.of(extraction.to_json()), text_hash(text))


@dataclass(frozen=True)
class NewArticle:
    """An article to be kept, with its place; ``new``: positions of the statements that nobody in the story had made."""

    extraction: Extraction
    body: Body
    number: int
    story_id: str
    part: Part
    new: Collection[int]


def article_row(new: NewArticle) -> dict[str, Any]:
    """Of the table ``articles``."""
    extraction, article = new.extraction, new.extraction.article
    return {
        "id": article.id,
        "number": new.number,
        "story_id": new.story_id,
        "part": new.part,
        "url": article.url,
        "title": article.title,
        "language": extraction.language,
        "source_id": article.source.id if article.source else None,
        "source_name": source_name(article),
        "published_at": article.published_at,
        "first_seen_at": article.first_seen_at,
        "text_hash": new.body.hash,
        "text": new.body.text,
        "extraction": new.body.extraction,
    }


def statement_rows(new: NewArticle) -> list[dict[str, Any]]:
    """Of the table ``statements``."""
    return [
        {
            "article_id": new.extraction.article.id,
            "position": position,
            "number": new.number,
            "story_id": new.story_id,
            "speaker": said.speaker.actor if said.speaker else None,
            "type": said.type,
            "new": position in new.new,
            "document": said,
        }
        for position, said in enumerate(new.extraction.statements)
    ]


def source_name(article: Article) -> str:
    """The name people know the source by: the feed's, else the article's host."""
    if article.source and article.source.name:
        return article.source.name
    return (article.url and urlsplit(article.url).hostname) or "unknown"


def text_hash(text: str) -> str:
    """SHA-256 of a text: what offsets are into."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
