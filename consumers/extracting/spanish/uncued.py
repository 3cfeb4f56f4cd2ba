"""Sayings without a verb of saying: "Para la oposición, el plan llega tarde", "hay poco: «Aquí no llega el pan»". Pure.

List read: ``opinion_holders`` (who has opinions: the opposition, experts).
"""

from dataclasses import replace

from consumers.extracting.direct import words_in
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.sourced import quoted_parts
from consumers.extracting.svo.subjects import subject_after
from consumers.extracting.svo.words import Words

MIN_SUMMED = 2
"""Words in marks behind a clause that sums them up."""
MAX_HOLDER = 10
"""Tokens of "el director del instituto, Juan Ruiz"."""


def behind_colon(prose: Prose, found: Found) -> list[Found]:
    """ "matizó que hay poco: «Aquí no llega el pan»": what a clause sums up, and then the words themselves."""
    if found.type == "direct":
        return [found] if found.part_of is None else _outside(prose, found)
    start, end = found.quote[-1]
    quotation = next((q for q in prose.quotations_between(start, end) if q.end == end), None)
    first = prose.token_from(quotation.start) if quotation else 0
    if quotation is None or prose.tokens[first - 1].text != ":" or words_in(prose, quotation) < MIN_SUMMED:
        return [found]
    piece = (start, prose.tokens[first - 2].end)
    if piece[0] >= piece[1]:
        return [found]
    words = Found(((quotation.start, quotation.end),), "direct", found.cue, found.speaker, found.speaker_from)
    return [replace(found, quote=(*found.quote[:-1], piece)), words]


def _outside(prose: Prose, part: Found) -> list[Found]:
    """A part in marks as it is told by a clause that ends before a colon, or not at all where it stands behind one."""
    start, end = part.part_of or (part.start, part.end)
    whole = behind_colon(prose, Found(((start, end),), "indirect"))
    if len(whole) == 1:
        return [part]
    return [replace(part, part_of=(start, whole[0].end))] if part.end <= whole[0].end else []


def find_opinion(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
    """ "Para el analista Juan Pérez, …": a name of a person or a word for those who have opinions, then a comma."""
    first = sentence.first
    if prose.tokens[first].lower not in prose.language.words("sources_of_quoted") or first + 3 >= sentence.last:
        return []
    subject = subject_after(prose, words, first + 1, sentence.last, leads=True)
    if subject is None or subject[1] - first > MAX_HOLDER or prose.tokens[subject[1]].text != ",":
        return []
    head = prose.tokens[slice(*subject)]
    holder = any(token.lower in prose.language.words("opinion_holders") for token in head[:2])
    named = len(head) > 1 and head[-1].is_capital and head[-2].is_capital and head[0].lower in words.determiners
    surname = len(head) == 1 and head[0].is_capital and prose.names_in_full(head[0].text, subject[0], len(prose.tokens))
    named = named or surname
    piece = trimmed(prose, subject[1], sentence.last)
    worded = any(words.is_verb(token) for token in prose.tokens[slice(*piece)])
    if not (holder or named) or not worded:
        return []
    whole = Found((prose.span(*piece),), "indirect", (prose.span(first, first + 1),), prose.span(*subject))
    return [whole, *quoted_parts(prose, whole)]
