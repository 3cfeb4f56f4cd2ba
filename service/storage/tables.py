"""Every table. What is asked for by column is a column; the rest travels as the message it is.

One statement here works in SQLite and PostgreSQL. Ids are text (hashes of content); times are ``Instant``.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from service.contracts import Alert, PollState, Statement, Subscription
from service.storage.columns import Document, Instant, Packed, Words


def where(condition: str) -> dict[str, Any]:
    """An index over the rows that matter alone, in either database."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

compatibility = Table(
    "compatibility",
    metadata,
    Column("since", String, primary_key=True),
    comment="One row: the oldest schema whose wirewatch can work with this one.",
)

changes = Table(
    "changes",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", BigInteger, nullable=False),
    comment="A counter per kind of row, raised in the transaction that changes it: how another process notices.",
)

sources = Table(
    "sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("host", String, nullable=False),
    Column("title", Words),
    Column("language", String),
    Column("kind", String, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("next_poll_at", Instant),
    Column("poll", Document(PollState), nullable=False),
    Column("lease", String),
    Column("leased_until", Instant),
    Index(None, "next_poll_at"),
    Index(None, "added_at", "id"),
    comment="lease: which poller has it in work, until when.",
)

sites = Table(
    "sites",
    metadata,
    Column("key", String, primary_key=True),
    Column("holder", String),
    Column("free_at", Instant, nullable=False),
    Column("quiet_until", Instant),
    Index(None, "free_at"),
    comment="Whose turn it is at a registrable domain, when the next may be, and how long it asked to be left alone.",
)

entries = Table(
    "entries",
    metadata,
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("guid", Words),
    Column("link", Words),
    Column("title", Words),
    Column("content_hash", String, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("updated", Instant),
    Column("reread_at", Instant),
    Index(None, "source_id", "seen_at"),
    comment="What has been seen in a feed: an entry's identity through changed GUIDs and edits. "
    "updated: the feed's own date of it; reread_at: when it was last read again for that date alone.",
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("document", Document(Subscription), nullable=False),
    Index(None, "created_at", "id"),
)

positions = Table(
    "positions",
    metadata,
    Column("reader", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),
    comment="Where a stage that writes here stands in the log; moved in the transaction of its rows.",
)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("language", String, nullable=False),
    Column("title", Words),
    Column("url", Words),
    Column("articles", Integer, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("known", Packed, nullable=False),
    Index(None, "first_seen_at", "id"),
    comment="known: what its articles have said so far, in the form that consumers/stories gives it.",
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("part", String, nullable=False),
    Column("url", Words),
    Column("title", Words),
    Column("language", String, nullable=False),
    Column("source_id", String),
    Column("source_name", Words, nullable=False),
    Column("published_at", Instant),
    Column("first_seen_at", Instant, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("text", Packed, nullable=False),
    Column("extraction", Packed, nullable=False),
    Index(None, "story_id"),
    Index(None, "url"),
    Index(None, "first_seen_at"),
    comment="part: first | copy | edit | news (how it met its story). number: order of arrival.",
)

shingles = Table(
    "shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Index(None, "article_id"),
    Index(None, "seen_at"),
    comment="Sampled word shingles of recent articles: the way to the articles a text may be a copy of.",
)

statements = Table(
    "statements",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("speaker", String),
    Column("type", String, nullable=False),
    Column("new", Boolean, nullable=False),
    Column("document", Document(Statement), nullable=False),
    Index(None, "number", "position"),
    Index(None, "speaker"),
    Index(None, "story_id"),
    comment="number: the article's. new: not in the story before this article.",
)

alerts = Table(
    "alerts",
    metadata,
    Column("subscription_id", String, primary_key=True),
    Column("story_id", ForeignKey("stories.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("subscription", Text, nullable=False),
    Column("article_id", String, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("document", Document(Alert), nullable=False),
    Index(None, "story_id"),
    Index(None, "subscription", "number"),
    comment="number: order of commit, for streams that resume.",
)

endpoints = Table(
    "endpoints",
    metadata,
    Column("url", Text, primary_key=True),
    Column("disabled_at", Instant, nullable=False),
    Column("note", Text, nullable=False),
    comment="Endpoints that said 410: nothing is sent there until somebody asks for it.",
)

pauses = Table(
    "pauses",
    metadata,
    Column("endpoint", Text, primary_key=True),
    Column("until", Instant, nullable=False),
    comment="Endpoints that asked for quiet (Retry-After), for all their deliveries.",
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False),
    Column("subscription_id", String, nullable=False),
    Column("subscription", Text, nullable=False),
    Column("channel", String, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("secret_file", Text),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_try_at", Instant),
    Column("leased_until", Instant),
    Column("lease", String),
    Column("delivered_at", Instant),
    Index(None, "state", "next_try_at"),
    Index(None, "created_at", "id"),
    Index(None, "alert_id"),
    Index(None, "endpoint", **where("state = 'pending'")),
    Index(None, "leased_until", **where("leased_until IS NOT NULL")),
    comment="The outbox and its receipts. attempt: place in the schedule. lease: who is sending, until when.",
)

tries = Table(
    "tries",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("status", Integer),
    Column("error", Text),
    Column("seconds", Float, nullable=False),
)
