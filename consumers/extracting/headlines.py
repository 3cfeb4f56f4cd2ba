"""Headlines and lines of a live blog that name who speaks: "Meier: The hall opens", "Meier, zur Halle: „Sie ist auf“",
"The hall opens: Meier", "The hall opens — Meier"; and words at the head that nobody signs. Pure.

A colon alone says little ("Analysis: …"), so the name counts only where the text goes on to let that one speak; before
words in marks it is enough that the text has the whole name.
"""

from bisect import bisect_right
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


class Told:
    """What a text tells besides: who speaks in it, and which paragraphs are read."""

    def __init__(self, prose: Prose, found: Sequence[Found]) -> None:
        starts = [start for start, _ in prose.paragraphs]
        self.read: set[int] = set()
        """Paragraphs in which somebody says something."""
        self.speaking: set[str] = set()
        """Words of speakers."""
        for statement in found:
            if statement.speaker is not None:
                first, last = (bisect_right(starts, at) for at in (statement.start, statement.end - 1))
                self.read.update(range(first - 1, last))
                begin, end = (prose.token_from(offset) for offset in statement.speaker)
                self.speaking.update(token.text for token in prose.tokens[begin:end])
        self._alike: dict[str, list[str]] = {}
        """Where names are declined: their first letters → words of speakers."""
        for word in self.speaking if prose.language.words("nominative_speaks") else ():
            self._alike.setdefault(word[:MIN_STEM], []).append(word)

    def speaks(self, name: str) -> bool:
        """Whether the text lets one speak whose name this is, in whatever case."""
        alike = self._alike.get(name[:MIN_STEM], ())
        return name in self.speaking or any(_declined(word, name) for word in alike)


def headlines(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """What such lines say and its parts in marks; none where a line is already read."""
    told = Told(prose, found)
    lines = [
        line
        for number in range(len(prose.paragraphs))
        if number not in told.read
        for line in _line(prose, number, told)
    ]
    return lines or _outcry(prose, found)


def _line(prose: Prose, number: int, told: Told) -> list[Found]:
    start, end = prose.paragraphs[number]
    first, last = prose.token_from(start), prose.token_from(end)
    colons = (i for i in range(first + 1, last - 1) if prose.tokens[i].text in COLONS and not prose.is_quoted(i))
    colon = next(colons, None)
    if colon is None:
        dashes = (i for i in range(max(first + 1, last - MAX_LABEL), last - 1) if _is_dash(prose, i))
        dash = next(dashes, None) if not number else None
        return _named_last(prose, first, dash, last, told) if dash is not None else []
    if prose.tokens[colon + 1].start == prose.tokens[colon].end:
        return []
    return _named_first(prose, first, colon, last, told) or _named_last(prose, first, colon, last, told)


def _is_dash(prose: Prose, index: int) -> bool:
    """Whether a dash stands here between spaces."""
    token = prose.tokens[index]
    spaced = prose.tokens[index - 1].end < token.start and token.end < prose.tokens[index + 1].start
    return token.text in DASHES and spaced and not prose.is_quoted(index)


def _outcry(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """ "‘I lost all I had’: Families tell of the fire": words at the head that nobody signs; where titles have capitals
    in all their longer words and these have not, or papers quote so before they say whom (``quotes_lead``)."""
    quotation = prose.quotation_of(prose.token_from(prose.paragraphs[0][0])) if prose.paragraphs else None
    told, leads = (bool(prose.language.words(name)) for name in ("capital_titles", "quotes_lead"))
    if quotation is None or not (told or leads):
        return []
    last = prose.token_from(quotation.end)
    words = [token for token in prose.tokens[prose.token_from(quotation.start) : last] if token.is_word]
    plain = any(token.is_small and len(token.text) >= MIN_PLAIN for token in words) if told else len(words) > MIN_WORDS
    behind = prose.tokens[last] if last < len(prose.tokens) else None
    if behind is None or behind.text not in COLONS or len(words) < MIN_WORDS or not plain:
        return []
    if any(statement.start < quotation.end for statement in found):
        return []
    return [Found(((quotation.start, quotation.end),), "direct", (prose.span(last, last + 1),), None, "nobody")]


def _named_first(prose: Prose, first: int, colon: int, last: int, told: Told) -> list[Found]:
    begin, stop = trimmed(prose, colon + 1, last)
    quotation = prose.quotation_of(colon + 1)
    name = _label(prose, first, colon, topic=quotation is not None)
    if name is None:
        return []
    cue = (prose.span(colon, colon + 1),)
    if quotation is not None:
        word = prose.tokens[name[1] - 1].text
        known = told.speaks(word) or prose.names_in_full(word, first, last)
        said = prose.tokens[colon + 1 : prose.token_from(quotation.end)]
        if not known or _words(said) < MIN_WORDS:
            return []
        return [Found(((quotation.start, quotation.end),), "direct", cue, prose.span(*name))]
    if prose.tokens[last - 1].text in STOPS or _words(prose.tokens[begin:stop]) < MIN_WORDS:
        return []
    return _told(prose, (begin, stop), cue, name) if told.speaks(prose.tokens[name[1] - 1].text) else []


def _named_last(prose: Prose, first: int, colon: int, last: int, told: Told) -> list[Found]:
    """ "The hall opens: Meier"."""
    plain = all(token.is_word for token in prose.tokens[colon + 1 : last]) and not prose.is_quoted(last - 1)
    name = (colon + 1, last) if plain and last - colon <= MAX_LABEL else None
    if name is None or _words(prose.tokens[first:colon]) < MIN_WORDS:
        return []
    quotation = prose.quotation_of(first)
    quoted = quotation is not None and prose.token_from(quotation.end) == colon
    word = prose.tokens[name[1] - 1].text
    if not (told.speaks(word) or (quoted and prose.names_in_full(word, first, last))):
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


def _declined(word: str, name: str) -> bool:
    """Whether ``word`` is ``name`` in some case: "Навроцький", "Навроцького"."""
    stem = name[: max(MIN_STEM, len(name) - 2)]
    return word == name or (word.startswith(stem) and abs(len(word) - len(name)) <= MAX_ENDING)
