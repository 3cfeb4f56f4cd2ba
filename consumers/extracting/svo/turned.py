"""The object before its verb, where nouns are declined: "Мэр Орлов обвинения отверг", "эти слухи в Кремле опровергли".

Lists read: ``object_first`` (the language does so), ``at`` (an institution with its preposition),
``naming`` (a predicate may follow: "эту оценку министр назвал ошибкой"), ``predicate_endings`` (how it ends),
``possessives``.
"""

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.svo.contents import Opening
from consumers.extracting.svo.words import Words, is_said_by_them

Phrase = tuple[int, int]
MIN_OBJECT, MAX_OBJECT = 2, 10
"""Tokens."""


def object_first(
    prose: Prose, words: Words, cue: Cue, opened: Opening, subject: Phrase, start: int
) -> tuple[Phrase, Phrase] | None:
    """(who says it, what is named) out of what stands between ``start``, where the clause begins, and the verb."""
    lists = words.language.words
    if not lists("object_first") or not cue.takes("object"):
        return None
    predicate = cue.form.lemma in lists("naming") and (
        opened.by == "quote" or (opened.by == "clause" and is_predicate(prose, words, opened.start))
    )
    if not predicate and opened.by not in {"nothing", "colon"}:
        return None
    first, end = subject
    pronoun = prose.tokens[end - 1]
    if words.is_pronoun(pronoun) and pronoun.lower not in lists("possessives") | words.relatives:
        parts = (end - 1, end), (start, end - 1)
    elif (middle := _institution(prose, words, cue, start, end)) is not None:
        parts = (middle + 1, end), (start, middle)
    elif (split := _split(prose, words, first, end)) is not None:
        parts = (first, split), (split, end)
    else:
        return None
    # As behind the verb, one word alone is too little, but for one that a predicate follows.
    least = 1 if predicate else MIN_OBJECT
    return parts if parts[1][1] - parts[1][0] >= least and _is_object(prose, words, *parts[1]) else None


def _institution(prose: Prose, words: Words, cue: Cue, start: int, end: int) -> int | None:
    """ "Эти слухи в Кремле опровергли": where the preposition stands."""
    if not is_said_by_them(prose, cue):
        return None
    inner = range(start + 1, end - 1)
    return next((index for index in reversed(inner) if prose.tokens[index].lower in words.language.words("at")), None)


def _split(prose: Prose, words: Words, first: int, end: int) -> int | None:
    """Where the object begins: a small word right behind a name, or a determiner ("мэр эти слухи опроверг")."""
    for index in range(first + 1, end):
        token, before = prose.tokens[index], prose.tokens[index - 1]
        if not token.is_small or token.lower in words.prepositions | words.joining | words.conjunctions:
            continue
        if token.lower in words.determiners | words.language.words("possessives"):
            return index if before.lower not in words.prepositions else None
        named = before.is_capital and (not _opens_sentence(prose, index - 1) or before.text.isupper())
        if named or prose.is_quoted(index - 1):
            return index
    return None


def _opens_sentence(prose: Prose, index: int) -> bool:
    sentence = prose.sentence_at(prose.tokens[index].start)
    return sentence is not None and sentence.first == index


def is_predicate(prose: Prose, words: Words, index: int) -> bool:
    """ "считает шаг ошибкой": whether the word is in the instrumental, as what somebody is called or held for."""
    token = prose.tokens[index]
    endings = tuple(words.language.words("predicate_endings"))
    return bool(endings) and token.is_word and len(token.text) > 3 and token.lower.endswith(endings)


def _is_object(prose: Prose, words: Words, first: int, end: int) -> bool:
    """A noun phrase: few words without a sign, a verb or a preposition at its head."""
    if not 0 < end - first <= MAX_OBJECT or prose.tokens[first].lower in words.prepositions | words.conjunctions:
        return False
    tokens = prose.tokens[first:end]
    worded = any(words.is_verb(t) or words.is_infinitive(t) for t in tokens)
    return not worded and all(t.is_word or prose.is_quoted(t.index) for t in tokens) and not words.is_adverb(tokens[0])


def is_judged(prose: Prose, words: Words, first: int, last: int) -> bool:
    """ "считает ситуацию контролируемой": a word in the instrumental that no preposition governs."""
    governed = False
    for index in range(first, last):
        token = prose.tokens[index]
        if token.lower in words.prepositions or not token.is_word:
            governed = token.lower in words.prepositions
        elif is_predicate(prose, words, index) and not (governed or words.is_time(token)):
            return True
        elif not is_predicate(prose, words, index):
            governed = False
    return False
