"""Does a rule hold, and why: every positive node that holds, with its path and its words."""

from consumers.matching.facts import Facts
from service.contracts import Reason, Rule

MAX_REASONS = 200
"""An alert explains itself to people; a watch list of thousands of names does not need them all."""


def explain(rule: Rule, facts: Facts) -> tuple[Reason, ...] | None:
    """Reasons in the order of the rule; None when it does not hold."""
    reasons: list[Reason] = []
    return tuple(reasons[:MAX_REASONS]) if _holds(rule, facts, "", reasons) else None


def _holds(rule: Rule, facts: Facts, path: str, reasons: list[Reason]) -> bool:
    """Appends to ``reasons`` only when true, and for absences nothing."""
    if rule.atom:
        found = facts.holds(rule)
        reasons.extend(reason.model_copy(update={"rule": _step(path, rule.atom)}) for reason in found)
        return bool(found)
    mark = len(reasons)
    ok = all(_holds(child, facts, _step(path, f"all[{index}]"), reasons) for index, child in enumerate(rule.all or ()))
    if ok and rule.any is not None:
        # All are tried, not only up to the first: each child that holds is part of the explanation.
        held = [_holds(child, facts, _step(path, f"any[{index}]"), reasons) for index, child in enumerate(rule.any)]
        ok = any(held)
    if ok:
        ok = not any(_holds(child, facts, "", []) for child in rule.none or ())
    if not ok:
        del reasons[mark:]
    return ok


def _step(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
