"""Sayings without a verb of saying: "El alcalde fue tajante: «No habrá fiesta»", "Para la oposición, el plan llega
tarde". Pure.

Lists read: ``opinion_holders`` (who has opinions: the opposition, experts), ``papers`` and ``sayings`` (an answer, a
slogan: what is said rather than who says it).
"""

from dataclasses import replace

from consumers.extracting.direct import words_in
from consumers.extracting.found import Found
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.sourced import quoted_parts
from consumers.extracting.svo.subjects import main_subject, subject_after
from consumers.extracting.svo.words import Words

MIN_QUOTED = 4
"""Words in marks that are speech rather than a title."""
MIN_SUMMED = 2
"""Words in marks behind a clause that sums them up."""
MAX_HOLDER = 10
"""Tokens of "el director del instituto, Juan Ruiz"."""


def find_uncued(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
    """The statement of a sentence in which no verb of saying was found."""
    return _behind_colon(prose, words, sentence) or _in_opinion_of(prose, words, sentence)


def _behind_colon(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
    """ "El ministro no se anda con rodeos: «…»": a clause, a colon, and a quotation that ends the sentence."""
    quotations = prose.quotations_in(sentence)
    first = prose.token_from(quotations[-1].start) if quotations else sentence.first
    if first - 2 <= sentence.first or prose.tokens[first - 1].text != ":":
        return []
    quotation = quotations[-1]
    if any(token.is_word for token in prose.tokens[prose.token_from(quotation.end) : sentence.last]):
        return []
    if not _is_speech(prose, quotation):
        return []
    subject = main_subject(prose, words, sentence, sentence.first, first - 1)
    if subject is None or not _acts(prose, words, subject[1], first - 1):
        return []
    head = prose.tokens[slice(*subject)]
    things = prose.language.words("papers") | prose.language.words("sayings")
    if any(token.lower in things for token in head[:3]):
        return []
    if not head[0].is_capital and head[0].lower not in words.determiners:
        return []
    span = ((quotation.start, quotation.end),)
    return [Found(span, "direct", (prose.span(first - 1, first),), prose.span(*subject))]


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


def _is_speech(prose: Prose, quotation: Quotation) -> bool:
    inner = prose.tokens[prose.token_from(quotation.start) + 1]
    return words_in(prose, quotation) >= MIN_QUOTED and (inner.is_capital or not inner.is_word)


def _acts(prose: Prose, words: Words, start: int, end: int) -> bool:
    """Whether a verb stands right behind the subject, a pronoun or a negation between them."""
    small = prose.language.words("clitics") | {"la", "los", "las"}
    if start < end and prose.tokens[start].text == ",":
        # "El alcalde, molesto, cortó a la periodista"
        comma = next((i for i in range(start + 1, end) if prose.tokens[i].text == ","), None)
        start = (comma if comma is not None else start) + 1
    while start < end and prose.tokens[start].lower in small:
        start += 1
    if start >= end:
        return False
    token = prose.tokens[start]
    return words.is_verb(token) or prose.tokens[start - 1].lower in small


def _in_opinion_of(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
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
    named = named or (len(head) == 1 and _is_surname(prose, subject[0]))
    piece = trimmed(prose, subject[1], sentence.last)
    worded = any(words.is_verb(token) for token in prose.tokens[slice(*piece)])
    if not (holder or named) or not worded:
        return []
    whole = Found((prose.span(*piece),), "indirect", (prose.span(first, first + 1),), prose.span(*subject))
    return [whole, *quoted_parts(prose, whole)]


def _is_surname(prose: Prose, index: int) -> bool:
    """Whether the word has stood behind another capitalised one before: "Elena Sanz"."""
    token = prose.tokens[index]
    return token.is_capital and any(
        earlier.text == token.text and prose.tokens[earlier.index - 1].is_capital for earlier in prose.tokens[1:index]
    )
