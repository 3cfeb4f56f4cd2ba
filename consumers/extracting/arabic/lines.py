"""Lines of a ticker, "who: what", and where a text begins behind its dateline. Pure.

A label before a colon says little by itself ("صور:"), so it takes a clock before it, marks behind it, or a word for one
who speaks in it (list ``label_words``); what such a line of its own is called stands in ``labels``.
"""

from collections.abc import Sequence

from consumers.extracting.arabic.phrases import is_in
from consumers.extracting.found import Found, FoundType
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.ticker import is_clock
from consumers.extracting.tokens import Span

MAX_LABEL = 9
"""Tokens before the colon."""
MAX_DATELINE = 10
MIN_WORDS = 2
MIN_ALONE = 3
"""Words in marks behind a label that no word tells to be one who speaks."""
MAX_HEADLINE_LABEL, MAX_LINE = 6, 40
MIN_LINES, MIN_NAME = 2, 3
GAPS = frozenset({"..", "...", "…", "|", "....", "•"})
"""Part what a headline tells."""
DASHES = frozenset("–—-")


def text_start(prose: Prose, sentence: Sentence) -> int:
    """The sentence's first token behind "القاهرة (رويترز) –" at the head of a paragraph."""
    if prose.paragraphs[sentence.paragraph][0] != sentence.start:
        return sentence.first
    for index in range(sentence.first + 1, min(sentence.last - 1, sentence.first + MAX_DATELINE)):
        token = prose.tokens[index]
        if prose.is_quoted(index) or token.text in "،,:":
            break
        apart = prose.tokens[index - 1].end < token.start and token.end < prose.tokens[index + 1].start
        if token.text in DASHES and (apart or prose.tokens[index - 1].text == "."):
            return index + 1
    return sentence.first


def find_line(prose: Prose, sentence: Sentence) -> list[Found]:
    """The statement of a line whose label says who."""
    if prose.paragraphs[sentence.paragraph][0] != sentence.start:
        return []
    start = sentence.first
    timed = is_clock(prose.tokens[start])
    while start < sentence.last - 2 and (
        is_clock(prose.tokens[start]) or not prose.tokens[start].is_word or prose.tokens[start + 1].text == "|"
    ):
        start += 1
    stop = min(sentence.last - 1, start + MAX_LABEL)
    colon = next((i for i in range(start + 1, stop) if prose.tokens[i].text in {":", "："}), None)
    if colon is None or any(not t.is_word for t in prose.tokens[start:colon]) or is_in(prose, start, "labels"):
        return []
    if any(prose.language.cues_from(t.lower, "") for t in prose.tokens[start:colon]):
        return []
    first, last = trimmed(prose, colon + 1, sentence.last)
    quoted = first < last and all(prose.is_quoted(i) for i in range(first, last))
    spoken = any(is_in(prose, i, "label_words") for i in range(start, colon))
    size = sum(1 for token in prose.tokens[first:last] if token.is_word)
    if quoted and not timed and not spoken and size < MIN_ALONE:
        # "تونس: «الأيام»": a place and a paper.
        return []
    if size < MIN_WORDS or not (timed or quoted or spoken or _from(prose, start, colon) > start):
        return []
    speaker = prose.span(_from(prose, start, colon), colon)
    type_: FoundType = "direct" if quoted else "indirect"
    return [Found((prose.span(first, last),), type_, (prose.span(colon, colon + 1),), speaker)]


def _from(prose: Prose, start: int, colon: int) -> int:
    """ "رويترز عن مصدر مطلع: …": the source is named behind the one that passes it on."""
    return next((i + 1 for i in range(start + 1, colon - 1) if prose.tokens[i].lower == "عن"), start)


def headlines(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """What lines without a full stop say, where their label is the name of somebody who speaks elsewhere in the text.

    The first line may tell something else before it: "… ولافروف: لا تراجع".
    """
    if len(prose.paragraphs) < MIN_LINES:
        return []
    told = (_line(prose, span, found) for span in prose.paragraphs)
    return [one for one in told if one is not None]


def _line(prose: Prose, paragraph: Span, found: Sequence[Found]) -> Found | None:
    first, last = prose.token_from(paragraph[0]), prose.token_from(paragraph[1])
    tokens = prose.tokens
    if last - first > MAX_LINE or tokens[last - 1].text in {".", "؟"}:
        return None
    colon = next((i for i in range(last - 2, first, -1) if tokens[i].text == ":" and not prose.is_quoted(i)), None)
    if colon is None:
        return None
    start = colon
    while start > first and tokens[start - 1].is_word and not prose.is_quoted(start - 1):
        start -= 1
    if not 0 < colon - start <= MAX_HEADLINE_LABEL or (start > first and tokens[start - 1].text not in GAPS):
        return None
    name, begin = tokens[colon - 1].lower, tokens[start].start
    if start > first and start == colon - 1 and name.startswith("و"):
        name, begin = name[1:], begin + 1
    name = name.removeprefix("ال")
    said = trimmed(prose, colon + 1, last)
    if len(name) < MIN_NAME or sum(t.is_word for t in tokens[said[0] : said[1]]) < MIN_WORDS:
        return None
    others = (f for f in found if f.speaker and not paragraph[0] <= f.start < paragraph[1])
    if not any(name in prose.text[slice(*f.speaker)] for f in others if f.speaker):
        return None
    type_: FoundType = "direct" if all(prose.is_quoted(i) for i in range(*said)) else "indirect"
    return Found((prose.span(*said),), type_, (prose.span(colon, colon + 1),), (begin, tokens[colon - 1].end))
