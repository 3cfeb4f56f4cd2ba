"""An alert as it is stored."""

from datetime import UTC, datetime

from consumers.matching import compile_rules, match
from consumers.matching.raising import raised
from service.contracts import AgencyCredit, Alert, Channels, Provenance, Rule, SourceRef, Subscription
from service.rules import new_subscription
from tests.unit.matching.article_maker import written

AT = datetime(2026, 5, 20, 12, tzinfo=UTC)


def alert_of(
    subscription: Subscription | None = None, *, number: int = 1, revision: int = 0, title: str = "Bahn"
) -> Alert:
    """Of an article with its own ``number``."""
    who = subscription or new_subscription("pair", Rule(pair=("Q232", "Q159")), Channels(), AT)
    article = written(
        f"[Kasachstan|Q232] und [Russland|Q159] bauen. „Es geht los“, sagte die Ministerin am {number}. Mai.",
        title=title,
        url=f"https://first.example/{number}",
        source=SourceRef(id="first", url="https://first.example/feed", name="first"),
        statements=[("Es geht los", "die Ministerin", None)],
        provenance=Provenance(agencies=(AgencyCredit(name="TASS"),)),
    )
    (found,) = match(article, compile_rules([who]))
    return raised(article, who, found, story_id=f"story{number}", revision=revision, positions=[0], at=AT)
