"""What a reader finds in an article: who is mentioned, and who says what."""

from typing import Literal

from pydantic import Field

from service.contracts.article import Article
from service.contracts.evidence import Evidence
from service.contracts.message import Message, Model
from service.contracts.resolution import Resolution

Kind = Literal["person", "organisation", "place", "other"]
How = Literal["name", "alias", "inflected", "title", "demonym", "pronoun"]
Strength = Literal["said", "claimed", "confirmed", "denied"]
StatementType = Literal["direct", "indirect", "mixed", "reported", "free_indirect"]


class Mention(Model):
    """A place in the text that stands for somebody. ``actor`` is a catalogue id, None when it is not known who."""

    evidence: Evidence
    kind: Kind
    actor: str | None = None
    how: How = "name"
    confidence: float = 1.0
    reason: Resolution | None = Field(default=None, exclude_if=lambda value: value is None)
    """Why it is this actor, or none: of those who speak, are spoken to or pass a statement on."""


class Statement(Model):
    """Who says what. Quotation marks are not part of a quote; a broken quote has several pieces, in text order."""

    quote: tuple[Evidence, ...]
    type: StatementType
    speaker: Mention | None = None
    """None when nobody is named."""
    cue: Evidence | None = None
    """The word that makes the saying ("sagte", "laut"); of a separable verb the first part."""
    cue_parts: tuple[Evidence, ...] = ()
    """All parts of the cue ("fügte", "hinzu")."""
    strength: Strength = "said"
    """What the cue makes of it. What is denied (or doubted) is not said to be so."""
    addressee: Mention | None = None
    about: tuple[str, ...] = ()
    """Actors named within the quote."""
    via: tuple[str, ...] = ()
    """Agencies through which it came."""
    chain: tuple[Mention, ...] = ()
    """Who passed it on, the one who heard it from the speaker first: "TASS, citing the ministry" has TASS here."""


class Extraction(Message):
    """An article with its mentions and statements in text order. ``id`` = hash of (article, extractor versions)."""

    language: str
    language_confidence: float = 0.0
    article: Article
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    extractors: dict[str, str] = Field(default_factory=dict)
    """Component → version."""
