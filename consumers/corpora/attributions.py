"""Scores on PolNeAR (2018), English political news: content, source and cue of each attribution.

exact: the same characters but for spaces, marks and stops at the rims; token: words of pairs, and of what has no
partner, summed up. Pairs are made best first by the F1 of their contents.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from consumers.corpora.documents import Document, Marked, Spans
from consumers.corpora.measures import NO_WORDS, Micro, Words, agreement, share, words_in

ROLES = {"content": "quote", "source": "speaker", "cue": "cue"}
RIMS = " \n\r\t\"“”'.,;:"
WORD = re.compile(r"\w+|[^\w\s]")


class Attributions:
    """Counts over documents."""

    def __init__(self) -> None:
        self.documents = self.wanted = self.found = self.pairs = self.hits = 0
        self.exact = {role: Micro() for role in ROLES}
        self.token = {role: Micro() for role in ROLES}

    def add(self, document: Document, read: Iterable[Marked]) -> None:
        """One document and what was read in it."""
        gold, made = list(document.marked), list(read)
        tokens = [match.span() for match in WORD.finditer(document.text)]
        left = [_sets(tokens, one) for one in gold]
        right = [_sets(tokens, one) for one in made]
        pairs = best_first(left, right)
        self.documents += 1
        self.wanted += len(gold)
        self.found += len(made)
        self.pairs += len(pairs)
        for role, field in ROLES.items():
            self._exactly(role, document.text, [getattr(o, field) for o in gold], [getattr(o, field) for o in made])
        self.hits += sum(is_hit(left[i]["source"], right[j]["source"]) for i, j in pairs.items())
        alone = set(range(len(made))) - set(pairs.values())
        told = [(one, right[pairs[i]] if i in pairs else NOTHING) for i, one in enumerate(left)]
        for one, two in [*told, *((NOTHING, right[j]) for j in alone)]:
            for role in ROLES:
                self.token[role].add(one[role], two[role])

    def _exactly(self, role: str, text: str, gold: list[Spans], made: list[Spans]) -> None:
        wanted = Counter(_bare(text, spans) for spans in gold if spans)
        found = Counter(_bare(text, spans) for spans in made if spans)
        self.exact[role].count((wanted & found).total(), wanted.total(), found.total())

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row a role, in percent; ``token_…`` beside the exact figures."""
        counted = {"documents": self.documents, "marked": self.wanted, "found": self.found}
        hit = round(100 * share(self.hits, self.pairs), 1)
        for role in ROLES:
            exact, token = self.exact[role].figures(), self.token[role].figures()
            yield {"measure": role, **exact.as_dict(), **token.as_dict("token_"), **counted, "speaker_hit": hit}


def is_hit(one: Words, other: Words) -> bool:
    """Whether two speakers touch, or nobody is named by either."""
    return bool(one & other) or not (one or other)


NOTHING: dict[str, Words] = dict.fromkeys(ROLES, NO_WORDS)


def _sets(tokens: list[tuple[int, int]], one: Marked) -> dict[str, Words]:
    return {role: words_in(tokens, getattr(one, field)) for role, field in ROLES.items()}


def best_first(left: list[dict[str, Words]], right: list[dict[str, Words]], least: float = 0.0) -> dict[int, int]:
    """Marked → read, each used once, those whose contents agree most first, at ``least`` so much."""
    gains = [
        (gain, i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if one["content"] & other["content"] and (gain := agreement(one["content"], other["content"])) >= least
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(gains, reverse=True):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def _bare(text: str, spans: Spans) -> frozenset[int]:
    """The characters of a role that count."""
    kept: set[int] = set()
    for span in spans:
        begin, end = span
        while begin < end and text[begin] in RIMS:
            begin += 1
        while end > begin and text[end - 1] in RIMS:
            end -= 1
        kept.update(at for at in range(begin, end) if not text[at].isspace())
    return frozenset(kept)
