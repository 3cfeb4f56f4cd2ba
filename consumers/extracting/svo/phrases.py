"""What noun phrases are made of: where they end, what leads in before them, what explains them."""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence, is_named_by_letter
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.words import Words, is_name, is_sign
from consumers.extracting.ticker import is_clock

MAX_SUBJECT = 40
"""Tokens of the longest subject, appositions and relative clauses included."""
MAX_DATELINE = 10
SURNAMES = "surname_endings"
"""List of a language that declines names: how surnames end in the nominative."""
CLAUSE_STOPS = frozenset(",;:.")

Phrase = tuple[int, int]


def boundary(prose: Prose, index: int) -> bool:
    if prose.is_quoted(index):
        return not is_name(prose, index)
    if is_sign(prose, index):
        return True
    token = prose.tokens[index]
    if token.text not in ENDS:
        return False
    before = prose.tokens[index - 1] if index else token
    after = prose.tokens[index + 1] if index + 1 < len(prose.tokens) else token
    # "Mr. Smith", "George W. Bush", "EE.UU., John Moll"
    shortened = before.lower + "." in prose.language.abbreviations or (
        len(before.text) == 1
        and before.is_capital
        and not is_named_by_letter(prose.tokens, index - 1, prose.language.words("letters"))
    )
    shortened = shortened or (before.text.isupper() and (after.is_small or after.text in {",", ")"}))
    shortened = shortened or (before.text.isupper() and after.text.isupper() and token.end == after.start)
    return not (token.text == "." and before.end == token.start and shortened)


def segment_before(prose: Prose, floor: int, end: int) -> int:
    """Start of the run of tokens without signs and quotation marks that ends at ``end``."""
    start = end
    while start > floor and not boundary(prose, start - 1) and end - start < MAX_SUBJECT:
        start -= 1
    return start


def is_phrase(prose: Prose, words: Words, start: int, end: int) -> bool:
    first = prose.tokens[start]
    if prose.is_quoted(start):
        return is_name(prose, start)
    if not first.is_word or first.lower in words.conjunctions:
        return False
    if first.lower in words.objects - words.determiners and not words.is_pronoun(first):
        return False
    if first.lower in words.prepositions - words.determiners - words.language.words("articles_first"):
        return False
    if end - start == 1 and (words.is_verb(first) or first.lower in words.determiners - set(words.language.pronouns)):
        return words.is_pronoun(first)
    return any(token.is_word for token in prose.tokens[start:end])


def names_only(prose: Prose, start: int, end: int) -> bool:
    """ "Chad, Niger vow …": a list of names as headlines have it, the comma for "and"."""
    pairs = zip(prose.tokens[start:end], prose.tokens[start + 1 : end], strict=False)
    listed = all(one.is_capital or (one.text == "," and other.is_capital) for one, other in pairs)
    return listed and prose.tokens[end - 1].is_capital and any(t.text == "," for t in prose.tokens[start:end])


def is_adverbial(prose: Prose, words: Words, start: int, end: int) -> bool:
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


def is_apposition(prose: Prose, words: Words, start: int, end: int) -> bool:
    """Whether the segment explains the name before it."""
    first = prose.tokens[start]
    return (
        first.lower in words.relatives
        or first.lower in words.appositions
        or first.text.isdigit()
        or (first.is_small and first.lower not in words.prepositions and first.lower not in words.leading)
    )


def dateline_end(prose: Prose, words: Words, sentence: Sentence) -> int:
    """Where the text begins after "TASHKENT, March 4 (Reuters) – " at the head of a paragraph."""
    first = sentence.first
    if prose.paragraphs[sentence.paragraph][0] != sentence.start:
        return first
    for index in range(first + 1, min(sentence.last - 1, first + MAX_DATELINE)):
        token, following = prose.tokens[index], prose.tokens[index + 1]
        double = token.text == "-" and following.text == "-"
        if token.text in {"-", "–", "—", "--"} and (double or (following.is_capital and following.start > token.end)):
            head = prose.tokens[first:index]
            # "BERLIN (dpa) —": agencies stand in brackets, some of them small.
            inside = {t.index for n, t in enumerate(head) if n and head[n - 1].text == "("}
            # "3 mar": a month is short, and may be another word.
            months = {t.index for n, t in enumerate(head) if n and head[n - 1].text.isdigit()}
            known = inside | months
            named = all(
                t.is_capital or t.text.isdigit() or not t.is_word or words.is_time(t) or t.index in known for t in head
            )
            while index + 2 < sentence.last and prose.tokens[index + 1].text == token.text:
                index += 1  # noqa: PLW2901
            return index + 1 if named and (token.start > head[-1].end or head[-1].text == ".") else first
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
        elif phrase_at(prose, start, end, "not_times"):
            break
        elif not token.is_word or is_clock(token) or token.lower in words.joining or words.is_time(token):
            start, moved = start + 1, True
        elif token.lower in words.prepositions - words.language.words("articles_first"):
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
            if token.is_capital and before.is_capital and token.lower.endswith(tuple(words.language.words(SURNAMES))):
                # "На вопрос о поездке в Индию Песков ответил"
                return index
        seen_noun = seen_noun or not determiner
        index += 1
    return end


def names_occasion(prose: Prose, words: Words, index: int, limit: int) -> bool:
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
