"""Where what a French verb governs ends: a named thing at its circumstances, a relative at its comma. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.phrases import names_occasion
from consumers.extracting.svo.words import Words


def with_ends(prose: Prose, words: Words, part: Sentence, found: Sequence[Found]) -> list[Found]:
    """The statements without what follows their words; quoted parts stay with the whole that holds them."""
    held_parts = {one.part_of for one in found}
    wholes = {(one.start, one.end): _ended(prose, words, part, one) for one in found if one.part_of is None}
    for span, one in wholes.items():
        if one.type == "reported" and span in held_parts:
            # "a parlé d’un « miracle »": partly his own words.
            wholes[span] = replace(one, type="indirect")
    kept: list[Found] = []
    for one in found:
        whole = wholes.get(one.part_of) if one.part_of else None
        if whole is None:
            kept.append(wholes.get((one.start, one.end), one))
        elif one.end <= whole.end:
            kept.append(replace(one, part_of=(whole.start, whole.end)))
    return kept


def _ended(prose: Prose, words: Words, sentence: Sentence, found: Found) -> Found:
    if len(found.quote) != 1 or not found.cue or found.type == "direct":
        return found
    first, last = prose.token_from(found.start), prose.token_from(found.end)
    cue = prose.token_from(found.cue[0][0])
    if first <= cue < last:
        # "une idée que rejette la mairie"
        last = next((i for i in range(first, cue) if prose.tokens[i].lower in {"que", "qu’"}), last)
    elif cue and _in_relative(prose, words, sentence, cue):
        last = _before_verb(prose, words, first, last)
    if found.type == "reported":
        last = _before_circumstance(prose, words, first, last)
        # "appelle à la retenue": the preposition is the verb's.
        first += prose.tokens[first].lower in {"à", "de", "d’"}
    begin, end = trimmed(prose, first, last)
    return replace(found, quote=(prose.span(begin, end),)) if begin < end else found


def _in_relative(prose: Prose, words: Words, sentence: Sentence, cue: int) -> bool:
    """Whether the verb stands behind "qui" with nothing but small words between."""
    index = cue - 1
    small = words.language.words("clitics") | words.auxiliaries
    while index > sentence.first and (prose.tokens[index].lower in small or words.is_adverb(prose.tokens[index])):
        index -= 1
    return prose.tokens[index].lower == "qui"


def _before_verb(prose: Prose, words: Words, first: int, last: int) -> int:
    """Where the relative clause closes: at a comma that the main clause's verb follows."""
    small = words.language.words("clitics") - words.determiners
    commas = (i for i in range(first + 1, last - 1) if prose.tokens[i].text == "," and not prose.is_quoted(i))
    follows = (i for i in commas if words.is_verb(prose.tokens[i + 1]) or prose.tokens[i + 1].lower in small)
    return next(follows, last)


def _before_circumstance(prose: Prose, words: Words, first: int, last: int) -> int:
    """Where "dans un communiqué", ", faute de mieux", ", alors que" begins."""
    adverbial = words.prepositions - words.language.words("genitive")
    for index in range(first + 1, last):
        token, before = prose.tokens[index], prose.tokens[index - 1]
        if prose.is_quoted(index):
            continue
        opens = token.lower in adverbial | words.conjunctions - words.relatives or words.is_time(token)
        if before.text == "," and (opens or phrase_at(prose, index, last, "leading")):
            return index - 1
        apart = index > first + 1 and before.lower not in words.prepositions
        if token.lower in adverbial and apart and names_occasion(prose, words, index, last):
            return index
        if words.is_time(token) and apart and before.lower not in words.determiners:
            return index
    return last
