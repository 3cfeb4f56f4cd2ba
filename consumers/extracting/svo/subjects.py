"""Who says it: the noun phrase before the cue, after it, or at the sentence's head. Token ranges, end exclusive."""

from itertools import pairwise

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.phrases import (
    MAX_SUBJECT,
    Phrase,
    boundary,
    is_adverbial,
    is_apposition,
    is_phrase,
    names_occasion,
    names_only,
    segment_before,
    strip_lead,
)
from consumers.extracting.svo.relative import OBLIQUE, own_subject
from consumers.extracting.svo.relays import after_relay, before_occasion, quoted_by
from consumers.extracting.svo.words import Words, is_name
from consumers.extracting.tokens import Token

MAX_NAME = 4
"""Words of a name that follows a description: "the chief planner, Olzhas Bekov"."""
_PARTICLES = "von van der den de da di du del della dos bin ibn ben al el la le ter ten zu"
PARTICLES = frozenset(_PARTICLES.split())
"""Small words within names: "Ursula von der Leyen"."""
APPOSED = frozenset({",", "—", "–", "-", "،"})
"""Signs that part an apposition from its name."""
MAX_BRACKET = 12
"""Tokens of "(the International Monetary Fund)" behind a name."""
MAX_SEGMENTS = 4
"""Appositions after a name, at most."""


def subject_before(prose: Prose, words: Words, floor: int, end: int) -> Phrase | None:
    """The phrase that ends at ``end``, where the cue (with its auxiliaries and adverbs) begins."""
    if end <= floor or (prose.is_quoted(end - 1) and not is_name(prose, end - 1)):
        return None
    if prose.tokens[end - 1].text in APPOSED | {")"}:
        return _with_apposition(prose, words, floor, end)
    if prose.tokens[end - 1].lower in words.joining:
        return None
    pair = f"{prose.tokens[end - 2].lower} {prose.tokens[end - 1].lower}" if end > floor + 1 else ""
    if prose.tokens[end - 1].lower in words.relatives and pair not in words.language.words("not_noun_makers"):
        return end - 1, end
    end = _before_time(prose, words, floor, end)
    start = segment_before(prose, floor, end)
    if (passive := quoted_by(prose, words, start, end)) is not None:
        return passive
    if end - start > 1 and _is_nominative(words, prose.tokens[end - 1]):
        # "на питання про позицію Братислави вона відповіла": the pronoun alone is the subject.
        joined = prose.tokens[end - 2].lower in words.joining | words.prepositions
        return None if joined else (end - 1, end)
    start = after_relay(prose, start, end)
    head = start
    end = before_occasion(prose, words, start, end)
    start = _after_clause(prose, words, start, end)
    start = own_subject(prose, words, strip_lead(prose, words, start, end), end)
    verb = start > floor and prose.tokens[start - 1].lower in words.infinitive and prose.tokens[start].is_small
    if start >= end or verb or not is_phrase(prose, words, start, end):
        return None
    if (
        start == head
        and start > floor
        and prose.tokens[start - 1].text == ","
        and not words.is_pronoun(prose.tokens[start])
    ):
        # "Smith, his lawyer and friend said" stays cut; "A, B and C said" is one list.
        listed = _listed(prose, words, floor, start, end)
        if listed is not None:
            return listed, end
    return start, end


def _is_nominative(words: Words, token: Token) -> bool:
    """Whether the word is a pronoun that can only be a subject, where nouns are declined."""
    lists = words.language.words
    return (
        bool(lists("nominative_speaks"))
        and words.is_pronoun(token)
        and token.lower not in lists("possessives") | words.relatives
    )


def _before_time(prose: Prose, words: Words, floor: int, end: int) -> int:
    """ "Karl Meier on Tuesday said": where the subject ends, its time left out. A bare one may be of its name: "Russia
    Today"."""
    last = end
    while last > floor and words.is_time(prose.tokens[last - 1]):
        last -= 1
    led_in = floor + 1 < last < end and prose.tokens[last - 1].lower in words.prepositions
    return last - 1 if led_in else end


