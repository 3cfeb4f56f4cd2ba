"""What was published: the entry as the feed had it, and the article read from it."""

from typing import Literal

from pydantic import AwareDatetime

from service.contracts.message import Message, Model


class SourceRef(Model):
    """Which feed something came from: its id, its address, and the name people know it by (title, else host)."""

    id: str
    url: str
    name: str


class FeedEntry(Message):
    """An entry as published. ``id`` = hash of (source, key, content), so an edit is a new message."""

    source: SourceRef
    key: str
    """The entry's identity within its source, kept through changed GUIDs and edits."""
    content_hash: str
    guid: str | None = None
    link: str | None = None
    """Absolute."""
    title: str | None = None
    """Plain text."""
    summary: str | None = None
    """Sanitised HTML."""
    content: str | None = None
    """Sanitised HTML of the full text, where the feed has it."""
    author: str | None = None
    language: str | None = None
    """What the feed or the person who added it declares."""
    published_at: AwareDatetime | None = None
    updated_at: AwareDatetime | None = None


class AgencyCredit(Model):
    """A news agency that the article cites: as written, and who that is."""

    name: str
    actor: str | None = None


class Provenance(Model):
    """Where the text says it comes from."""

    agencies: tuple[AgencyCredit, ...] = ()
    original_url: str | None = None
    """From "Quelle: …", "Source: …" and their like."""
    text_from: Literal["feed", "page", "file"] = "feed"
    note: str | None = None
    """Why the text is less than it could be ("page answered 403; the feed's own text"), for people."""


class Region(Model):
    """A part of the text that is not prose. Names are read in captions, credits and source lines, statements are not;
    nothing is read in counters and addresses."""

    start: int
    end: int
    kind: Literal["caption", "credit", "source", "counter", "address"]


class Article(Message):
    """Readable text with its language. Offsets everywhere point into ``text`` (NFC, paragraphs ended by newlines)."""

    entry_id: str | None = None
    source: SourceRef | None = None
    url: str | None = None
    """Canonical."""
    title: str | None = None
    text: str
    language: str
    """BCP 47 primary subtag, "und" when nobody can tell."""
    language_confidence: float = 0.0
    author: str | None = None
    published_at: AwareDatetime | None = None
    provenance: Provenance = Provenance()
    regions: tuple[Region, ...] = ()
