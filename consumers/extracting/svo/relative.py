"""Subjects that stand within other phrases: those of relative clauses, and of participles.

Lists of a language: ``object_relatives``, words behind which a new subject may stand ("a man who police say fled",
"what he called …"); ``absolutes``, words that lead in a subject with a participle ("with the union saying …").
"""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.phrases import Phrase, is_phrase, segment_before, strip_lead
from consumers.extracting.svo.words import CLAUSE_SIGNS, Words

OBLIQUE = ("masculine_oblique", "feminine_oblique", "plural_oblique")
"""Lists of pronouns that are no subjects of verbs."""
MAX_ABSOLUTE = 24
"""Tokens of "with the chief planner, Ann Lee, saying"."""


def own_subject(prose: Prose, words: Words, start: int, end: int) -> int:
    """Where the subject of the cue at ``end`` begins in ``start:end``: behind a relative word, if one is there."""
    relatives = words.language.words("object_relatives")
    at = next((i for i in range(end - 2, start - 1, -1) if prose.tokens[i].lower in relatives), None)
    if at is None:
        return start
    first, inner = prose.tokens[at + 1], prose.tokens[at + 1 : end]
    opens = words.is_pronoun(first) or first.lower in words.determiners or first.is_capital or len(inner) == 1
    alone = not any(words.is_verb(t) or t.lower in words.auxiliaries or not t.is_word for t in inner)
    return at + 1 if opens and alone and first.lower not in words.prepositions else start


def in_relative(prose: Prose, words: Words, subject: Phrase | None) -> bool:
    """Whether the subject stands right behind the relative word of its clause."""
    before = prose.tokens[subject[0] - 1] if subject and subject[0] else None
    return before is not None and before.lower in words.language.words("object_relatives")


def which_subject(prose: Prose, words: Words, sentence: Sentence, end: int) -> Phrase | None:
    """ "the bank, which lost its case and | warned": the relative pronoun, if its clause goes on."""
    for index in range(end - 1, sentence.first + 1, -1):
        token = prose.tokens[index]
        if token.text in CLAUSE_SIGNS and not prose.is_quoted(index):
            return None
        if token.lower in words.relatives and prose.tokens[index - 1].text == "," and not prose.is_quoted(index):
            following = next((t for t in prose.tokens[index + 1 : end] if not words.is_adverb(t)), None)
            return (index, index + 1) if following is not None and words.is_verb(following) else None
    return None


def cited_subject(prose: Prose, words: Words, floor: int, end: int) -> Phrase | None:
    """Who is "quoted as saying", where his name does not end right before "as": "quoted him", "was quoted by TASS"."""
    pronoun = end - 1
    if pronoun > floor and any(prose.tokens[pronoun].lower in words.language.words(name) for name in OBLIQUE):
        return pronoun, end
    start = segment_before(prose, floor, end)
    at = next((i for i in range(end - 1, start, -1) if phrase_at(prose, i, end, "cited_by")), None)
    if at is None:
        return None
    while at > start and (words.is_adverb(prose.tokens[at - 1]) or prose.tokens[at - 1].lower in words.auxiliaries):
        at -= 1
    first = strip_lead(prose, words, start, at)
    return (first, at) if first < at and is_phrase(prose, words, first, at) else None


def relative_end(prose: Prose, words: Words, subject: Phrase, begin: int, end: int, *, named: bool) -> int:
    """Where what is said in a relative clause ends: at the comma that closes it, or before the main clause's verb.

    ``named``: no clause is said but a thing or a name ("what he called a mistake | was repeated").
    """
    apart = subject[0] > 1 and prose.tokens[subject[0] - 2].text == ","
    verbs = int(named)
    for index in range(begin, end):
        token, before = prose.tokens[index], prose.tokens[index - 1]
        if prose.is_quoted(index):
            continue
        if token.text == "," and index + 1 < end and (apart or (named and _parts(prose, words, index + 1))):
            return index
        if not apart and token.lower in words.conjunctions | words.relatives | words.joining:
            # Another clause begins: which verb is the main one's cannot be told any more.
            return end
        if apart or not words.is_verb(token) or (index > begin and (words.is_verb(before) or words.is_adverb(before))):
            continue
        if verbs and (token.lower in words.auxiliaries | words.verbs or not _goes_with(prose, words, index + 1, end)):
            return index
        verbs += 1
    return end


def _goes_with(prose: Prose, words: Words, index: int, end: int) -> bool:
    """ "a car parked outside", "a wall painted by her": what follows makes the verb before it a participle."""
    return index < end and prose.tokens[index].lower in words.prepositions


def _parts(prose: Prose, words: Words, index: int) -> bool:
    """Whether what follows a comma goes on with the main clause rather than with a list."""
    token = prose.tokens[index]
    return (
        token.lower in words.conjunctions | words.prepositions | words.relatives
        or words.is_verb(token)
        or token.lower.endswith("ing")
    )


def absolute_subject(prose: Prose, words: Words, sentence: Sentence, end: int) -> Phrase | None:
    """ "…, with its minister saying that": the subject of a participle, behind a comma and what leads it in."""
    leads = words.language.words("absolutes")
    floor = max(sentence.first, end - MAX_ABSOLUTE)
    for index in range(end - 1, floor - 1, -1):
        token = prose.tokens[index]
        if prose.is_quoted(index) or (words.is_verb(token) and index + 1 < end):
            return None
        if token.lower not in leads:
            continue
        before = prose.tokens[index - 1].text if index > sentence.first else ","
        commas = sum(1 for t in prose.tokens[index:end] if t.text == ",")
        whole = commas == 0 or (commas > 1 and prose.tokens[end - 1].text == ",")
        return (index + 1, end - (commas > 0)) if before in ",;–—" and whole and index + 1 < end else None
    return None
