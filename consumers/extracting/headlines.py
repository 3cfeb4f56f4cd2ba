"""Headlines and lines of a live blog that name who speaks: "Meier: The hall opens", "Meier, zur Halle: „Sie ist auf“",
"The hall opens: Meier", "The hall opens — Meier"; and words at the head that nobody signs. Pure.

A colon alone says little ("Analysis: …"), so the name counts only where the text goes on to let that one speak; before
words in marks it is enough that the text has the whole name.
"""

from collections.abc import Sequence

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sources import trimmed
from consumers.extracting.tokens import Span, Token

MAX_LABEL = 5
"""Tokens before the colon."""
MAX_TOPIC = 8
"""Tokens of ", on the rise of prices" between a name and the colon."""
MIN_WORDS = 3
"""Words that are said."""
MIN_PLAIN = 4
"""Letters of a small word that no title has."""
MIN_STEM = 4
"""Letters that a name keeps in all its cases."""
MAX_ENDING = 3
COLONS = frozenset(":：")
DASHES = frozenset("—–-")
STOPS = frozenset(".?")


def headlines(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """What such lines say and its parts in marks; none where a line is already read."""
    lines = [line for number in range(len(prose.paragraphs)) for line in _line(prose, number, found)]
    return lines or _outcry(prose, found)


def _line(prose: Prose, number: int, found: Sequence[Found]) -> list[Found]:
    start, end = prose.paragraphs[number]
    first, last = prose.token_from(start), prose.token_from(end)
    colons = (i for i in range(first + 1, last - 1) if prose.tokens[i].text in COLONS and not prose.is_quoted(i))
    colon = next(colons, None)
    if any(statement.start < end and start < statement.end and statement.speaker for statement in found):
        return []
    if colon is None:
        dashes = (i for i in range(max(first + 1, last - MAX_LABEL), last - 1) if _is_dash(prose, i))
        dash = next(dashes, None) if not number else None
        return _named_last(prose, first, dash, last, found) if dash is not None else []
    if prose.tokens[colon + 1].start == prose.tokens[colon].end:
        return []
    return _named_first(prose, first, colon, last, found) or _named_last(prose, first, colon, last, found)


def _is_dash(prose: Prose, index: int) -> bool:
    """Whether a dash stands here between spaces."""
    token = prose.tokens[index]
    spaced = prose.tokens[index - 1].end < token.start and token.end < prose.tokens[index + 1].start
    return token.text in DASHES and spaced and not prose.is_quoted(index)


def _outcry(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """ "‘I lost all I had’: Families tell of the fire": words at the head that nobody signs, where titles have capitals
    in all their longer words and these have not."""
    quotation = prose.quotation_of(prose.token_from(prose.paragraphs[0][0])) if prose.paragraphs else None
    if quotation is None or not prose.language.words("capital_titles"):
        return []
    last = prose.token_from(quotation.end)
    words = [token for token in prose.tokens[prose.token_from(quotation.start) : last] if token.is_word]
    plain = any(token.is_small and len(token.text) >= MIN_PLAIN for token in words)
    behind = prose.tokens[last] if last < len(prose.tokens) else None
    if behind is None or behind.text not in COLONS or len(words) < MIN_WORDS or not plain:
        return []
    if any(statement.start < quotation.end for statement in found):
        return []
    return [Found(((quotation.start, quotation.end),), "direct", (prose.span(last, last + 1),), None, "nobody")]


def _named_first(prose: Prose, first: int, colon: int, last: int, found: Sequence[Found]) -> list[Found]:
    begin, stop = trimmed(prose, colon + 1, last)
    quotation = prose.quotation_of(colon + 1)
    name = _label(prose, first, colon, topic=quotation is not None)
    if name is None:
        return []
    cue = (prose.span(colon, colon + 1),)
    if quotation is not None:
        known = _speaks(prose, found, name) or _is_named_in_full(prose, first, last, name)
        said = prose.tokens[colon + 1 : prose.token_from(quotation.end)]
        if not known or _words(said) < MIN_WORDS:
            return []
        return [Found(((quotation.start, quotation.end),), "direct", cue, prose.span(*name))]
    if prose.tokens[last - 1].text in STOPS or _words(prose.tokens[begin:stop]) < MIN_WORDS:
        return []
    return _told(prose, (begin, stop), cue, name) if _speaks(prose, found, name) else []


def _named_last(prose: Prose, first: int, colon: int, last: int, found: Sequence[Found]) -> list[Found]:
    """ "The hall opens: Meier"."""
    plain = all(token.is_word for token in prose.tokens[colon + 1 : last]) and not prose.is_quoted(last - 1)
    name = (colon + 1, last) if plain and last - colon <= MAX_LABEL else None
    if name is None or _words(prose.tokens[first:colon]) < MIN_WORDS:
        return []
    quotation = prose.quotation_of(first)
    quoted = quotation is not None and prose.token_from(quotation.end) == colon
    if not (_speaks(prose, found, name) or (quoted and _is_named_in_full(prose, first, last, name))):
        return []
    cue = (prose.span(colon, colon + 1),)
    if quotation is not None and quoted:
        return [Found(((quotation.start, quotation.end),), "direct", cue, prose.span(*name))]
    return _told(prose, trimmed(prose, first, colon), cue, name)


def _told(prose: Prose, piece: tuple[int, int], cue: tuple[Span, ...], name: tuple[int, int]) -> list[Found]:
    whole = prose.span(*piece)
    speaker = prose.span(*name)
    inner = prose.quotations_between(*whole)
    parts = [Found(((q.start, q.end),), "direct", cue, speaker, part_of=whole) for q in inner]
    return [Found((whole,), "indirect", cue, speaker), *parts]


def _label(prose: Prose, first: int, last: int, *, topic: bool) -> tuple[int, int] | None:
    """The name that is all of ``first:last``, or, with ``topic``, all but "on the prices" behind it."""
    small = prose.language.words("determiners")
    end = first
    while end < last and _is_of_name(prose.tokens[end], small) and not prose.is_quoted(end):
        end += 1
    if not 0 < end - first < MAX_LABEL or not prose.tokens[end - 1].is_capital:
        return None
    if end == last:
        return first, end
    rest = end + 1 if prose.tokens[end].text == "," else end
    aside = (
        topic and rest < last <= rest + MAX_TOPIC and prose.tokens[rest].lower in prose.language.words("prepositions")
    )
    signs = any(not token.is_word for token in prose.tokens[rest:last])
    return (first, end) if aside and not signs else None


def _is_of_name(token: Token, small: frozenset[str]) -> bool:
    return token.is_word and (token.is_capital or token.lower in small)


def _words(tokens: Sequence[Token]) -> int:
    return sum(1 for token in tokens if token.is_word)


def _speaks(prose: Prose, found: Sequence[Found], name: tuple[int, int]) -> bool:
    """Whether the text lets that one speak."""
    last = prose.tokens[name[1] - 1].text
    alike = _declined if prose.language.words("nominative_speaks") else str.__eq__
    for statement in found:
        if statement.speaker is not None:
            begin, end = (prose.token_from(offset) for offset in statement.speaker)
            if any(alike(token.text, last) for token in prose.tokens[begin:end]):
                return True
    return False


def _declined(word: str, name: str) -> bool:
    """Whether ``word`` is ``name`` in some case: "Навроцький", "Навроцького"."""
    stem = name[: max(MIN_STEM, len(name) - 2)]
    return word == name or (word.startswith(stem) and abs(len(word) - len(name)) <= MAX_ENDING)


def _is_named_in_full(prose: Prose, first: int, last: int, name: tuple[int, int]) -> bool:
    """Whether the name stands elsewhere behind another word of it: "Claudia Sheinbaum"."""
    text = prose.tokens[name[1] - 1].text
    return any(
        token.text == text and prose.tokens[token.index - 1].is_capital and not first <= token.index < last
        for token in prose.tokens[1:]
    )
