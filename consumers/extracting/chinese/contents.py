"""What is said: in marks before or behind the verb, or the clauses that follow it. Spans in characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consumers.extracting.chinese.claims import Claim
from consumers.extracting.chinese.layout import STOPS, Clause, Layout, bare, pattern
from consumers.extracting.tokens import Span

COMMAS = frozenset("，,")
MAX_HEARER = 12
QUESTION = re.compile(r"是否|能否|可否|会不会|能不能|有没有|如何|为何|为什么|怎|什么|谁|哪|几|多少|何时")
MIN_OBJECT = 2
WORDED = re.compile(r"(?:了|过|出|道|说|称|着|到|如下|这样|(?:这|一|几|两)(?:句|番|段)话?)*")
"""What may stand between a verb and the sign or the marks behind it."""
ADVERBIAL = re.compile(r"[中时后上里前间下]$")
"""A clause of that end leads in the next one, whose subject may stand in it."""
PLANNED = re.compile(r"(?:把|将|要|应|由|让|对|从)")
NOUNS = re.compile(
    r"^.{0,16}(?:情况|内容|结果|名单|细节|经过|背景|消息|数据|计划|方案|措施|决定|规定|经验|故事|看法|意见|建议|报告|新规|成果)$"
)
"""What is only named: 介绍了相关情况."""
ASPECT = re.compile(r"[了过]?")


@dataclass(frozen=True, slots=True)
class Content:
    """``spans`` of the words, ``last``: the clause they end in; ``before``: they stand before the verb."""

    spans: tuple[Span, ...]
    last: int
    before: bool = False
    named: bool = False
    """An object, no clause."""


def content_of(layout: Layout, claim: Claim, following: Sequence[Claim], taken: int) -> Content | None:
    """The words of ``claim``; ``taken``: the first clause that no claim before it has used."""
    clause = layout.clauses[claim.number]
    right = layout.text(claim.end, clause.end)
    gap = _gap(right)
    quoted_behind = layout.next_quoted(claim.number) and clause.sign in {"：", ":", "，", ",", ""}
    if claim.cue.takes("direct") and (before := _before(layout, claim, right, taken)) is not None:
        return before
    if quoted_behind and gap == len(right) and clause.sign in COMMAS and (parted := _parted(layout, claim)):
        return parted
    if quoted_behind and (clause.sign in {"：", ":"} or gap == len(right)):
        return _from(layout, claim, claim.number + 1, following)
    if gap == len(right):
        if clause.sign in {"，", ",", "：", ":"} and claim.number + 1 < len(layout.clauses):
            return _from(layout, claim, claim.number + 1, following)
        return _behind(layout, claim, taken)
    return _beside(layout, claim, clause, right, gap, following)


def _gap(right: str) -> int:
    """Length of what belongs to the verb behind it."""
    filled = WORDED.match(right)
    gap = filled.end() if filled else 0
    if gap == len(right) or right[gap] in '“「"':
        return gap
    aspect = ASPECT.match(right)
    return aspect.end() if aspect else 0


def _before(layout: Layout, claim: Claim, right: str, taken: int) -> Content | None:
    """“…，”X说: the quotations right before the clause, and what goes on in marks behind it."""
    number = claim.number - 1
    if number < taken or number < 0 or not layout.clauses[number].quoted or re.match(r"[“「：:]", right):
        return None
    first = number
    while first - 1 >= taken and layout.clauses[first - 1].quoted:
        first -= 1
    spans = [(clause.start, clause.end) for clause in layout.clauses[first : claim.number]]
    last = claim.number
    clause = layout.clauses[claim.number]
    if layout.next_quoted(claim.number) and clause.sign in {"，", ",", "：", ":", ""} and not right:
        spans.append((layout.clauses[last + 1].start, layout.clauses[last + 1].end))
        last += 1
    return Content(tuple(spans), last, before=True)


def _parted(layout: Layout, claim: Claim) -> Content | None:
    """“…。”X说，“…。”: a quotation that is the sentence before, and goes on behind who says it."""
    before = _quoted_before(layout, claim)
    if before is None or before[0] != layout.prose.sentences[layout.sentence.index - 1].start:
        return None
    number = claim.number + 1
    while layout.next_quoted(number):
        number += 1
    return Content((before, (layout.clauses[claim.number + 1].start, layout.clauses[number].end)), number, before=True)


def _quoted_before(layout: Layout, claim: Claim) -> Span | None:
    """The quotation that ends the sentence before, in the same paragraph, where the claim begins its own."""
    sentence, prose = layout.sentence, layout.prose
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if claim.number or before is None or before.paragraph != sentence.paragraph:
        return None
    quotation = prose.quotation_of(before.last - 1)
    return (quotation.start, quotation.end) if quotation else None


def _from(
    layout: Layout, claim: Claim, number: int, following: Sequence[Claim], *, beside: bool = False
) -> Content | None:
    """Clauses from ``number`` on, up to the next claim that is not within them.

    ``beside``: the words begin right behind the verb, without a pause, so whoever else says something is apart.
    """
    first = layout.clauses[number]
    stop = len(layout.clauses)
    for other in following:
        if other.number >= number and (_is_apart(layout, other, number, claim.number) or (beside and not other.shared)):
            stop = other.number
            if other.number == number:
                return None
            break
    ended = first.quoted and layout.text(first.start, first.end)[-2:-1] in STOPS
    if (ended or (first.quoted and stop == number + 1)) and claim.cue.takes("direct"):
        # 他说：“…”，随后离开: what stands behind the marks is the writer's again.
        stop = min(stop, number + 1)
        while stop < len(layout.clauses) and layout.clauses[stop].quoted:
            stop += 1
    elif not claim.cue.takes("clause"):
        return None
    span = bare(layout.prose, (first.start, layout.clauses[stop - 1].end))
    return Content((span,), stop - 1) if span else None


def _is_apart(layout: Layout, other: Claim, number: int, claimed: int) -> bool:
    """Whether a later claim tells what is said next, rather than being part of what clause ``claimed`` tells."""
    sign = layout.clauses[other.number - 1].sign
    if sign in {"；", ";"} and not other.shared:
        return True
    if other.shared:
        led = ADVERBIAL.search(layout.words(layout.clauses[other.number - 1])) and other.number - 1 > claimed
        return other.cue.takes("goes_on") and other.number > claimed and not led
    after_quote = layout.clauses[other.number - 1].quoted and other.number - 1 >= number
    return other.contrast or after_quote


def _beside(
    layout: Layout, claim: Claim, clause: Clause, right: str, gap: int, following: Sequence[Claim]
) -> Content | None:
    """What follows the verb in its own clause: 称“…”, 呼吁各方停火, 告诉记者，…"""
    language = layout.prose.language
    if claim.cue.takes("hearer"):
        told = pattern(language, "hearers", "[^，]{0,8}{}").match(right)
        if (
            clause.sign in {"，", ",", "：", ":"}
            and len(right) <= MAX_HEARER
            and claim.number + 1 < len(layout.clauses)
        ):
            return _from(layout, claim, claim.number + 1, following)
        gap = told.end() if told else gap
    rest = right[gap:]
    attitude = pattern(
        language, "attitudes", "(?:深|强|热|高|非常|十分|由衷|密切|坚决|明确|严重)?[切烈度]?(?:的)?{}"
    ).fullmatch(right[gap:])
    if gap and NOUNS.search(rest):
        return None
    if attitude or right[gap : gap + 1] in {"的", "《"} or len(right) - gap < MIN_OBJECT:
        return None
    begin = claim.end + gap
    if (claim.cue.takes("question") and not QUESTION.search(rest)) or not (rest[0].isalnum() or rest[0] in '“「《"'):
        return None
    quoted = rest[:1] in {"“", "「", '"'}
    worded = claim.cue.takes("beside") or (claim.cue.takes("planned") and PLANNED.match(rest))
    if not (quoted and claim.cue.takes("direct")) and not worded and not claim.cue.takes("object"):
        return None
    last = claim.number
    if clause.sign in COMMAS and not claim.cue.takes("question") and (claim.cue.takes("beside") or quoted):
        more = (
            _from(layout, claim, claim.number + 1, following, beside=True)
            if claim.number + 1 < len(layout.clauses)
            else None
        )
        last = more.last if more else last
    span = bare(layout.prose, (begin, layout.clauses[last].end))
    return Content((span,), last, named=not claim.cue.takes("beside")) if span else None


def _behind(layout: Layout, claim: Claim, taken: int) -> Content | None:
    """“…。”X说。 and 会议将举行，路透社说: the verb ends the sentence, the words stand before it."""
    if claim.number > taken:
        if claim.shared or not claim.cue.takes("goes_on"):
            return None
        span = bare(layout.prose, (layout.clauses[taken].start, layout.clauses[claim.number - 1].end))
        return Content((span,), claim.number, before=True) if span else None
    before = _quoted_before(layout, claim) if claim.cue.takes("direct") else None
    return Content((before,), claim.number, before=True) if before else None
