"""Who is cited by whom: "TASS reports, citing the ministry" is what the ministry says, and came through TASS.

A language's file lists ``citing`` ("unter Berufung auf"; ``citing_behind`` where it follows whom it cites), ``press``,
the words for those who pass things on ("Nachrichtenagentur"), ``cites``, verbs whose subject does ("zitiert", "as
saying"), and ``cited_by``, what stands between who speaks and who passes it on ("quoted by"). Only the press cites
people: a minister who refers to a law is its speaker himself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from consumers.extracting.found import Found
from consumers.extracting.grammar import GENERAL, Grammar
from consumers.extracting.language import grammar_of
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at, trimmed
from consumers.extracting.tokens import Span

Tokens = tuple[int, int]
Agencies = Callable[[Span], Sequence[Span]]
"""Characters → where agencies are named in them, in text order."""
NEAR = 6
"""Tokens between a verb of citing and the agency that cites."""


def cited(prose: Prose, found: Found, agencies: Agencies) -> Found:
    """``found`` as said by whom its teller cites, the teller in ``via``; itself where nobody is cited. Pure."""
    words = prose.language.words
    sentence = prose.sentence_at(found.cue[0][0]) if found.cue else None
    speaker = found.speaker
    if sentence is None or speaker is None:
        return found
    if words("cites") and not found.via:
        found = _quoted_by(prose, sentence, found, agencies)
    if words("cited_by") and not found.via:
        found = _cited_by(prose, found, speaker, agencies)
        speaker = found.speaker or speaker
    here = sentence.start <= speaker[0] < sentence.end
    if not here or not _may_cite(prose, sentence):
        return found
    inner = _told_inside(prose, sentence, found)
    place = inner[1] if inner else _citation(prose, sentence, found, agencies)
    if place is None:
        return found
    whole, found = found, inner[0] if inner else found
    if found.via:
        # "Wie X unter Berufung auf Y meldet, sagte Z": Z told Y, Y told X.
        between = prose.tokens[prose.token_from(found.via[-1][1]) : prose.token_from(min(place[0][0], place[1][0]))]
        return replace(found, via=(place[1], *found.via)) if not any(token.is_word for token in between) else whole
    teller = _without(prose, speaker, place)
    known = teller is not None and (bool(agencies(teller)) or _is_press(prose, teller))
    return replace(found, speaker=place[1], via=(teller,)) if teller is not None and known else whole


def _may_cite(prose: Prose, sentence: Sentence) -> bool:
    """Whether the letters of a citing phrase stand in the sentence: most sentences need no closer look."""
    text, words = prose.text[sentence.start : sentence.end].lower(), prose.language.words
    return any(phrase in text for name in ("citing", "citing_behind") for phrase in words(name))


def _quoted_by(prose: Prose, sentence: Sentence, found: Found, agencies: Agencies) -> Found:
    """ "Reuters zitiert Putin mit den Worten …", "TASS quoted him as saying …": the agency passes it on."""
    if not any(prose.text[start:end].lower() in prose.language.words("cites") for start, end in found.cue):
        return found
    first = max(sentence.first, prose.token_from(found.cue[0][0]) - NEAR)
    near = (prose.tokens[first].start, min(sentence.end, found.cue[-1][1] + 1))
    own = [span for span in agencies(near) if not _said(found, span[0]) and not _within(span, found.speaker)]
    return replace(found, via=(own[0],)) if own else found


def _cited_by(prose: Prose, found: Found, speaker: Span, agencies: Agencies) -> Found:
    """ "a assuré le ministre, cité par l'AFP": the agency passes it on, and is no part of who speaks."""
    first, last = prose.token_from(speaker[0]), prose.token_from(speaker[1])
    for index in range(first + 1, last):
        length = phrase_at(prose, index, last, "cited_by")
        head, teller = trimmed(prose, first, index), trimmed(prose, index + length, last)
        if length and head[0] < head[1] and teller[0] < teller[1]:
            by = prose.span(*teller)
            if agencies(by) or _is_press(prose, by):
                return replace(found, speaker=prose.span(*head), via=(by,))
    return found


def _told_inside(prose: Prose, sentence: Sentence, found: Found) -> tuple[Found, tuple[Span, Span]] | None:
    """ "According to TASS, citing the ministry, …": the words said without the citation they were read with."""
    begin, end = found.quote[0]
    first = prose.token_from(begin)
    length = phrase_at(prose, first, sentence.last, "citing")
    phrase = rules_of(prose).phrase_after(prose, sentence, first + length) if length else None
    if phrase is None or phrase[1] + 1 >= sentence.last:
        return None
    if prose.tokens[phrase[1]].text != "," or prose.tokens[phrase[1]].end >= end:
        return None
    rest = prose.tokens[phrase[1] + 1].start
    place = (prose.span(first, first + length), prose.span(*phrase))
    return replace(found, quote=((rest, end), *found.quote[1:])), place


def is_citation(prose: Prose, found: Found) -> bool:
    """Whether nothing but whom somebody cites was taken for what he says."""
    words = prose.language.words("citing")
    return found.type == "reported" and any(prose.text[start:end].lower() in words for start, end in found.cue)


def _citation(prose: Prose, sentence: Sentence, found: Found, agencies: Agencies) -> tuple[Span, Span] | None:
    """(the citing phrase, who is cited), outside the words said."""
    grammar = rules_of(prose)
    for index in range(sentence.first, sentence.last):
        if prose.is_quoted(index) or _said(found, prose.tokens[index].start):
            continue
        length = phrase_at(prose, index, sentence.last, "citing")
        behind = phrase_at(prose, index, sentence.last, "citing_behind")
        phrase: Tokens | None = None
        if length:
            phrase = grammar.phrase_after(prose, sentence, index + length)
        elif behind:
            phrase = _before(prose, sentence, index, found, agencies)
        first, last = trimmed(prose, *phrase) if phrase else (0, 0)
        if first < last and not any(_said(found, prose.tokens[i].start) for i in range(first, last)):
            return prose.span(index, index + (length or behind)), prose.span(first, last)
    return None


def _before(prose: Prose, sentence: Sentence, end: int, found: Found, agencies: Agencies) -> Tokens | None:
    """Whom the phrase behind him cites: the words up to the agency or another teller that cites, or to a sign."""
    first = end
    while first > sentence.first and prose.tokens[first - 1].is_word and not prose.is_quoted(first - 1):
        token = prose.tokens[first - 1]
        if any(start <= token.start < stop for start, stop in found.cue):
            break
        teller = agencies((token.start, token.end)) or token.lower in prose.language.words("press")
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


def rules_of(prose: Prose) -> Grammar:
    """The rules of the text's language, or the general ones."""
    own = grammar_of(prose.language.code)
    return own if isinstance(own, Grammar) else GENERAL


def _within(span: Span, whole: Span | None) -> bool:
    return whole is not None and whole[0] <= span[0] and span[1] <= whole[1]


def _is_press(prose: Prose, span: Span) -> bool:
    tokens = prose.tokens[prose.token_from(span[0]) : prose.token_from(span[1])]
    press = prose.language.words("press")
    return any(token.lower in press for token in tokens)


def _said(found: Found, offset: int) -> bool:
    return any(start <= offset < end for start, end in found.quote)
