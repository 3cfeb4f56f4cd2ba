"""A sentence cut where signs part it: at commas and colons, and round quotations that are sentences themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consumers.extracting.chinese.script import simplified
from consumers.extracting.language import Language
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.tokens import Span

PARTING = frozenset("，,；;：:")
STOPS = ENDS | frozenset("，,")
OPENING = {"《": "》", "（": "）", "(": ")", "〈": "〉"}
DATELINE = re.compile(
    r"【[^】]{2,12}】\s*(?:[（(][^）)]{0,8}记者[^）)]{2,16}[）)]\s*)?"
    r"|[（(]?[^，。：；“「]{2,24}?(?:日电|日讯|本报讯|讯)(?:[）)]|\s+|（[^）]{2,20}）|(?=\s))\s*"
)
GAP = re.compile(r"(?<=[\u4e00-\u9fff”」])[ \u3000]+(?=[\u4e00-\u9fff“「])")
"""Between the parts of a headline, which has no other signs."""
GAP_SIGN = " "
BULLET = re.compile(r"(?:\d{1,2}[:：]\d{2}|[◎●■◆▲※·•—–-])\s*")


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters ``start:end`` without the sign behind it. ``quoted``: all of it is one quotation, with its marks."""

    start: int
    end: int
    sign: str
    quoted: bool = False


@dataclass(frozen=True)
class Layout:
    """One sentence. ``plain`` is its text in simplified characters, ``offset`` where it begins."""

    prose: Prose
    sentence: Sentence
    plain: str
    offset: int
    clauses: tuple[Clause, ...]
    bullet: bool = False
    """A line of a list or a ticker."""

    def text(self, start: int, end: int) -> str:
        """Characters of the article, simplified."""
        return self.plain[start - self.offset : end - self.offset]

    def words(self, clause: Clause) -> str:
        return self.text(clause.start, clause.end)

    def number_at(self, offset: int) -> int:
        """Index of the clause that holds the character; the last one that begins before it."""
        return max((n for n, clause in enumerate(self.clauses) if clause.start <= offset), default=0)

    def next_quoted(self, number: int) -> bool:
        """Whether the clause behind ``number`` is a quotation."""
        return number + 1 < len(self.clauses) and self.clauses[number + 1].quoted


def lay_out(prose: Prose, sentence: Sentence) -> Layout:
    """The clauses of ``sentence``, behind its dateline, clock or bullet."""
    text = simplified(prose.text[sentence.start : sentence.end])
    first, bullet = sentence.first, False
    if prose.paragraphs[sentence.paragraph][0] == sentence.start:
        dateline = DATELINE.match(text)
        point = None if dateline else BULLET.match(text)
        bullet = point is not None
        head = dateline or point
        first = prose.token_from(sentence.start + head.end()) if head else first
    gaps: frozenset[int] = frozenset()
    if sentence.paragraph == 0 and len(prose.paragraphs) > 1:
        gaps = frozenset(prose.token_from(sentence.start + gap.end()) for gap in GAP.finditer(text))
    return Layout(prose, sentence, text, sentence.start, tuple(_cut(prose, first, sentence.last, gaps)), bullet)


def _cut(prose: Prose, first: int, last: int, gaps: frozenset[int]) -> list[Clause]:
    """``gaps``: tokens before which a space parts a headline."""
    clauses: list[Clause] = []
    begin, index = first, first

    def close(end: int, sign: str, *, quoted: bool = False) -> None:
        while end > begin and prose.tokens[end - 1].text in ENDS and not quoted:
            end -= 1
        if end > begin:
            clauses.append(Clause(*prose.span(begin, end), sign, quoted))

    while index < last:
        if index in gaps and index > begin:
            close(index, GAP_SIGN)
            begin = index
        quotation = prose.quotation_of(index)
        token = prose.tokens[index]
        if quotation is not None:
            stop = min(last, prose.token_from(quotation.end))
            whole = index == begin and (stop >= last or not prose.tokens[stop].is_word)
            if whole or prose.tokens[stop - 2].text in STOPS:
                close(index, "")
                begin = index
                sign = prose.tokens[stop].text if stop < last and prose.tokens[stop].text in PARTING else ""
                close(stop, sign, quoted=True)
                begin = index = stop + bool(sign)
            else:
                index = stop
        elif token.text in OPENING:
            index = _past(prose, index, last, OPENING[token.text])
        elif token.text in PARTING:
            close(index, token.text)
            begin = index = index + 1
        else:
            index += 1
    close(last, "")
    return clauses


def _past(prose: Prose, index: int, last: int, closing: str) -> int:
    """Behind the sign that closes what opens at ``index``; the next token when nothing does."""
    close = next((i for i in range(index + 1, last) if prose.tokens[i].text == closing), None)
    return index + 1 if close is None else close + 1


@lru_cache(maxsize=256)
def pattern(language: Language, name: str, form: str = "{}") -> re.Pattern[str]:
    """A regular expression of the word list ``name``, longest words first, set into ``form``."""
    words = sorted((word.replace(" ", "") for word in language.words(name)), key=lambda word: (-len(word), word))
    either = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(form.replace("{}", f"(?:{either})"))


def bare(prose: Prose, span: Span) -> Span | None:
    """The span without signs and white space at its rims; quotation marks that pair stay. None when nothing is left."""
    first, last = prose.token_from(span[0]), prose.token_from(span[1])
    while first < last and not prose.tokens[first].is_word and not _stays(prose, first):
        first += 1
    while first < last and not prose.tokens[last - 1].is_word and not _stays(prose, last - 1):
        last -= 1
    return prose.span(first, last) if first < last else None


def _stays(prose: Prose, index: int) -> bool:
    return prose.is_quoted(index) or prose.tokens[index].text in {"《", "》", "）", ")", "%", "（", "(", "+"}


def all_quoted(prose: Prose, spans: Sequence[Span]) -> bool:
    """Whether every word of the spans stands in quotation marks."""
    tokens = [i for start, end in spans for i in range(prose.token_from(start), prose.token_from(end))]
    return all(prose.is_quoted(i) for i in tokens if prose.tokens[i].is_word)
