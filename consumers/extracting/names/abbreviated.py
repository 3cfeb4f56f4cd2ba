"""Countries by one character, in Chinese: 中俄关系 names two of them, 俄方 is Russia's side. Pure.

A character may stand for several countries (乌: Uzbekistan, Ukraine): then the text has to name one of them, and
no more.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from consumers.extracting.names.grammar import Named
from consumers.extracting.names.rules import Rules
from service.actors import Catalogue, Form
from service.actors.traditional import SIMPLIFIED
from service.contracts import How

CONFIDENCE = 0.9
_SIMPLE = str.maketrans(SIMPLIFIED)


@lru_cache(maxsize=8)
def _pattern(
    signs: str, related: frozenset[str], not_sides: frozenset[str], not_before: frozenset[str]
) -> re.Pattern[str]:
    after = "|".join(sorted(related, key=len, reverse=True))
    barred, before = "".join(sorted(not_sides)), "".join(sorted(not_before))
    return re.compile(
        rf"(?P<pair>[{signs}]{{2,4}})(?=(?:{after}))|(?<![\d{before}])(?P<side>[{signs}])(?:方(?![{barred}])|军(?![事工港]))"
    )


def in_compounds(
    text: str, rules: Rules, catalogue: Catalogue, named: Iterable[Named], touched: frozenset[str]
) -> Iterator[Named]:
    """Countries named by their character, where no longer name stands; ``touched``: ids the text names otherwise."""
    if not rules.abbreviations:
        return
    wholes = {catalogue.get(actor).parent for actor in touched}
    here = touched | {actor for actor in wholes if actor}
    taken = sorted((name.start, name.end) for name in named)
    starts = [start for start, _ in taken]
    signs = "".join(rules.abbreviations)
    pattern = _pattern(signs, rules.related, rules.not_sides, rules.not_before_sides)
    simple = text.translate(_SIMPLE)
    for found in pattern.finditer(simple):
        last = bisect_left(starts, found.end()) - 1
        if last >= 0 and found.start() < taken[last][1]:
            continue
        pair = found["pair"]
        if pair and _begins_other(simple, *found.span(), rules):
            continue
        ids: Sequence[str | None] = rules.pairs.get(pair or "") or [
            _meant(sign, rules, here, sure=bool(pair)) for sign in pair or found["side"]
        ]
        known = [(at, actor) for at, actor in enumerate(ids, found.start()) if actor is not None]
        if len(known) < len(ids) or len(set(ids)) < len(ids):
            continue
        how: How = "demonym" if pair else "alias"
        for at, actor in known:
            end = at + 1 if pair else found.end()
            form = Form(text[at:end], rules.language, how, "abbreviation", rule="one character")
            yield Named(at, end, catalogue.get(actor), how, form, CONFIDENCE)


def _begins_other(text: str, start: int, end: int, rules: Rules) -> bool:
    """ "中亚峰会", "加沙局势": some of the characters begin a word of their own."""
    return any(text.startswith(word, at) for word in rules.not_pairs for at in range(start, end))


def _meant(sign: str, rules: Rules, touched: frozenset[str], *, sure: bool) -> str | None:
    """The country of a character: the one that the text names; without any, the only one it may be beside others."""
    candidates = rules.abbreviations[sign]
    here = [actor for actor in candidates if actor in touched]
    if here:
        return here[0] if len(here) == 1 else None
    return candidates[0] if len(candidates) == 1 and (sure or sign in rules.sure_signs) else None
