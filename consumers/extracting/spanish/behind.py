"""Who says it where something stands between the verb and its subject: "dijo a CNN la vecina", "explicó desde Ginebra
Anna Moll", "han confirmado a la agencia fuentes policiales"; or where they are: "desde el Gobierno aseguran". Pure.

Lists read: ``asides_of_subject``, ``at`` ("desde", "en"), ``bare_subjects`` (nouns that need no article),
``organisation_kinds``, ``press``, ``place_openers`` (first words of places), ``time_nouns``.
"""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.phrases import Phrase, segment_before
from consumers.extracting.svo.subjects import PARTICLES, subject_after
from consumers.extracting.svo.words import Words

MAX_BETWEEN = 16
"""Tokens of "tras la reunión con los sindicatos"."""
THIS = frozenset({"este", "esta", "ese", "esa"})
"""What stands before a paper that is not named: "a este diario Ana Ruiz"."""
WHERE = frozenset({"en", "desde"})


def subject_behind(prose: Prose, words: Words, start: int, limit: int) -> Phrase | None:
    """The subject that begins at ``start`` or behind what stands there."""
    index = past(prose, words, start, limit)
    if index is None:
        return None
    subject = subject_after(prose, words, index, limit)
    return subject if subject and may_speak(prose, words, index) else None


def may_speak(prose: Prose, words: Words, index: int) -> bool:
    """Whether somebody may be named here: an article, a name, a pronoun, "fuentes", "expertos"."""
    token = prose.tokens[index]
    if token.lower in words.determiners or words.is_pronoun(token):
        return True
    return token.is_capital or token.lower in words.language.words("bare_subjects")


def past(prose: Prose, words: Words, start: int, limit: int) -> int | None:
    """Where something else begins behind times, places, whom it is said to; None where the clause ends there."""
    index = start
    while index < limit and prose.tokens[index].is_word and not prose.is_quoted(index):
        length = phrase_at(prose, index, limit, "asides_of_subject") or _time(prose, words, index, limit)
        if length:
            index += length
        elif prose.tokens[index].lower in words.prepositions:
            end = _preposition_end(prose, words, index, limit)
            if end is None:
                return None
            index = end
        else:
            return index
    return None


def past_time(prose: Prose, words: Words, start: int, limit: int) -> int:
    """Behind "ayer", "este miércoles" where they stand at ``start``."""
    index = start
    while index < limit and (length := _time(prose, words, index, limit)):
        index += length
    return index


def _time(prose: Prose, words: Words, index: int, limit: int) -> int:
    """Length of "ayer", "este martes", "la semana pasada", "el 3"; 0 where no time stands."""
    token = prose.tokens[index]
    if words.is_time(token) or (words.is_adverb(token) and token.lower not in words.determiners):
        return 1
    if token.lower not in words.determiners or index + 1 >= limit:
        return 0
    noun = prose.tokens[index + 1]
    if words.is_time(noun) or noun.text.isdigit():
        return 2
    if noun.lower not in words.language.words("time_nouns"):
        return 0
    further = prose.tokens[index + 2] if index + 2 < limit else noun
    return 3 if further.lower.startswith(("pasad", "próxim", "anterior")) else 2


def _preposition_end(prose: Prose, words: Words, index: int, limit: int) -> int | None:
    """Where the phrase that the preposition governs ends, because something else begins."""
    bound = words.prepositions | words.determiners | words.joining
    kinds = words.language.words("press") | words.language.words("organisation_kinds")
    stop = _after_name(prose, words, index, limit)
    for at in range(index + 1, min(limit, index + MAX_BETWEEN)):
        token, before = prose.tokens[at], prose.tokens[at - 1]
        verb = words.is_verb(token) and before.lower not in words.determiners
        if prose.is_quoted(at) or not token.is_word or verb:
            return None
        if token.lower in words.conjunctions | words.relatives:
            return None
        if at == stop:
            return at
        if before.lower in bound:
            continue
        opens = token.lower in words.determiners | words.language.words("bare_subjects") or _time(
            prose, words, at, limit
        )
        this = at - 2 >= index + 1 and prose.tokens[at - 2].lower in THIS
        named = token.is_capital and before.is_small and (this or before.lower not in kinds)
        if opens or named or words.is_infinitive(token):
            return at
    return None


def _after_name(prose: Prose, words: Words, index: int, limit: int) -> int | None:
    """Where a person's name begins behind that of a place or a paper: "en Roma Kaja Kallas", "a CNN Ana Ruiz"."""
    first = index + 1
    end = first
    while end < limit and prose.tokens[end].is_capital and not prose.is_quoted(end):
        end += 1
    count = end - first
    if count < 2:
        return None
    particle = end < limit and prose.tokens[end].lower in PARTICLES - {"de", "del", "la", "al", "el"}
    head = prose.tokens[first]
    place = prose.tokens[index].lower in WHERE and head.lower in words.language.words("place_openers")
    if (head.text.isupper() and len(head.text) > 1 and count > 2) or (count == 2 and particle):
        return first + 1
    if count == 3 and not place and head.lower not in words.language.words("press"):
        return first + 1
    return end - 2 if count == 4 else None


def institution(prose: Prose, words: Words, sentence: Sentence, claim: Claim, known: Phrase | None) -> Phrase | None:
    """ "Desde el Gobierno aseguran que …", "…, admiten en el PP": where those are whom a verb in the plural leaves out.
    ``known``: of an earlier verb of the sentence, for "… y negaron que"."""
    plural = next(word for word in claim.cue.form.head if word != "se").endswith("n")
    if not plural or (claim.subject is not None and not claim.shared):
        return None
    if claim.side == "before":
        end = next((i for i in range(claim.cue.last, sentence.last) if not prose.tokens[i].is_word), sentence.last)
        return _where(prose, words, claim.cue.last, end)
    start = segment_before(prose, sentence.first, claim.first)
    while start < claim.first and prose.tokens[start].lower in words.leading:
        start += 1
    return _where(prose, words, start, claim.first) or known


def _where(prose: Prose, words: Words, start: int, end: int) -> Phrase | None:
    """ "el Gobierno" of "desde el Gobierno": no time, no occasion."""
    inside = prose.tokens[start + 1 : end]
    if start >= end or prose.tokens[start].lower not in words.language.words("at") or not inside:
        return None
    timed = words.occasions | words.times | words.language.words("time_nouns")
    if any(token.lower in timed or token.text.isdigit() or words.is_adverb(token) for token in inside):
        return None
    if any(words.is_verb(token) for token in inside):
        return None
    return start + 1, end
