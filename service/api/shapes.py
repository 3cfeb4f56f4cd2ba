"""Shapes that only the API has: pages of items, what is posted, a source with its state."""

from typing import Any, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.contracts import PollState, Source
from service.http import without_credentials
from service.storage.articles import StoredArticle

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """``next`` is the cursor of the page that follows, null at the end."""

    items: list[T]
    next: str | None = None


class SourceView(Source):
    """A feed and how it is doing. A password in its address is not shown."""

    state: str
    next_poll_at: AwareDatetime | None = None
    last_poll_at: AwareDatetime | None = None
    last_ok_at: AwareDatetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    failures: int = 0
    polls: int = 0

    @classmethod
    def of(cls, source: Source, state: PollState) -> "SourceView":
        known = state.model_dump(include=set(cls.model_fields) - set(Source.model_fields))
        shown = source.model_dump() | {"url": without_credentials(source.url)}
        return cls(**shown, **known)


class ArticleView(BaseModel):
    """An article in a listing; the whole of it with its extraction is at ``/articles/{id}``."""

    id: str
    story: str
    url: str | None
    title: str | None
    language: str
    source: str
    author: str | None
    published_at: AwareDatetime | None
    first_seen_at: AwareDatetime

    @classmethod
    def of(cls, stored: StoredArticle) -> "ArticleView":
        article = stored.extraction.article
        return cls(
            id=stored.id,
            story=stored.story_id,
            url=article.url,
            title=article.title,
            language=article.language,
            source=stored.source,
            author=article.author,
            published_at=article.published_at,
            first_seen_at=article.first_seen_at,
        )


class ActorView(BaseModel):
    id: str
    kind: str
    type: str | None
    name: str
    names: dict[str, list[str]]


class Posted(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewSource(Posted):
    url: str = Field(max_length=2000)
    title: str | None = Field(default=None, max_length=500)
    language: str | None = Field(default=None, max_length=20)


class NewSubscription(Posted):
    """``rule`` as in a rule file; names of actors are resolved when it is stored.

    A webhook with a secret is set up on the command line or in the configuration: secrets do not travel here."""

    name: str = Field(min_length=1, max_length=200)
    rule: dict[str, Any]
    webhook: str | None = Field(default=None, max_length=2000)
    console: bool = False
