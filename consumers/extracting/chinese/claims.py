"""Verbs of saying with who says it: what is no saying here (a noun, a refusal, a condition) is left out."""

import re
from dataclasses import dataclass

from consumers.extracting.chinese.layout import Layout, pattern
from consumers.extracting.chinese.subjects import Teller, is_adverbial, teller
from consumers.extracting.cues import Cue
from consumers.extracting.tokens import Span

REFUSAL = re.compile(
    r"(?:没有|(?<![埋淹沉出])没|从未|并未|未曾|尚未|未能|未(?!来|婚|成年)|不愿意?|不肯|拒绝|不予|无法|不便|不会|不再|无人|不想|不敢|避免|不是)"
    r"[^，]{0,6}$"
)
ALLOWED = re.compile(r"(?:不得不|不能不|不可能不|没有否认|并未否认|不否认)[^，]{0,3}$")
CONDITION = re.compile(r"(?:如果|倘若|假如|假使|要是|一旦|即便|即使|若是|若)")
NO_VERB = re.compile(
    r"的(?!是)|分别|[上下]调|不变|落空|升温|降温|者|书|会(?!上)|期间|中$|权|这番话|这话|这句话|这些话|此话"
)
"""Behind a verb: it is a noun, or names its words without giving them."""
OCCASION = re.compile(r"^[^“「]{2,12}(?:时|之际|后|期间)$")
"""Behind a verb: it only says when something else was said."""
SIDES = ("方", "我们")
"""Ends of those whose welcome or thanks is a part of what somebody says."""
TOPIC = re.compile(r"(?:对于|针对|面对|随着|由于|鉴于|关于|除了?|遭到?|面临|经过).*")
"""Before a verb that ends its clause: it is a noun ("面对批评，")."""
PASSIVE = re.compile(
    r"(?:被|受到?|遭到?|获|所|的|这一?|该|(?<![据因为对就如从由藉])此|其|一份|一项|上述|有关|任何|相关|种种|应|为"
    r"|发表了?|发布了?|发出|作出|做出|提出了?|进行了?|受到|独家|专题|深度|联合|口头|书面)$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A verb of saying at ``cue`` (characters) in clause ``number``. ``left``: where the clause begins."""

    cue: Cue
    start: int
    end: int
    number: int
    teller: Teller
    shared: bool
    """The subject is somebody named before: "…，并强调"."""
    contrast: bool
    """It sets itself off from what stands before: "X则说"."""

    @property
    def subject(self) -> Span | None:
        return self.teller.subject


def find_claims(layout: Layout, cues: tuple[Cue, ...]) -> list[Claim]:
    """The sentence's verbs of saying, in order, each clause's last one that is none of a longer word."""
    claims: list[Claim] = []
    for cue in cues:
        claim = _read(layout, cue)
        if claim is None:
            continue
        if claims and claims[-1].number == claim.number:
            # "回答质询时指出": the first only says when; otherwise the second stands in what the first says.
            between = layout.text(claims[-1].end, claim.start)
            adverbs = between and is_adverbial(layout.prose.language, between)
            if between and not adverbs and not between.endswith(("时", "后", "中", "上", "会", "并")):
                continue
            claims.pop()
        claims.append(claim)
    return claims


def _read(layout: Layout, cue: Cue) -> Claim | None:
    language = layout.prose.language
    start, end = layout.prose.tokens[cue.first].start, layout.prose.tokens[cue.last - 1].end
    number = layout.number_at(start)
    clause = layout.clauses[number] if layout.clauses else None
    if clause is None or not clause.start <= start < clause.end or clause.quoted:
        return None
    left, right = layout.text(clause.start, start), layout.text(end, clause.end)
    around = layout.words(clause)
    inside = (start - clause.start, end - clause.start)
    if any(a <= inside[0] and inside[1] <= b for a, b in _others(layout, around) if (a, b) != inside):
        return None
    if NO_VERB.match(right) or pattern(language, "sources", "另?{}").fullmatch(left):
        return None
    if clause.sign in {"，", ","} and (OCCASION.search(right) or (not right and TOPIC.fullmatch(left))):
        return None
    if cue.takes("headline") and layout.sentence.paragraph:
        return None
    if PASSIVE.search(left) and not _after_name(left):
        return None
    if (REFUSAL.search(left) and not ALLOWED.search(left)) or CONDITION.search(left):
        return None
    shared = is_adverbial(language, left)
    told = Teller(None) if shared else teller(layout, clause.start, start)
    contrast = bool(pattern(language, "contrast", "{}[^，]{0,8}$").search(left))
    return Claim(cue, start, end, number, told, shared or told.subject is None, contrast)


def _others(layout: Layout, words: str) -> list[tuple[int, int]]:
    """Longer words that only hold a verb of saying (小说, 名称), and what stands between the marks of a title."""
    held = [found.span() for found in pattern(layout.prose.language, "not_cues").finditer(words)]
    return held + [found.span() for found in re.finditer(r"《[^》]*》|[（(][^）)]*[）)]", words)]


def _after_name(left: str) -> bool:
    """Whether what looks like a passive ends a title: "因为", "认为" are words of their own."""
    return left.endswith(("因为", "认为", "相应", "成为"))
