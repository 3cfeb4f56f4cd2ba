"""Who says it: the noun phrase before the cue, after it, or at the sentence's head. Token ranges, end exclusive."""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.words import Words, is_name, is_sign
from consumers.extracting.ticker import is_clock

MAX_SUBJECT = 40
"""Tokens of the longest subject, appositions and relative clauses included."""
MAX_DATELINE = 10
MONTHS = frozenset(
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ]
)
"""Months that are written small, as they stand in datelines."""
MAX_NAME = 4
"""Words of a name that follows a description: "the chief planner, Olzhas Bekov"."""
MAX_SEGMENTS = 4
"""Appositions after a name, at most."""

Phrase = tuple[int, int]


def _boundary(prose: Prose, index: int) -> bool:
    if prose.is_quoted(index):
        return not is_name(prose, index)
    if is_sign(prose, index):
        return True
    token = prose.tokens[index]
    if token.text not in ENDS:
        return False
    before = prose.tokens[index - 1] if index else token
    # "Mr. Smith", "George W. Bush"
    shortened = before.lower + "." in prose.language.abbreviations or (len(before.text) == 1 and before.is_capital)
    return not (token.text == "." and before.end == token.start and shortened)


def segment_before(prose: Prose, floor: int, end: int) -> int:
    """Start of the run of tokens without signs and quotation marks that ends at ``end``."""
    start = end
    while start > floor and not _boundary(prose, start - 1) and end - start < MAX_SUBJECT:
        start -= 1
    return start


def subject_before(prose: Prose, words: Words, floor: int, end: int) -> Phrase | None:
    """The phrase that ends at ``end``, where the cue (with its auxiliaries and adverbs) begins."""
    if end <= floor or (prose.is_quoted(end - 1) and not is_name(prose, end - 1)):
        return None
    if prose.tokens[end - 1].text in {",", ")", "—", "–", "،"}:
        return _with_apposition(prose, words, floor, end)
    if prose.tokens[end - 1].lower in words.joining:
        return None
    if prose.tokens[end - 1].lower in words.relatives:
        return end - 1, end
    start = segment_before(prose, floor, end)
    head = start
    start = _after_clause(prose, words, start, end)
    start = strip_lead(prose, words, start, end)
    if start >= end or not _is_phrase(prose, words, start, end):
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


def _listed(prose: Prose, words: Words, floor: int, start: int, end: int) -> int | None:
    """Start of a list of names "A, B and C" whose last part is ``start:end``."""
    if not any(token.lower in words.joining for token in prose.tokens[start:end]):
        return None
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
        elif words.is_verb(token) and index + 1 < end:
            following = prose.tokens[index + 1]
            if not relative and following.lower not in words.prepositions and index > start:
                begin = index + 1
        index += 1
    return begin


def _new_clause(prose: Prose, words: Words, begin: int, index: int) -> bool:
    """Whether "and" at ``index`` joins clauses: what stands before it holds a verb."""
    if index == begin or words.is_pronoun(prose.tokens[begin]):
        return True
    return any(words.is_verb(token) for token in prose.tokens[begin + 1 : index])


def dateline_end(prose: Prose, sentence: Sentence) -> int:
    """Where the text begins after "TASHKENT, March 4 (Reuters) – " at the head of a paragraph."""
    first = sentence.first
    if prose.paragraphs[sentence.paragraph][0] != sentence.start:
        return first
    for index in range(first + 1, min(sentence.last - 1, first + MAX_DATELINE)):
        token, following = prose.tokens[index], prose.tokens[index + 1]
        if token.text in {"-", "–", "—", "--"} and following.is_capital and following.start > token.end:
            head = prose.tokens[first:index]
            named = all(t.is_capital or t.text.isdigit() or not t.is_word or t.lower in MONTHS for t in head)
            return index + 1 if named and token.start > head[-1].end else first
    return first


