"""Source phrases: "according to X, …", "laut X …", "по словам X, …", "theo X, …", "…, X zufolge". General rules."""

from collections.abc import Sequence

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.grammar import Grammar
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence

MAX_WORDS = 4
"""Words of the longest source phrase."""


def phrase_at(prose: Prose, index: int, last: int, name: str) -> int:
    """Length in tokens of the longest phrase of word list ``name`` that begins at ``index``, 0 when there is none."""
    phrases = prose.language.words(name)
    if not phrases:
        return 0
    words = [token.lower for token in prose.tokens[index : min(last, index + MAX_WORDS)]]
    return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in phrases), 0)


def find_sourced(prose: Prose, sentence: Sentence, cues: Sequence[Cue], grammar: Grammar) -> list[Found]:
    """A sentence with a source phrase is an indirect statement of that source: all of it but the phrase."""
    for index in range(sentence.first, sentence.last):
        if prose.is_quoted(index):
            continue
        length = phrase_at(prose, index, sentence.last, "sources")
        if not length:
            continue
        phrase = grammar.phrase_after(prose, sentence, index + length)
        if phrase is None:
            continue
        quote = around(prose, sentence, index, phrase[1])
        if quote:
            cue = prose.span(index, index + length)
            return [Found(quote, "indirect", (cue,), prose.span(*phrase), sourced=True)]
    return []


def around(prose: Prose, sentence: Sentence, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """What of the sentence is not tokens ``first:last``, without commas beside it and without the final stop."""
    pieces = []
    for piece in ((sentence.first, first), (last, sentence.last)):
        begin, end = trimmed(prose, *piece)
        if any(token.is_word for token in prose.tokens[begin:end]):
            pieces.append(prose.span(begin, end))
    return tuple(pieces)


def trimmed(prose: Prose, begin: int, end: int) -> tuple[int, int]:
    """Token range without signs at its rims (quotation marks stay)."""
    signs = ENDS | frozenset(",;:–—-،，")
    while begin < end and prose.tokens[begin].text in signs:
        begin += 1
    while begin < end and prose.tokens[end - 1].text in signs:
        end -= 1
    return begin, end
