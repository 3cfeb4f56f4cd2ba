"""What a subscriber is told, once a story, with proof.

One shape in the API, on the command line and as a webhook's ``data``.
"""

from pydantic import AwareDatetime, Field

from service.contracts.article import Provenance
from service.contracts.evidence import Evidence
from service.contracts.extraction import How, Statement
from service.contracts.message import Model


class SubscriptionRef(Model):
    id: str
    name: str


class StoryRef(Model):
    id: str


class Reason(Model):
    """One rule node that holds, and the words that show it."""

    rule: str
    """Path in the rule: ``any[1].pair``."""
    actor: str | None = None
    evidence: Evidence | None = None
    """None for what stands outside the text (language, source)."""
    how: How | None = None
    """How the words name the actor: a title or a demonym counts for a pair and is marked so."""
    note: str | None = None


class AlsoReported(Model):
    """A later article of the same story that brought nothing new."""

    source: str
    url: str | None = None
    title: str | None = None
    at: AwareDatetime


class Alert(Model):
    """``id`` = hash of (subscription, story, revision)."""

    id: str
    subscription: SubscriptionRef
    story: StoryRef
    revision: int = 0
    title: str | None = None
    url: str | None = None
    language: str
    source: str
    """Name of the source: its title, else its host."""
    article_id: str
    published_at: AwareDatetime | None = None
    first_seen_at: AwareDatetime
    raised_at: AwareDatetime
    why: tuple[Reason, ...]
    statements: tuple[Statement, ...] = ()
    """Of a revision only the new ones."""
    provenance: Provenance = Provenance()
    also_reported_by: tuple[AlsoReported, ...] = ()
    rule_version: str
    text_hash: str
    """SHA-256 of the article's text: what the offsets are into."""
    extractors: dict[str, str] = Field(default_factory=dict)