def _listed(prose: Prose, words: Words, floor: int, start: int, end: int) -> int | None:
    """Start of a list of names "A, B and C" whose last part is ``start:end``."""
    if not any(token.lower in words.joining for token in prose.tokens[start:end]):
        # "In Paris, Karl Meier said", "However, Karl Meier said": where and when, and not who with him.
        head = prose.tokens[floor]
        leads = head.lower in words.prepositions or words.is_adverb(head) or words.is_time(head)
        leads = leads or strip_lead(prose, words, floor, end) > floor
        return None if leads or not names_only(prose, floor, end) else floor
    first = start
    while first > floor and prose.tokens[first - 1].text == ",":
        before = segment_before(prose, floor, first - 1)
        piece = prose.tokens[before : first - 1]
        if not piece or len(piece) > 6 or any(words.is_verb(token) for token in piece) or not piece[0].is_capital:
            break
        if piece[0].lower in words.prepositions or piece[0].lower in words.leading or words.is_time(piece[0]):
            break
        first = before
    return first if first < start else None


def _after_clause(prose: Prose, words: Words, start: int, end: int) -> int:
    """Where the last clause of ``start:end`` begins: after its last verb or conjunction; relative clauses stay."""
    begin = start
    relative = False
    index = start
    while index < end:
        token = prose.tokens[index]
        if token.lower in words.relatives and index > begin:
            relative = True
        elif token.lower in words.conjunctions or (
            token.lower in words.joining and _new_clause(prose, words, begin, index)
        ):
            begin, relative = index + 1, False
        elif words.is_verb(token) and index + 1 < end and not _is_syllable(prose, words, index):
            following = prose.tokens[index + 1]
            if not relative and following.lower not in words.prepositions and index > start:
                begin = index + 1
        index += 1
    return begin


def _is_syllable(prose: Prose, words: Words, index: int) -> bool:
    """Whether what looks like a verb is a part of another word: "bảo hiểm" (insurance) beside "bảo" (tells)."""
    near = [token.lower for token in prose.tokens[max(0, index - 1) : index + 2]]
    return any(" ".join(pair) in words.syllables for pair in pairwise(near))


def _new_clause(prose: Prose, words: Words, begin: int, index: int) -> bool:
    """Whether "and" at ``index`` joins clauses: what stands before it holds a verb."""
    # "Ông Putin và ông Tập": what is a pronoun alone is a form of address before a name.
    addressed = begin + 1 < index and prose.tokens[begin + 1].is_capital
    if index == begin or (words.is_pronoun(prose.tokens[begin]) and not addressed):
        return True
    return any(words.is_verb(token) for token in prose.tokens[begin + 1 : index])


def _with_apposition(prose: Prose, words: Words, floor: int, end: int) -> Phrase | None:
    """ "X, the chairman of Y," before its verb: from X to the comma; an adverbial between commas is left out."""
    close = end - 1
    if prose.tokens[close].text == ")":
        opening = _before_bracket(prose, floor, end)
        if opening in {end, floor}:
            return None
        inner = subject_before(prose, words, floor, opening)
        return (inner[0], end) if inner else None
    segment = segment_before(prose, floor, close)
    if segment == close or segment <= floor or prose.tokens[segment - 1].text not in APPOSED:
        return None
    adverbial = is_adverbial(prose, words, segment, close)
    head_end = segment - 1
    for _ in range(MAX_SEGMENTS):
        start = segment_before(prose, floor, _before_bracket(prose, floor, head_end))
        if start == head_end or close - start > MAX_SUBJECT:
            return None
        more = start > floor + 1 and prose.tokens[start - 1].text == "," and not prose.is_quoted(start - 2)
        if prose.tokens[start].lower in words.language.words("name_openers"):
            more = False
        if more and (is_apposition(prose, words, start, head_end) or _is_name_of(prose, words, start, head_end)):
            head_end = start - 1
            continue
        start = after_relay(prose, strip_lead(prose, words, start, head_end), head_end)
        start = _after_clause(prose, words, start, head_end)
        start = strip_lead(prose, words, start, head_end)
        if start >= head_end or not is_phrase(prose, words, start, head_end):
            return None
        if any(words.is_verb(token) for token in prose.tokens[start:head_end]):
            return None
        return start, (segment - 1 if adverbial else close)
    return None


