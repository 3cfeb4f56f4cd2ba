"""Whom a relative pronoun takes up: "the agency, which warned that …" is the agency.

List of a language: ``parting``, prepositions whose noun it is rather than the one before ("talks with Lee, who said").
"""

from consumers.extracting.prose import Prose
from consumers.extracting.svo.subjects import subject_before
from consumers.extracting.svo.words import Words
from consumers.extracting.tokens import Span


def antecedent(prose: Prose, words: Words, span: Span) -> Span | None:
    """The noun phrase before the relative pronoun that is all of ``span``; None where there is none."""
    index, sentence = prose.token_from(span[0]), prose.sentence_at(span[0])
    if sentence is None or index <= sentence.first or prose.tokens[index].end != span[1]:
        return None
    end = index - (prose.tokens[index - 1].text == ",")
    if prose.tokens[index].lower not in words.relatives or end <= sentence.first or not prose.tokens[end - 1].is_word:
        return None
    phrase = _nearest(prose, words, sentence.first, end)
    # "It is not known who ordered it": one small word is no name of anybody.
    alone = phrase is not None and phrase[1] - phrase[0] == 1 and prose.tokens[phrase[0]].is_small
    plural = phrase is not None and prose.tokens[phrase[1] - 1].lower.endswith("s")
    return prose.span(*phrase) if phrase and (plural or not alone) else None


def _nearest(prose: Prose, words: Words, floor: int, end: int) -> tuple[int, int] | None:
    """The last noun phrase before ``end``: behind a verb or a preposition that is no part of a phrase."""
    parting = words.language.words("parting")
    start = end
    while start > floor and prose.tokens[start - 1].is_word and not prose.is_quoted(start - 1):
        token = prose.tokens[start - 1]
        if words.is_verb(token) or token.lower in words.conjunctions | (words.prepositions - words.of) | parting:
            break
        start -= 1
    return subject_before(prose, words, start, end) if start < end else None
