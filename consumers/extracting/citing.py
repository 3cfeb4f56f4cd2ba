"""Who is cited by whom: "TASS reports, citing the ministry" is what the ministry says, and came through TASS.

A language's file lists ``citing`` ("unter Berufung auf"; ``citing_behind`` where it follows whom it cites) and
``press``, the words for those who pass things on ("Nachrichtenagentur", "Sender"). Only the press cites people: a
minister who refers to a law is its speaker himself.
"""

from collections.abc import Callable
from dataclasses import replace

from consumers.extracting.found import Found
from consumers.extracting.grammar import GENERAL, Grammar
from consumers.extracting.language import grammar_of
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at, trimmed
from consumers.extracting.tokens import Span

Tokens = tuple[int, int]


def cited(prose: Prose, found: Found, is_agency: Callable[[Span], bool]) -> Found:
    """``found`` as said by whom its teller cites, the teller in ``via``; itself where nobody is cited. Pure."""
    words = prose.language.words
    if not found.cue or found.speaker is None or not (words("citing") or words("citing_behind")):
        return found
    sentence = prose.sentence_at(found.cue[0][0])
    here = sentence.start <= found.speaker[0] < sentence.end if sentence else False
    place = _citation(prose, sentence, found, is_agency) if sentence and here else None
    if place is None:
        return found
    teller = _without(prose, found.speaker, place)
    known = teller is not None and (is_agency(teller) or _is_press(prose, teller))
    return replace(found, speaker=place[1], via=(teller, *found.via)) if teller is not None and known else found


def is_citation(prose: Prose, found: Found) -> bool:
    """Whether nothing but whom somebody cites was taken for what he says."""
    words = prose.language.words("citing")
    return found.type == "reported" and any(prose.text[start:end].lower() in words for start, end in found.cue)


def _citation(
    prose: Prose, sentence: Sentence, found: Found, is_agency: Callable[[Span], bool]
) -> tuple[Span, Span] | None:
    """(the citing phrase, who is cited), outside the words said."""
    own = grammar_of(prose.language.code)
    grammar = own if isinstance(own, Grammar) else GENERAL
    for index in range(sentence.first, sentence.last):
        if prose.is_quoted(index) or _said(found, prose.tokens[index].start):
            continue
        length = phrase_at(prose, index, sentence.last, "citing")
        behind = phrase_at(prose, index, sentence.last, "citing_behind")
        phrase: Tokens | None = None
        if length:
            phrase = grammar.phrase_after(prose, sentence, index + length)
        elif behind:
            phrase = _before(prose, sentence, index, found, is_agency)
        first, last = trimmed(prose, *phrase) if phrase else (0, 0)
        if first < last and not any(_said(found, prose.tokens[i].start) for i in range(first, last)):
            return prose.span(index, index + (length or behind)), prose.span(first, last)
    return None


def _before(
    prose: Prose, sentence: Sentence, end: int, found: Found, is_agency: Callable[[Span], bool]
) -> Tokens | None:
    """Whom the phrase behind him cites: the words up to the agency or another teller that cites, or to a sign."""
    first = end
    while first > sentence.first and prose.tokens[first - 1].is_word and not prose.is_quoted(first - 1):
        token = prose.tokens[first - 1]
        if any(start <= token.start < stop for start, stop in found.cue):
            break
        teller = is_agency((token.start, token.end)) or token.lower in prose.language.words("press")
        if teller or _said(found, token.start):
            break
        first -= 1
    return (first, end) if first < end else None


def _without(prose: Prose, speaker: Span, place: tuple[Span, Span]) -> Span | None:
    """The teller's words before and without the citing ones."""
    start = min(place[0][0], place[1][0])
    end = max(place[0][1], place[1][1])
    if speaker[1] <= start or speaker[0] >= end:
        return speaker
    first, last = trimmed(prose, prose.token_from(speaker[0]), prose.token_from(start))
    return prose.span(first, last) if first < last else None


def _is_press(prose: Prose, span: Span) -> bool:
    tokens = prose.tokens[prose.token_from(span[0]) : prose.token_from(span[1])]
    press = prose.language.words("press")
    return any(token.lower in press for token in tokens)


def _said(found: Found, offset: int) -> bool:
    return any(start <= offset < end for start, end in found.quote)
