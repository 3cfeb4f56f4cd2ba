"""Rules to an index that finds the few which may hold.

For each rule a *cover* is chosen: a set of keys of which a document must have at least one for the rule to hold. Of
several covers the one least often met in documents wins (the "rarest required atom" of prospective search; compare
A. Woodward and others' Luwak, and Whang et al., "Indexing Boolean Expressions", PVLDB 2009). Rules that are equal are
kept once, with all who subscribe to them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consumers.matching.evaluate import Node, prepare
from consumers.matching.keys import Key, keys_of
from service.contracts import Rule, Subscription

COMMON = {"language": 0.5, "source": 0.1, "named": 0.03, "mention": 0.02, "about": 0.01, "word": 0.01}
"""Share of documents that have a key of this kind, for want of a measure."""
RARE = 0.003

Cover = frozenset[Key]


@dataclass(frozen=True)
class Compiled:
    """``rules[i]`` has the subscriptions ``subscribers[i]``; ``index`` leads from a key to rules."""

    rules: tuple[Node, ...] = ()
    subscribers: tuple[tuple[str, ...], ...] = ()
    index: Mapping[Key, tuple[int, ...]] = field(default_factory=dict)
    always: tuple[int, ...] = ()
    """Rules without a cover, tried on every document. A checked rule has one."""

    def candidates(self, keys: frozenset[Key]) -> list[int]:
        """Rules that may hold for a document with ``keys``, in order."""
        index = self.index
        small, large = (keys, index) if len(keys) <= len(index) else (index.keys(), keys)
        found = set(self.always)
        for key in small:
            if key in large:
                found.update(index[key])
        return sorted(found)


def compile_rules(subscriptions: Iterable[Subscription], seen: Mapping[Key, float] | None = None) -> Compiled:
    """``seen``: share of documents that have a key, 0 to 1, where it has been measured."""
    interned: dict[Rule, list[str]] = defaultdict(list)
    for subscription in subscriptions:
        interned[subscription.rule].append(subscription.id)
    index: dict[Key, list[int]] = defaultdict(list)
    always = []
    for number, rule in enumerate(interned):
        found = cover(rule, seen or {})
        if found is None:
            always.append(number)
        for key in found or ():
            index[key].append(number)
    return Compiled(
        rules=tuple(prepare(rule) for rule in interned),
        subscribers=tuple(tuple(ids) for ids in interned.values()),
        index={key: tuple(numbers) for key, numbers in index.items()},
        always=tuple(always),
    )


def cover(rule: Rule, seen: Mapping[Key, float]) -> Cover | None:
    """The cheapest set of keys of which one must be there; None when the rule may hold without any."""
    if rule.atom:
        return min((frozenset([key]) for key in keys_of(rule)), key=lambda keys: _cost(keys, seen), default=None)
    choices = [cover(child, seen) for child in rule.all or ()]
    if rule.any is not None:
        branches = [cover(child, seen) for child in rule.any]
        if all(branch is not None for branch in branches):
            choices.append(frozenset().union(*(branch for branch in branches if branch)))
    return min((choice for choice in choices if choice), key=lambda keys: _cost(keys, seen), default=None)


def _cost(keys: Cover, seen: Mapping[Key, float]) -> float:
    return sum(seen.get(key, COMMON.get(key[0], RARE)) for key in keys)
