"""The alert that a match makes. Pure."""

from collections.abc import Collection
from datetime import datetime

from consumers.matching.match import Match
from service.contracts import Alert, Extraction, StoryRef, Subscription, SubscriptionRef, content_id
from service.storage.arrivals import source_name, text_hash

MAX_STATEMENTS = 200
"""In one alert; the article has them all."""


def raised(
    extraction: Extraction,
    subscription: Subscription,
    found: Match,
    *,
    story_id: str,
    revision: int,
    positions: Collection[int],
    at: datetime,
) -> Alert:
    """``positions`` are the statements it tells: all of a first alert, the new ones of a revision."""
    article = extraction.article
    return Alert(
        id=content_id("alert", subscription.id, story_id, str(revision)),
        subscription=SubscriptionRef(id=subscription.id, name=subscription.name),
        story=StoryRef(id=story_id),
        revision=revision,
        title=article.title,
        url=article.url,
        language=extraction.language,
        source=source_name(article),
        article_id=article.id,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        raised_at=at,
        why=found.reasons,
        statements=tuple(extraction.statements[position] for position in sorted(positions))[:MAX_STATEMENTS],
        provenance=article.provenance,
        rule_version=subscription.rule_version,
        text_hash=text_hash(article.text),
        extractors=extraction.extractors,
    )