def _before_bracket(prose: Prose, floor: int, end: int) -> int:
    """Where a bracket that ends at ``end`` opens, ``end`` where none does: "the Fund (IMF), Karl Meier,"."""
    if prose.tokens[end - 1].text != ")":
        return end
    return next((i for i in range(end - 1, max(floor, end - MAX_BRACKET), -1) if prose.tokens[i].text == "("), end)


def _is_name_of(prose: Prose, words: Words, start: int, end: int) -> bool:
    """ "the foreign minister, Karl Meier,": few capitalised words after a description."""
    piece = prose.tokens[start:end]
    named = 1 < len(piece) <= MAX_NAME and all(token.is_capital or token.lower in PARTICLES for token in piece)
    return named and prose.tokens[start - 2].is_small and not words.is_verb(prose.tokens[start - 2])


def subject_after(prose: Prose, words: Words, start: int, limit: int, *, leads: bool = False) -> Phrase | None:
    """The phrase that begins at ``start``: after an inverted cue ("said X") or a source phrase ("according to X").

    ``leads``: what is said follows the phrase in the same sentence.
    """
    end = _phrase_end(prose, words, start, limit)
    if end == start + 1 and _is_oblique(prose, words, start, limit):
        return start, end
    if end == start or not is_phrase(prose, words, start, end):
        return None
    if end - start == 1 and words.is_pronoun(prose.tokens[start]):
        return start, end
    for _ in range(MAX_SEGMENTS):
        if end + 1 >= limit or prose.tokens[end].text not in {",", "("} or prose.is_quoted(end + 1):
            break
        if prose.tokens[end].text == "(":
            close = next((i for i in range(end, min(limit, end + MAX_BRACKET)) if prose.tokens[i].text == ")"), None)
            if close is None:
                break
            end = close + 1
            continue
        further = _apposition_end(prose, words, end + 1, limit)
        if _is_another(prose, words, start, end, further):
            break
        if not _explains(prose, words, start, end, further) or (
            leads and not _closes(prose, words, end + 1, further, limit)
        ):
            break
        end = further
    return start, end


def _is_oblique(prose: Prose, words: Words, index: int, limit: int) -> bool:
    """ "According to him, …": a pronoun in another case, which "her" is only where no noun follows."""
    oblique = any(prose.tokens[index].lower in words.language.words(name) for name in OBLIQUE)
    return oblique and (index + 1 >= limit or not prose.tokens[index + 1].is_word)


def _is_another(prose: Prose, words: Words, head: int, comma: int, end: int) -> bool:
    """ "Selon l'agence TASS, le ministre, Sergueï Lavrov, …": who comes after an agency is not the agency."""
    press = words.language.words("press")
    segment = prose.tokens[comma + 1 : end]
    return (
        any(token.lower in press for token in prose.tokens[head:comma])
        and not any(token.lower in press for token in segment)
        and bool(segment)
        and segment[0].lower not in words.relatives
    )


def _closes(prose: Prose, words: Words, start: int, end: int, limit: int) -> bool:
    """Whether an apposition ``start:end`` ends with a comma and what is said can begin after it."""
    if end + 1 >= limit or prose.tokens[end].text != ",":
        return False
    following, first = prose.tokens[end + 1], prose.tokens[start]
    if following.lower in words.joining | words.conjunctions | words.leading:
        return False
    # Where small words open clauses as well as appositions, only known words open one here.
    return not words.language.words("comma") or first.is_capital or first.lower in words.appositions | words.relatives


def _explains(prose: Prose, words: Words, head: int, comma: int, end: int) -> bool:
    """Whether what follows the comma tells who the name before it is."""
    start = comma + 1
    if start >= end:
        return False
    first = prose.tokens[start]
    segment = prose.tokens[start:end]
    if first.is_capital and first.lower not in words.appositions:
        described = len(segment) > 1 and (prose.tokens[head].is_small or prose.tokens[head].lower in words.determiners)
        named = (
            (prose.tokens[comma - 1].is_small or described)
            and len(segment) <= MAX_NAME
            and first.lower not in words.prepositions
        )
        whole = all(token.is_capital or not token.is_word or token.lower in PARTICLES for token in segment)
        return named and whole and segment[-1].is_capital
    if not is_apposition(prose, words, start, end) or words.is_adverb(first) or first.lower.endswith("ing"):
        return False
    if first.lower in words.relatives:
        return True
    if first.lower in words.joining | words.conjunctions:
        return False
    verb = next((n for n, token in enumerate(segment) if words.is_verb(token)), len(segment))
    return verb == len(segment) or any(token.lower in words.relatives for token in segment[:verb])


