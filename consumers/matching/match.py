"""One article against all rules."""

from dataclasses import dataclass

from consumers.matching.compile import Compiled
from consumers.matching.evaluate import explain
from consumers.matching.facts import Facts
from service.contracts import Extraction, Reason


@dataclass(frozen=True)
class Match:
    """A subscription whose rule holds, and why."""

    subscription_id: str
    reasons: tuple[Reason, ...]


def match(extraction: Extraction, compiled: Compiled) -> tuple[Match, ...]:
    """A match per subscription that answers; equal rules are tried once."""
    if not compiled.rules:
        return ()
    facts = Facts(extraction)
    found = []
    for number in compiled.candidates(facts.keys):
        reasons = explain(compiled.rules[number], facts)
        if reasons is not None:
            found += [Match(subscription_id, reasons) for subscription_id in compiled.subscribers[number]]
    return tuple(found)
