"""Speakers named by a label and a colon: the answers of a printed interview, and headlines ("Meier: The hall opens").

A colon alone says little ("Analysis: …", "Photo: …"), so a label counts only where the text says it twice: in an
interview as the label of several paragraphs beside other labels, in a headline as the speaker of something below.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sources import trimmed
from consumers.extracting.tokens import Span

MAX_LABEL = 5
"""Tokens before the colon."""
MIN_WORDS = 3
"""Words behind it."""
MIN_TURNS = 2
"""Paragraphs with the same label, and labels, of an interview."""
MIN_PLAIN = 4
"""Letters of a small word that no title has."""
COLONS = frozenset(":：")
DASHES = frozenset("—–-")

Tokens = tuple[int, int]


def with_labelled(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with the statements that labels tell of; in an interview a paragraph is one statement."""
    labels = list(_labels(prose))
    turns = _turns(prose, labels)
    if turns:
        spans = [prose.paragraphs[number] for number, _ in turns]
        kept = [f for f in found if not any(start <= f.start < end for start, end in spans)]
        told = [said for number, colon in turns if (said := _turn(prose, number, colon)) is not None]
        return sorted([*kept, *told], key=lambda statement: (statement.start, -statement.end))
    if not prose.paragraphs:
        return list(found)
    colon = labels[0][1] if labels and labels[0][0] == 0 else None
    headline = _headline(prose, colon, found) if colon is not None else _signed(prose, found) or _outcry(prose, found)
    return [headline, *found] if headline is not None else list(found)


def _labels(prose: Prose) -> Iterator[tuple[int, int]]:
    """Number of each paragraph that begins with capitalised words and a colon, and the colon's token."""
    for number, (start, end) in enumerate(prose.paragraphs):
        first, last = prose.token_from(start), prose.token_from(end)
        stop = min(last - 1, first + MAX_LABEL)
        colon = next((i for i in range(first + 1, stop) if prose.tokens[i].text in COLONS), None)
        if colon is None or prose.tokens[colon + 1].start == prose.tokens[colon].end:
            continue
        small = prose.language.words("determiners")
        head = prose.tokens[first:colon]
        if all(t.is_word and (t.is_capital or t.lower in small) for t in head) and not prose.is_quoted(first):
            yield number, colon


def _turns(prose: Prose, labels: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of an interview: two labels or more, each of several paragraphs."""
    count = Counter(_text(prose, number, colon) for number, colon in labels)
    speakers = {label for label, times in count.items() if times >= MIN_TURNS}
    if len(speakers) < MIN_TURNS:
        return []
    return [(number, colon) for number, colon in labels if _text(prose, number, colon) in speakers]


def _text(prose: Prose, number: int, colon: int) -> str:
    return prose.text[prose.paragraphs[number][0] : prose.tokens[colon].start].strip()


def _turn(prose: Prose, number: int, colon: int) -> Found | None:
    """What a paragraph's label says; None for the one who asks."""
    start, end = prose.paragraphs[number]
    first, last = prose.token_from(start), prose.token_from(end)
    if prose.tokens[first].lower in prose.language.words("asking") or last - colon <= 1:
        return None
    quote: Span = (prose.tokens[colon + 1].start, prose.tokens[last - 1].end)
    return Found((quote,), "direct", (prose.span(colon, colon + 1),), prose.span(first, colon))


def _headline(prose: Prose, colon: int, found: Sequence[Found]) -> Found | None:
    """What the first line says, where its label ends like the speaker of something further down."""
    start, end = prose.paragraphs[0]
    first, last = prose.token_from(start), prose.token_from(end)
    if prose.tokens[last - 1].text in {".", "?"}:
        return None
    return _told(prose, (colon + 1, last), (colon, colon + 1), (first, colon), found)


def _signed(prose: Prose, found: Sequence[Found]) -> Found | None:
    """The same with the label behind: "The hall is safe: Meier", "The hall is safe — mayor"."""
    start, end = prose.paragraphs[0]
    first, last = prose.token_from(start), prose.token_from(end)
    signs = (i for i in range(max(first + MIN_WORDS, last - MAX_LABEL), last - 1) if _parts(prose, i))
    sign = next(signs, None)
    if sign is None or not all(t.is_word for t in prose.tokens[sign + 1 : last]) or prose.is_quoted(last - 1):
        return None
    return _told(prose, (first, sign), (sign, sign + 1), (sign + 1, last), found)


def _parts(prose: Prose, index: int) -> bool:
    """Whether a colon, or a dash between spaces, stands here."""
    token = prose.tokens[index]
    spaced = prose.tokens[index - 1].end < token.start and token.end < prose.tokens[index + 1].start
    return not prose.is_quoted(index) and (token.text in COLONS or (token.text in DASHES and spaced))


def _outcry(prose: Prose, found: Sequence[Found]) -> Found | None:
    """ "‘I lost all I had’: Families tell of the fire": words at the head that nobody signs, where titles have capitals
    in all their longer words and these have not."""
    first = prose.token_from(prose.paragraphs[0][0])
    quotation = prose.quotation_of(first)
    if quotation is None or not prose.language.words("capital_titles"):
        return None
    last = prose.token_from(quotation.end)
    words = [token for token in prose.tokens[first:last] if token.is_word]
    plain = any(token.is_small and len(token.text) >= MIN_PLAIN for token in words)
    behind = prose.tokens[last] if last < len(prose.tokens) else None
    if behind is None or behind.text not in COLONS or len(words) < MIN_WORDS or not plain:
        return None
    if any(statement.start < quotation.end for statement in found):
        return None
    return Found(((quotation.start, quotation.end),), "direct", (prose.span(last, last + 1),), None, "nobody")


def _told(prose: Prose, said: Tokens, sign: Tokens, label: Tokens, found: Sequence[Found]) -> Found | None:
    """The headline's statement, if the last word of its label speaks further down."""
    begin, stop = trimmed(prose, *said)
    words = sum(1 for token in prose.tokens[begin:stop] if token.is_word)
    end = prose.paragraphs[0][1]
    name = prose.tokens[label[1] - 1].lower
    if words < MIN_WORDS or any(statement.start < end for statement in found):
        return None
    if not any(_names(prose, statement.speaker, name) for statement in found):
        return None
    quotation = prose.quotation_of(begin)
    whole = quotation is not None and (quotation.start, quotation.end) == prose.span(begin, stop)
    if quotation is not None and not whole and prose.is_quoted(stop - 1):
        # “Yes,” and then “no”: who says which of them the label does not tell.
        return None
    return Found(
        (prose.span(begin, stop),), "direct" if whole else "indirect", (prose.span(*sign),), prose.span(*label)
    )


def _names(prose: Prose, speaker: Span | None, name: str) -> bool:
    if speaker is None:
        return False
    return any(t.lower == name for t in prose.tokens[prose.token_from(speaker[0]) : prose.token_from(speaker[1])])
