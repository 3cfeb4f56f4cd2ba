"""Scores on the German Wikinews quotation corpus (2024), in the measures of its own evaluation.

Messages, Roles and Joint are macro averages over spans, words as the corpus has them; speaker, cue, frame and addressee
weigh alike. Marked and read quotations are paired so that the sum of their F1 is the greatest; an *event* is a pair at
F1 ≥ 0.5 whose speakers touch, or have none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from consumers.corpora.documents import Document, Marked
from consumers.corpora.measures import NO_WORDS, Figures, Macro, Words, agreement, figures, share, words_in
from consumers.corpora.pairing import best_pairs

ROLES = ("speaker", "cue", "frame", "addressee")
TYPES = ("Direct", "Indirect", "IndirectFreeIndirect", "FreeIndirect", "Reported")
NEAR = 0.5
SAME_TYPE = 0.01
"""What the same type adds to a pair's gain: it decides between equals."""
Read = Callable[[Document], Iterable[Marked]]
Sets = dict[str, Words]


class Quotations:
    """Counts over documents."""

    def __init__(self) -> None:
        self.documents = self.wanted = self.found = self.pairs = self.hits = self.events = self.near = 0
        self.macro: dict[str, Macro] = defaultdict(Macro)
        self.by_type: dict[str, tuple[Macro, Macro]] = {name: (Macro(), Macro()) for name in TYPES}
        self.words: dict[str, list[int]] = {name: [0, 0, 0, 0] for name in TYPES}
        """Type → words shared and marked of its marked quotations, shared and read of its read ones."""

    def add(self, document: Document, read: Iterable[Marked]) -> None:
        """One document and what was read in it."""
        gold, made = list(document.marked), [one for one in read if words_in(document.tokens, one.quote)]
        left = [_sets(document, one) for one in gold]
        right = [_sets(document, one) for one in made]
        gains = {
            (i, j): agreement(a["quote"], b["quote"]) + SAME_TYPE * (gold[i].type == made[j].type)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if a["quote"] & b["quote"]
        }
        pairs = dict(best_pairs(gains))
        self.documents += 1
        self.wanted += len(gold)
        self.found += len(made)
        for i, saying in enumerate(left):
            partner = pairs.get(i)
            other = right[partner] if partner is not None else EMPTY
            self._spans(saying, other)
            self._typed(gold[i].type, made[partner].type if partner is not None else None, saying, other)
            if partner is not None:
                self._pair(saying, other)
        for j in set(range(len(made))) - set(pairs.values()):
            self._spans(EMPTY, right[j])
            self._typed(None, made[j].type, EMPTY, right[j])

    def _spans(self, gold: Sets, made: Sets) -> None:
        for role in ("quote", *ROLES):
            self.macro["joint"].add(gold[role], made[role])
            self.macro["messages" if role == "quote" else "roles"].add(gold[role], made[role])

    def _pair(self, gold: Sets, made: Sets) -> None:
        hit = bool(gold["speaker"] & made["speaker"]) or not (gold["speaker"] or made["speaker"])
        near = agreement(gold["quote"], made["quote"]) >= NEAR
        self.pairs += 1
        self.hits += hit
        self.near += near
        self.events += hit and near

    def _typed(self, gold_type: str | None, made_type: str | None, gold: Sets, made: Sets) -> None:
        both = len(gold["quote"] & made["quote"])
        if gold_type in self.words:
            self.words[gold_type][0] += both
            self.words[gold_type][1] += len(gold["quote"])
        if made_type in self.words:
            self.words[made_type][2] += both
            self.words[made_type][3] += len(made["quote"])

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row a measure, in percent."""
        counted = {"documents": self.documents, "marked": self.wanted, "found": self.found}
        hit = round(100 * share(self.hits, self.pairs), 1)
        told: dict[str, Figures] = {
            name.capitalize(): self.macro[name].figures() for name in ("messages", "roles", "joint")
        }
        told["event"] = figures(share(self.events, self.found), share(self.events, self.wanted))
        told["quotes at F1 ≥ 0.5"] = figures(share(self.near, self.found), share(self.near, self.wanted))
        for name, (recalled, wanted, right, found) in self.words.items():
            told[name] = figures(share(right, found), share(recalled, wanted))
        for measure, made in told.items():
            yield {"measure": measure, **made.as_dict(), **counted, "speaker_hit": hit}


EMPTY: Sets = dict.fromkeys(("quote", *ROLES), NO_WORDS)


def _sets(document: Document, one: Marked) -> Sets:
    return {role: words_in(document.tokens, getattr(one, role)) for role in ("quote", *ROLES)}