def _phrase_end(prose: Prose, words: Words, start: int, limit: int) -> int:
    inner = words.language.words("genitive") or words.of
    index = start
    while index < limit and index - start < MAX_SUBJECT and not boundary(prose, index):
        token = prose.tokens[index]
        if index > start:
            if words.is_time(token) or token.lower in words.conjunctions - words.relatives:
                break
            if prose.tokens[index - 1].is_capital and _is_hearer(words, token):
                break
            verb = words.is_verb(token) and not _is_syllable(prose, words, index)
            verb = verb or (token.is_small and phrase_at(prose, index, limit, "acts") > 0)
            if verb and not _in_relative(prose, words, start, index):
                break
            if words.is_adverb(token) and token.lower not in words.determiners:
                break
            if token.lower in words.prepositions - inner and names_occasion(prose, words, index, limit):
                break
            named = token.is_capital and prose.tokens[index - 1].is_capital
            before = prose.tokens[index - 1].lower
            if words.is_pronoun(token) and not named and before not in words.prepositions | words.joining:
                break
        elif length := phrase_at(prose, index, limit, "latter") or phrase_at(prose, index, limit, "latter_feminine"):
            return index + length
        elif words.is_pronoun(token) and not _goes_before_noun(prose, words, index, limit):
            return index + 1
        index += 1
    while index > start and prose.tokens[index - 1].lower in words.joining | words.prepositions:
        index -= 1
    return index


def _goes_before_noun(prose: Prose, words: Words, index: int, limit: int) -> bool:
    """Whether a word that may be a pronoun is none here: "esta maestra", "ông Putin"."""
    if index + 1 >= limit:
        return False
    token, following = prose.tokens[index], prose.tokens[index + 1]
    if following.is_capital or token.lower not in words.determiners:
        return following.is_capital
    other = words.prepositions | words.conjunctions | words.relatives | words.joining | words.adverbs
    return following.is_small and following.lower not in other and not words.is_verb(following)


def _is_hearer(words: Words, token: Token) -> bool:
    """ "сказав Зеленський майстрам", "a déclaré Mme Diop devant des écoliers": after a name, to whom it is said."""
    if not token.is_small:
        return False
    endings = tuple(words.language.words("hearer_endings"))
    return token.lower in words.language.words("before_hearers") or bool(endings and token.lower.endswith(endings))


def _in_relative(prose: Prose, words: Words, start: int, index: int) -> bool:
    return any(token.lower in words.relatives for token in prose.tokens[start + 1 : index])


def _apposition_end(prose: Prose, words: Words, start: int, limit: int) -> int:
    index = start
    while index < limit and index - start < MAX_SUBJECT and not boundary(prose, index):
        index += 1
    return index


def main_subject(prose: Prose, words: Words, sentence: Sentence, floor: int, before: int) -> Phrase | None:
    """The sentence's own subject, for a cue that has none beside it ("…, adding that"; "X did this and said that")."""
    start = floor
    for _ in range(MAX_SEGMENTS):
        while start < before and not prose.tokens[start].is_word and not prose.is_quoted(start):
            start += 1
        if start >= before or prose.is_quoted(start):
            return None
        lead = prose.tokens[start]
        if lead.lower in words.prepositions | words.conjunctions or words.is_time(lead) or words.is_adverb(lead):
            comma = next(
                (i for i in range(start, before) if prose.tokens[i].text == "," and not prose.is_quoted(i)), None
            )
            skipped = strip_lead(prose, words, start, comma if comma is not None else before)
            if comma is None or (
                skipped < comma and lead.lower not in words.conjunctions and _verb_in(prose, words, skipped, comma)
            ):
                start = skipped
                break
            start = comma + 1
            continue
        break
    start = strip_lead(prose, words, start, before)
    found = subject_after(prose, words, start, before)
    if found is None:
        return None
    first, end = found
    if end < before and prose.tokens[end].text == "," and not prose.is_quoted(end):
        return first, end
    return first, end


def _verb_in(prose: Prose, words: Words, start: int, end: int) -> bool:
    return any(words.is_verb(token) for token in prose.tokens[start:end])
