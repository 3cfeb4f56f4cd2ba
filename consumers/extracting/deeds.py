"""What is done with a verb of saying, and not said: "welcomed the guests", "defended his title". Pure.

Lists of a language: ``done_to``: verb~object, words lower case ("defend~title"; "saludar~a" where people are told by a
preposition); ``greeting``: verbs whose object, where it is somebody's name, is greeted; ``reasons``:
words behind it with which the verb says something all the same ("for their courage", "as heroes").
"""

from functools import lru_cache

from consumers.extracting.language import Language
from consumers.extracting.prose import Prose

NEAR = 6
"""Words behind the verb among which its object stands."""


@lru_cache(maxsize=16)
def _objects(language: Language) -> dict[str, frozenset[str]]:
    objects: dict[str, set[str]] = {}
    for pair in language.words("done_to"):
        verb, _, thing = pair.partition("~")
        objects.setdefault(verb, set()).add(thing)
    return {verb: frozenset(things) for verb, things in objects.items()}


def deed_end(prose: Prose, lemma: str, start: int, last: int) -> int | None:
    """Index behind the object with which the verb says nothing, None where it says something. ``start``: where the
    object begins, ``last``: where its sentence ends."""
    words = prose.language.words
    things, greets = _objects(prose.language).get(lemma, frozenset[str]()), lemma in words("greeting")
    if not things and not greets:
        return None
    end = _object_end(prose, things, greets, start, last)
    if end is None or prose.where(words("reasons"), end, min(last, end + NEAR)):
        return None
    return end


def _object_end(prose: Prose, things: frozenset[str], greets: bool, start: int, last: int) -> int | None:
    for index in range(start, min(last, start + NEAR)):
        token = prose.tokens[index]
        if prose.is_quoted(index) or not token.is_word:
            return None
        if token.lower in things:
            return index + 1
        if index > start and token.lower in prose.language.words("prepositions"):
            return None
        following = prose.tokens[index + 1] if index + 1 < last else None
        if greets and token.is_capital and following is not None and following.is_capital:
            return _name_end(prose, index, start, last)
    return None


def _name_end(prose: Prose, index: int, start: int, last: int) -> int | None:
    """End of a name of several words that is the whole object: "President Xi Jinping", not "the Paris Agreement"."""
    if any(token.lower in prose.language.words("determiners") for token in prose.tokens[start:index]):
        return None
    end = index
    while end < last and prose.tokens[end].is_capital and prose.tokens[end].text[-2:] not in {"'s", "’s"}:
        end += 1
    rest = prose.tokens[end] if end < last else None
    whole = rest is None or not rest.is_word or rest.lower in prose.language.words("prepositions")
    return end if whole else None