def strip_lead(prose: Prose, words: Words, start: int, end: int) -> int:
    """Without what leads in: "But", "On Monday", "In a statement", "Meanwhile"."""
    moved = True
    while moved and start < end:
        moved = False
        token = prose.tokens[start]
        length = phrase_at(prose, start, end, "leading")
        if length:
            start, moved = start + length, True
        elif not token.is_word or is_clock(token) or token.lower in words.joining or words.is_time(token):
            start, moved = start + 1, True
        elif token.lower in words.prepositions:
            start, moved = _after_preposition(prose, words, start + 1, end), True
        elif words.is_adverb(token) and start + 1 < end and token.lower not in words.determiners:
            start, moved = start + 1, True
    return start


def _after_preposition(prose: Prose, words: Words, index: int, end: int) -> int:
    """Where the next noun phrase begins after the one a preposition governs."""
    first = index
    while index < end and words.is_time(prose.tokens[index]):
        index += 1
    if index > first:
        return index
    seen_noun = False
    while index < end:
        token, before = prose.tokens[index], prose.tokens[index - 1]
        determiner = token.lower in words.determiners or words.is_pronoun(token)
        if seen_noun and before.lower not in words.prepositions:
            if determiner and before.lower not in words.determiners:
                return index
            if token.is_capital and before.is_small and before.lower not in words.determiners:
                return index
        seen_noun = seen_noun or not determiner
        index += 1
    return end


def _is_phrase(prose: Prose, words: Words, start: int, end: int) -> bool:
    first = prose.tokens[start]
    if prose.is_quoted(start):
        return is_name(prose, start)
    if not first.is_word or first.lower in words.conjunctions:
        return False
    if first.lower in words.objects - words.determiners and not words.is_pronoun(first):
        return False
    if first.lower in words.prepositions and first.lower not in words.determiners:
        return False
    if end - start == 1 and (words.is_verb(first) or first.lower in words.determiners - set(words.language.pronouns)):
        return words.is_pronoun(first)
    return any(token.is_word for token in prose.tokens[start:end])


def _with_apposition(prose: Prose, words: Words, floor: int, end: int) -> Phrase | None:
    """ "X, the chairman of Y," before its verb: from X to the comma; an adverbial between commas is left out."""
    close = end - 1
    if prose.tokens[close].text == ")":
        opening = next((i for i in range(close, max(floor, close - 12), -1) if prose.tokens[i].text == "("), None)
        if opening is None or opening <= floor:
            return None
        inner = subject_before(prose, words, floor, opening)
        return (inner[0], end) if inner else None
    segment = segment_before(prose, floor, close)
    if segment == close or segment <= floor or prose.tokens[segment - 1].text not in {",", "—", "–", "،"}:
        return None
    adverbial = _is_adverbial(prose, words, segment, close)
    head_end = segment - 1
    for _ in range(MAX_SEGMENTS):
        start = segment_before(prose, floor, head_end)
        if start == head_end or close - start > MAX_SUBJECT:
            return None
        more = start > floor + 1 and prose.tokens[start - 1].text == "," and not prose.is_quoted(start - 2)
        if more and _is_apposition(prose, words, start, head_end):
            head_end = start - 1
            continue
        start = strip_lead(prose, words, _after_clause(prose, words, start, head_end), head_end)
        if start >= head_end or not _is_phrase(prose, words, start, head_end):
            return None
        if any(words.is_verb(token) for token in prose.tokens[start:head_end]):
            return None
        return start, (segment - 1 if adverbial else close)
    return None


def _is_adverbial(prose: Prose, words: Words, start: int, end: int) -> bool:
    first = prose.tokens[start]
    if phrase_at(prose, start, end, "asides_of_subject"):
        return True
    if first.lower in words.of:
        return False
    return (
        first.lower in words.prepositions
        or words.is_time(first)
        or words.is_adverb(first)
        or first.lower in words.leading
    )


def _is_apposition(prose: Prose, words: Words, start: int, end: int) -> bool:
    """Whether the segment explains the name before it."""
    first = prose.tokens[start]
    return (
        first.lower in words.relatives
        or first.lower in words.appositions
        or first.text.isdigit()
        or (first.is_small and first.lower not in words.prepositions and first.lower not in words.leading)
    )


