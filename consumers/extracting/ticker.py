"""Lines of a ticker: "10:05 Reuters: talks go on" says who before the colon. Only after a clock, where it is sure."""

import re

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import trimmed
from consumers.extracting.tokens import Token

CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
MAX_SOURCE = 8
"""Tokens before the colon."""
MIN_WORDS = 2


def is_clock(token: Token) -> bool:
    """ "09:40", "9.40", "9h40"."""
    return CLOCK.fullmatch(token.text) is not None


def find_ticker(prose: Prose, sentence: Sentence) -> list[Found]:
    """The statement of a ticker's line: what follows the colon, by whoever stands before it."""
    begin = prose.token_from(prose.paragraphs[sentence.paragraph][0])
    if not is_clock(prose.tokens[begin]):
        return []
    start = sentence.first
    clocks = prose.language.words("clocks")
    while start < sentence.last and (
        is_clock(prose.tokens[start]) or not prose.tokens[start].is_word or prose.tokens[start].lower in clocks
    ):
        start += 1
    stop = min(sentence.last - 1, start + MAX_SOURCE)
    colon = next((i for i in range(start + 1, stop) if prose.tokens[i].text in {":", "："}), None)
    if colon is None or not prose.tokens[start].is_capital or any(not t.is_word for t in prose.tokens[start:colon]):
        return []
    quotation = prose.quotation_of(colon + 1)
    if quotation is not None:
        quote = (quotation.start, quotation.end)
    else:
        first, last = trimmed(prose, colon + 1, sentence.last)
        address = any("@" in token.text for token in prose.tokens[first:last])
        if address or sum(1 for token in prose.tokens[first:last] if token.is_word) < MIN_WORDS:
            return []
        quote = prose.span(first, last)
    cue = prose.span(colon, colon + 1)
    return [Found((quote,), "direct" if quotation else "indirect", (cue,), prose.span(start, colon))]
