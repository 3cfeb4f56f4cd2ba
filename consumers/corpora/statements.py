"""Scores on marked statements of our own: a quote is found at F1 ≥ 0.5 of its words, pairs made best first."""

from collections.abc import Iterable, Iterator
from typing import Any

from consumers.corpora.attributions import WORD, best_first, is_hit
from consumers.corpora.documents import Document, Marked
from consumers.corpora.measures import figures, share, words_in

NEAR = 0.5


class Statements:
    """Counts over documents."""

    def __init__(self) -> None:
        self.documents = self.wanted = self.found = self.pairs = self.hits = 0

    def add(self, document: Document, read: Iterable[Marked]) -> None:
        """One document and what was read in it."""
        tokens = [match.span() for match in WORD.finditer(document.text)]
        gold, made = list(document.marked), list(read)
        left, right = (
            [{"content": words_in(tokens, one.quote), "source": words_in(tokens, one.speaker)} for one in side]
            for side in (gold, made)
        )
        pairs = best_first(left, right, NEAR)
        self.documents += 1
        self.wanted += len(gold)
        self.found += len(made)
        self.pairs += len(pairs)
        self.hits += sum(is_hit(left[i]["source"], right[j]["source"]) for i, j in pairs.items())

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row, in percent; ``speaker_hit``: of the pairs."""
        quotes = figures(share(self.pairs, self.found), share(self.pairs, self.wanted))
        yield {
            "measure": "quotes at F1 ≥ 0.5",
            **quotes.as_dict(),
            "documents": self.documents,
            "marked": self.wanted,
            "found": self.found,
            "speaker_hit": round(100 * share(self.hits, self.pairs), 1),
        }
