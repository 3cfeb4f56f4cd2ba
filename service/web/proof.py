"""What is marked in an alert's text: why it matched, who says what, who is named. Pure."""

from collections.abc import Iterator

from service.contracts import Alert, Evidence, Extraction, Statement
from service.web.marking import Mark


def alert_marks(alert: Alert, extraction: Extraction) -> list[Mark]:
    """Marks for the article's text. Evidence that does not hold in this text is left out rather than misplaced."""
    text = extraction.article.text
    return [mark for evidence, mark in _all(alert, extraction) if evidence.holds(text)]


def _all(alert: Alert, extraction: Extraction) -> Iterator[tuple[Evidence, Mark]]:
    for index, reason in enumerate(alert.why):
        if reason.evidence:
            yield reason.evidence, _mark(reason.evidence, "why", f"why: {reason.rule}", f"e{index}")
    for statement in extraction.statements:
        yield from _statement(statement)
    for mention in extraction.mentions:
        if mention.how != "pronoun":
            who = f"{mention.kind} {mention.actor}" if mention.actor else mention.kind
            yield mention.evidence, _mark(mention.evidence, "name", f"{who} ({mention.how})")


def _statement(statement: Statement) -> Iterator[tuple[Evidence, Mark]]:
    speaker = statement.speaker
    says = speaker.evidence.exact if speaker else "nobody named"
    for quote in statement.quote:
        yield quote, _mark(quote, "quote", f"{statement.type} statement: {says}", f"s{quote.start}")
    if speaker:
        why = f": {speaker.reason.words}" if speaker.reason else ""
        yield speaker.evidence, _mark(speaker.evidence, "speaker", f"speaker {speaker.actor or ''}".strip() + why)
        decided = speaker.reason.evidence if speaker.reason else None
        if decided:
            yield decided, _mark(decided, "name", f"says who “{says}” is", f"r{decided.start}")
    for link in statement.chain:
        yield link.evidence, _mark(link.evidence, "chain", "passed it on")
    for cue in statement.cue_parts or (() if statement.cue is None else (statement.cue,)):
        yield cue, _mark(cue, "cue", "cue" if statement.strength == "said" else f"cue: {statement.strength}")


def _mark(evidence: Evidence, css: str, title: str, anchor: str | None = None) -> Mark:
    return Mark(evidence.start, evidence.end, css, title, anchor)
