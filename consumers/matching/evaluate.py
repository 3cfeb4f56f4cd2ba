"""Does a rule hold, and why: every positive node that holds, with its path and its words."""

from dataclasses import dataclass

from consumers.matching.facts import Facts
from service.contracts import Reason, Rule

MAX_REASONS = 200
"""An alert explains itself to people; a watch list of thousands of names does not need them all."""


@dataclass(frozen=True, slots=True)
class Node:
    """A rule made ready to be asked often: an ``atom`` with its ``path``, or groups of nodes."""

    path: str = ""
    atom: Rule | None = None
    all: tuple["Node", ...] = ()
    any: tuple["Node", ...] | None = None
    none: tuple["Node", ...] = ()


def prepare(rule: Rule, path: str = "") -> Node:
    """The same tree with what does not depend on the document worked out."""
    if rule.atom:
        return Node(_step(path, rule.atom), rule)
    choices = tuple(prepare(child, _step(path, f"any[{index}]")) for index, child in enumerate(rule.any or ()))
    return Node(
        path,
        all=tuple(prepare(child, _step(path, f"all[{index}]")) for index, child in enumerate(rule.all or ())),
        any=choices if rule.any is not None else None,
        none=tuple(prepare(child) for child in rule.none or ()),
    )


def explain(rule: Rule | Node, facts: Facts) -> tuple[Reason, ...] | None:
    """Reasons in the order of the rule; None when it does not hold."""
    node = rule if isinstance(rule, Node) else prepare(rule)
    reasons: list[Reason] = []
    return tuple(reasons[:MAX_REASONS]) if _holds(node, facts, reasons) else None


def _holds(node: Node, facts: Facts, reasons: list[Reason]) -> bool:
    """Appends to ``reasons`` only when true, and for absences nothing."""
    if node.atom is not None:
        found = facts.holds(node.atom)
        reasons += [reason.model_copy(update={"rule": node.path}) for reason in found]
        return bool(found)
    mark = len(reasons)
    ok = all(_holds(child, facts, reasons) for child in node.all)
    if ok and node.any is not None:
        # All are tried, not only up to the first: each child that holds is part of the explanation.
        held = [_holds(child, facts, reasons) for child in node.any]
        ok = any(held)
    if ok and node.none:
        ok = not any(_holds(child, facts, []) for child in node.none)
    if not ok:
        del reasons[mark:]
    return ok


def _step(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
