"""Whom an article is told to, with which revision, and what of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consumers.matching.match import Match
from consumers.matching.raising import raised
from service.contracts import Alert, Extraction, Subscription


@dataclass(frozen=True)
class Told:
    """An article in its story: what answered, and the positions of its statements that are new there."""

    extraction: Extraction
    matches: tuple[Match, ...]
    story_id: str
    number: int
    began: bool
    brings_news: bool
    new_statements: Sequence[int]


@dataclass(frozen=True)
class Telling:
    """An alert; ``reports_before``: number of its article, where others may have reported the story before."""

    alert: Alert
    reports_before: int | None


def telling(
    articles: Sequence[Told],
    subscriptions: Mapping[str, Subscription],
    revisions: Mapping[tuple[str, str], int],
    at: datetime,
) -> list[Telling]:
    """Each subscription that answers hears of a story once, and again only of what is new. ``revisions``: (story,
    subscription) → the last one told before."""
    last, found = dict(revisions), list[Telling]()
    for one in articles:
        for match in one.matches:
            subscription = subscriptions[match.subscription_id]
            told = last.get((one.story_id, subscription.id))
            if told is not None and not one.brings_news:
                continue
            revision = 0 if told is None else told + 1
            alert = raised(
                one.extraction,
                subscription,
                match,
                story_id=one.story_id,
                revision=revision,
                positions=range(len(one.extraction.statements)) if told is None else one.new_statements,
                at=at,
            )
            last[one.story_id, subscription.id] = revision
            found.append(Telling(alert, None if one.began else one.number))
    return found
