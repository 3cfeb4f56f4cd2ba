"""Where a sentence says that somebody says something."""

from collections.abc import Iterator
from dataclasses import dataclass

from consumers.extracting.language import CueForm
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span, Token

MAX_GAP = 40
"""Tokens between the parts of a separable cue ("fügte der Staatschef hinzu")."""
MAX_AUXILIARY = 4
"""Tokens of the longest auxiliary with its pronoun ("a-t-il"), and one."""
MAX_BETWEEN = 3
"""Adverbs between auxiliary and participle, at most."""
MIN_ADVERB = 6
MAX_CUES = 24
"""Cues of one sentence that are looked at; no sentence of a person has that many."""


@dataclass(frozen=True, slots=True)
class Cue:
    """An occurrence of a cue. ``tokens``: indices of all its parts, in order."""

    form: CueForm
    tokens: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.tokens[0]

    @property
    def head_end(self) -> int:
        """Index after the first part."""
        return self.tokens[len(self.form.head) - 1] + 1

    @property
    def last(self) -> int:
        """Index after the last part."""
        return self.tokens[-1] + 1

    def takes(self, what: str) -> bool:
        return what in self.form.takes

    def spans(self, prose: Prose) -> tuple[Span, ...]:
        """Characters; neighbouring tokens make one span."""
        return spans_of(prose, self.tokens)


def spans_of(prose: Prose, tokens: tuple[int, ...]) -> tuple[Span, ...]:
    """Characters of the tokens (indices in order), neighbours joined."""
    spans: list[Span] = []
    previous = -2
    for index in tokens:
        token = prose.tokens[index]
        if index == previous + 1:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        previous = index
    return tuple(spans)


def find_cues(prose: Prose, sentence: Sentence) -> tuple[Cue, ...]:
    """Cues outside quotation marks, in order; at one place the longest form wins."""
    found: list[Cue] = []
    tails: set[int] = set()
    tokens, begins = prose.tokens, prose.language.begins_cue
    index = sentence.first
    while index < sentence.last and len(found) < MAX_CUES:
        free = begins(tokens[index].lower) and not prose.is_quoted(index) and index not in tails
        cue = next(cues_at(prose, sentence, index), None) if free else None
        if cue is None:
            index += 1
        else:
            found.append(cue)
            tails.update(cue.tokens)
            index = cue.head_end
    return tuple(found)


def cues_at(prose: Prose, sentence: Sentence, index: int) -> Iterator[Cue]:
    """Cues that begin at token ``index``, separable ones first."""
    tokens = prose.tokens
    following = tokens[index + 1].lower if index + 1 < sentence.last else ""
    forms = prose.language.cues_from(tokens[index].lower, following)
    # A separable verb whose second part is there says more than the bare one ("gab … bekannt" beside "gab").
    for form in forms:
        size = len(form.head)
        end = index + size
        # Two words are the same already.
        if end > sentence.last or (size > 2 and any(tokens[index + k].lower != form.head[k] for k in range(2, size))):
            continue
        head = tuple(range(index, end))
        if form.tail is None:
            yield Cue(form, head)
            continue
        tail = _tail(prose, sentence, end, form.tail)
        if tail is not None:
            yield Cue(form, (*head, tail))
    yield from _parted(prose, sentence, index)


def _parted(prose: Prose, sentence: Sentence, index: int) -> Iterator[Cue]:
    """Compound forms with adverbs before their last word: "a également indiqué", "a-t-il ensuite dit"."""
    between = prose.language.words("between")
    if not between or prose.tokens[index].lower not in prose.language.words("auxiliaries"):
        return
    tokens, last = prose.tokens, sentence.last
    for first in range(index + 1, min(last, index + MAX_AUXILIARY)):
        end = first
        while end < min(last, first + MAX_BETWEEN) and _is_between(tokens[end], between):
            end += 1
        if end == first or end >= last:
            continue
        words = (*(token.lower for token in tokens[index:first]), tokens[end].lower)
        for form in prose.language.cues_from(words[0], words[1]):
            if form.tail is None and form.head == words:
                yield Cue(form, (*range(index, first), end))


def _is_between(token: Token, between: frozenset[str]) -> bool:
    return token.lower in between or (token.is_small and len(token.text) > MIN_ADVERB and token.lower.endswith("ment"))


def _tail(prose: Prose, sentence: Sentence, start: int, word: str) -> int | None:
    """The second part: the last word of its clause, so what follows it is a sign, a joining word or a quotation."""
    joining = prose.language.words("joining")
    for index in range(start, min(sentence.last, start + MAX_GAP)):
        token = prose.tokens[index]
        if token.lower != word or prose.is_quoted(index):
            continue
        following = prose.tokens[index + 1] if index + 1 < sentence.last else None
        if following is None or not following.is_word or following.lower in joining:
            return index
    return None