def subject_after(prose: Prose, words: Words, start: int, limit: int, *, leads: bool = False) -> Phrase | None:
    """The phrase that begins at ``start``: after an inverted cue ("said X") or a source phrase ("according to X").

    ``leads``: what is said follows the phrase in the same sentence.
    """
    end = _phrase_end(prose, words, start, limit)
    if end == start or not _is_phrase(prose, words, start, end):
        return None
    if end - start == 1 and words.is_pronoun(prose.tokens[start]):
        return start, end
    for _ in range(MAX_SEGMENTS):
        if end + 1 >= limit or prose.tokens[end].text not in {",", "("} or prose.is_quoted(end + 1):
            break
        if prose.tokens[end].text == "(":
            close = next((i for i in range(end, min(limit, end + 12)) if prose.tokens[i].text == ")"), None)
            if close is None:
                break
            end = close + 1
            continue
        further = _apposition_end(prose, words, end + 1, limit)
        if not _explains(prose, words, end, further) or (leads and not _closes(prose, words, end + 1, further, limit)):
            break
        end = further
    return start, end


def _closes(prose: Prose, words: Words, start: int, end: int, limit: int) -> bool:
    """Whether an apposition ``start:end`` ends with a comma and what is said can begin after it."""
    if end + 1 >= limit or prose.tokens[end].text != ",":
        return False
    following, first = prose.tokens[end + 1], prose.tokens[start]
    if following.lower in words.joining | words.conjunctions | words.leading:
        return False
    # Where small words open clauses as well as appositions, only known words open one here.
    return not words.language.words("comma") or first.is_capital or first.lower in words.appositions | words.relatives


def _explains(prose: Prose, words: Words, comma: int, end: int) -> bool:
    """Whether what follows the comma tells who the name before it is."""
    start = comma + 1
    if start >= end:
        return False
    first = prose.tokens[start]
    segment = prose.tokens[start:end]
    if first.is_capital and first.lower not in words.appositions:
        named = prose.tokens[comma - 1].is_small and len(segment) <= MAX_NAME and first.lower not in words.prepositions
        return named and all(token.is_capital or not token.is_word for token in segment)
    if not _is_apposition(prose, words, start, end) or words.is_adverb(first) or first.lower.endswith("ing"):
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
    while index < limit and index - start < MAX_SUBJECT and not _boundary(prose, index):
        token = prose.tokens[index]
        if index > start:
            if words.is_time(token) or token.lower in words.conjunctions - words.relatives:
                break
            if words.is_verb(token) and not _in_relative(prose, words, start, index):
                break
            if words.is_adverb(token) and token.lower not in words.determiners:
                break
            if token.lower in words.prepositions - inner and _occasion(prose, words, index, limit):
                break
            if words.is_pronoun(token) and prose.tokens[index - 1].lower not in words.prepositions | words.joining:
                break
        elif words.is_pronoun(token) and not (index + 1 < limit and prose.tokens[index + 1].is_capital):
            return index + 1
        index += 1
    while index > start and prose.tokens[index - 1].lower in words.joining | words.prepositions:
        index -= 1
    return index


def _in_relative(prose: Prose, words: Words, start: int, index: int) -> bool:
    return any(token.lower in words.relatives for token in prose.tokens[start + 1 : index])


def _apposition_end(prose: Prose, words: Words, start: int, limit: int) -> int:
    index = start
    while index < limit and index - start < MAX_SUBJECT and not _boundary(prose, index):
        index += 1
    return index


def _occasion(prose: Prose, words: Words, index: int, limit: int) -> bool:
    """Whether the preposition says when or where it was said ("at a rally") and is no part of the name."""
    ahead = prose.tokens[index + 1 : min(limit, index + 6)]
    if not ahead:
        return True
    if words.is_time(ahead[0]) or ahead[0].text.isdigit():
        return True
    for token in ahead:
        if token.text in CLAUSE_STOPS or not token.is_word:
            break
        if token.lower in words.occasions or words.is_time(token):
            return True
    return False


CLAUSE_STOPS = frozenset(",;:.")


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
