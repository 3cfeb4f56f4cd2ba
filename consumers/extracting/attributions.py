"""Statements in the form of the English attribution corpus PolNeAR (2018): one attribution a source, cue and content.

There a content holds its quoted parts and everything that the same source goes on to say behind one cue, and begins
with whom it is said to where that stands between cue and content ("urged [the city to build]").
"""

from collections.abc import Iterable, Iterator

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span


def attributions(prose: Prose, statements: Iterable[Found]) -> Iterator[Found]:
    """The statements, in order, joined and widened as the corpus has them. Pure."""
    held: Found | None = None
    for found in statements:
        if found.part_of is not None:
            continue
        if held is not None and _goes_on(held, found):
            held = _with(held, (*held.quote, *found.quote))
            continue
        if held is not None:
            yield held
        held = _with(found, _widened(prose, found))
    if held is not None:
        yield held


def _goes_on(held: Found, found: Found) -> bool:
    """A quotation without a cue of its own, by the same speaker."""
    return found.type == "direct" and not found.cue and found.speaker is not None and found.speaker == held.speaker


def _widened(prose: Prose, found: Found) -> tuple[Span, ...]:
    """The quote, with whom it is said to before "to …" and "of …"."""
    begin, end = found.quote[0]
    if found.addressee is None or not found.cue or found.type == "direct":
        return found.quote
    between = found.cue[-1][1] <= found.addressee[0] and found.addressee[1] <= begin
    first = prose.tokens[prose.token_from(begin)].lower
    words = prose.language.words
    if between and first in words("infinitive") | words("charge"):
        return ((found.addressee[0], end), *found.quote[1:])
    return found.quote


def _with(found: Found, quote: tuple[Span, ...]) -> Found:
    return Found(quote, found.type, found.cue, found.speaker, found.speaker_from, found.addressee)
