"""What stands round a French verb of saying: adjuncts between it and what it governs, and whom a relative takes up.

A French noun phrase nearly always has its article, so the next article that no preposition governs begins the next
phrase. Lists read: ``time_nouns`` (semaine, mois), ``outlets`` (names of two words: France Inter), ``named_nouns``
(chaîne: a name follows), ``manners`` (à voix basse), ``asides_of_subject``, ``genitive``, ``connectors``.
"""

from collections.abc import Iterator

from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.phrases import Phrase, boundary
from consumers.extracting.svo.words import Words, opens_infinitive

MAX_ADJUNCT = 14
"""Tokens of "dans un entretien publié mardi par le quotidien"."""
MAX_ANTECEDENT = 14


def past_adjuncts(prose: Prose, words: Words, start: int, limit: int) -> int:
    """Past "mardi", "à Paris", "dans un communiqué", ", de son côté,": where a phrase begins, or ``limit``."""
    return [start, *adjunct_ends(prose, words, start, limit)][-1]


def adjunct_ends(prose: Prose, words: Words, start: int, limit: int) -> Iterator[int]:
    """Where each adjunct that stands at ``start`` ends, one after the other."""
    index = start
    while index < limit and not prose.is_quoted(index):
        past = _past_one(prose, words, index, limit)
        if past == index:
            break
        index = past
        yield index


def _past_one(prose: Prose, words: Words, index: int, limit: int) -> int:
    token = prose.tokens[index]
    length = phrase_at(prose, index, limit, "asides_of_subject") or phrase_at(prose, index, limit, "manners")
    if length:
        return index + length
    if token.text in words.language.words("connectors") or words.is_adverb(token):
        return index + 1
    if token.text == ",":
        return _past_aside(prose, words, index, limit)
    if token.lower in words.prepositions - words.language.words("genitive"):
        return _past_preposition(prose, words, index, limit)
    return _past_time(prose, words, index, limit)


def _past_time(prose: Prose, words: Words, index: int, limit: int) -> int:
    """Past "mardi soir", "le 22 janvier 2026", "la semaine dernière"; ``index`` where no time stands."""
    nouns = words.language.words("time_nouns")
    lead = index + 1 if prose.tokens[index].lower in words.determiners else index
    past = lead
    while past < limit and not prose.is_quoted(past):
        token = prose.tokens[past]
        number = token.text[0].isdigit() or token.lower == "er"
        if not (words.is_time(token) or token.lower in nouns or number):
            break
        past += 1
    timed = any(not prose.tokens[i].text[0].isdigit() for i in range(lead, past))
    return past if timed else index


def _past_aside(prose: Prose, words: Words, comma: int, limit: int) -> int:
    """Past ", au pied de la tribune,"; ``comma`` where what it opens is no adjunct or does not close."""
    if comma + 1 >= limit or _past_one(prose, words, comma + 1, limit) == comma + 1:
        lead = prose.tokens[comma + 1].lower if comma + 1 < limit else ""
        if lead not in words.prepositions:
            return comma
    for index in range(comma + 1, min(limit, comma + MAX_ADJUNCT)):
        token = prose.tokens[index]
        if token.text == "," and not prose.is_quoted(index):
            return index + 1
        verb = words.is_verb(token) and token.lower not in words.language.words("clitics")
        if (
            prose.is_quoted(index)
            or not token.is_word
            or verb
            or token.lower in words.conjunctions - words.prepositions
        ):
            break
    return comma


def _past_preposition(prose: Prose, words: Words, index: int, limit: int) -> int:
    """Past the noun phrase that the preposition governs, with all that hangs on it by further prepositions."""
    start = index + 1
    if start < limit and (past := _past_time(prose, words, start, limit)) > start:
        return past
    if length := phrase_at(prose, start, limit, "outlets"):
        return start + length
    noun = False
    named = False
    for at in range(start, min(limit, index + MAX_ADJUNCT)):
        token, before = prose.tokens[at], prose.tokens[at - 1]
        if prose.is_quoted(at) or boundary(prose, at):
            return at
        if words.is_pronoun(token):
            return at if noun else at + 1
        governed = before.lower in words.prepositions | words.determiners | words.joining
        if noun and not governed and _begins(prose, words, at, named=named):
            return at
        adjunct = token.lower in words.prepositions - words.language.words("genitive")
        if token.lower in words.that | words.relatives or (noun and (adjunct or opens_infinitive(prose, words, at))):
            return at
        noun = noun or token.lower not in words.determiners
        named = token.is_capital or (named and before.is_capital)
        if before.lower in words.language.words("named_nouns"):
            # "sur la chaîne Fox News": the name is the channel's.
            named = False
    return limit if index + MAX_ADJUNCT >= limit else index


def _begins(prose: Prose, words: Words, at: int, *, named: bool) -> bool:
    """Whether a phrase of its own begins here: an article, or a name behind a small word or another name."""
    token, before = prose.tokens[at], prose.tokens[at - 1]
    if token.lower in words.determiners or words.is_time(token) or words.is_adverb(token):
        return True
    if not token.is_capital:
        # "à l’AFP une source": nothing small goes on behind a name but by a preposition.
        return False
    if before.is_small:
        return before.lower not in words.language.words("named_nouns")
    return named and before.text.isupper() and len(before.text) > 1


def antecedent(prose: Prose, words: Words, floor: int, end: int) -> Phrase | None:
    """The noun phrase that ends right before ``end``, from its article or its name on."""
    genitive = words.language.words("genitive")
    start = end
    while start > max(floor, end - MAX_ANTECEDENT):
        token = prose.tokens[start - 1]
        before = prose.tokens[start - 2].lower if start - 2 >= floor else ""
        if prose.is_quoted(start - 1) or boundary(prose, start - 1) or words.is_pronoun(token):
            break
        if token.lower in words.conjunctions or (token.lower in words.auxiliaries and token.is_small):
            break
        start -= 1
        article = token.lower in words.determiners and token.lower not in genitive
        if article and before not in words.prepositions | words.joining | words.determiners:
            return start, end
        if article and before in words.prepositions - genitive:
            return start, end
    named = start < end and all(prose.tokens[i].is_capital for i in range(start, end))
    return (start, end) if named else None
