"""How long a delivered alert was under way."""

from datetime import datetime

from service import metrics
from service.storage.outbox import Claim

WEEK = 7 * 86400.0
"""What a feed gives as the time of publication may be anything: counted up to here."""


def note_delivered(claim: Claim, at: datetime) -> None:
    """Counts and observes what the receiver took ``at`` that moment."""
    alert = claim.alert
    metrics.alerts_delivered.labels(claim.channel).inc()
    metrics.end_to_end.observe(max(0.0, (at - alert.first_seen_at).total_seconds()))
    if alert.published_at is not None:
        metrics.published_to_delivered.observe(min(WEEK, max(0.0, (at - alert.published_at).total_seconds())))
