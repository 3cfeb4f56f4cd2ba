"""Who says it: the head of what stands before the verb, without when, where, how and to whom."""

import re
from dataclasses import dataclass

from consumers.extracting.chinese.layout import Layout, pattern
from consumers.extracting.language import Language
from consumers.extracting.tokens import Span

TIME = re.compile(
    r"(?:\d{1,2}月)?\d{1,2}(?:日|号|时)|(?:本|上|下|这|当)?(?:周|星期|礼拜)[一二三四五六日天]|\d{4}年"
    r"|[今昨前明](?:天|晚|日|（\d{1,2}）日|\(\d{1,2}\)日)"
)
MANNER = re.compile(r"(?:[^的地，]{2,5}地|[笑哭喊叹]着|苦笑|冷笑|微笑|这样|如此)$")
PLACE_TIME = re.compile(
    r"(?:在|当|针对|就|对于|谈到|谈及|被问及|被问到|随着|面对|关于).{1,24}(?:时|后|上|中|下|里|前|间|内|之际|问题)$"
)
QUOTED_SOURCE = re.compile(
    r"(?:援引|引述|引用|转引)(?P<who>.{1,20}?)(?:的)?(?:话|消息|说法|报道|分析|观点|统计|数据)?(?:的话)?$"
)
HEARER = re.compile(r"(?:对|向|跟)(?P<who>[^，。对向此]{1,14})$")
DISPOSAL = re.compile(r"[将把](?![军领士门手])")
"""Before an object that is moved to the front: no subject begins so."""
MAX_SUBJECT = 40
PRONOUNS = "他她它我谁"


@dataclass(frozen=True, slots=True)
class Teller:
    """Spans in characters; None where the words name nobody. ``via``: who passes it on."""

    subject: Span | None
    addressee: Span | None = None
    via: Span | None = None


def teller(layout: Layout, start: int, end: int) -> Teller:
    """What the words ``start:end`` before a verb of saying name."""
    language = layout.prose.language
    quoted = QUOTED_SOURCE.search(layout.text(start, end))
    if quoted and not pattern(language, "sayings").search(quoted["who"]):
        by = subject(layout, start, start + quoted.start())
        return Teller((start + quoted.start("who"), start + quoted.end("who")), via=by)
    to = HEARER.search(layout.text(start, end))
    hearer = (start + to.start("who"), start + to.end("who")) if to else None
    return Teller(subject(layout, start, end), hearer if hearer and hearer[0] > start + 1 else None)


def subject(layout: Layout, start: int, end: int) -> Span | None:
    """The noun phrase that ``start:end`` begins with; None when it only says when, where and how."""
    language = layout.prose.language
    words = layout.text(start, end)
    head = _lead(language, words)
    words = words[head:]
    if PLACE_TIME.match(words) or DISPOSAL.match(words):
        return None
    tail = _first_opener(language, words)
    words = _without_adverbs(language, words[:tail])
    begin = start + head
    if not words or len(words) > MAX_SUBJECT or (not words[0].isalnum() and words[0] not in "《“「"):
        return None
    return begin, begin + len(words)


def _lead(language: Language, words: str) -> int:
    """Length of what leads in: "但", "另", "3日", "会后"."""
    leading, at = pattern(language, "leading"), 0
    while at < len(words):
        found = TIME.match(words, at) or leading.match(words, at)
        if found is not None and not pattern(language, "not_leading").match(words, at):
            at = found.end()
        elif not words[at].isalnum() and words[at] not in "《“「":
            at += 1
        else:
            break
    return at


def _first_opener(language: Language, words: str) -> int:
    """Where the phrase ends: at the first word that opens a circumstance or is a verb, not at the very beginning."""
    openers, others = pattern(language, "openers"), pattern(language, "not_openers")
    held = [found.span() for found in others.finditer(words)]
    held += [found.span() for found in re.finditer(r"《[^》]*》|“[^”]*”|「[^」]*」|[（(][^）)]*[）)]", words)]
    cuts = [found.start() for found in (*openers.finditer(words), *TIME.finditer(words)) if found.start() > 0]
    # "正在访华的法国总统": what begins with a verb ends with its noun.
    verb = openers.match(words)
    relative = words.find("的", verb.end()) if verb and not any(a == 0 for a, _ in held) else -1
    cuts = [at for at in cuts if at > relative]
    # A phrase of one character is a pronoun, or the surname of 李在明.
    cuts = [at for at in cuts if at > 1 or words[0] in PRONOUNS]
    return min((at for at in cuts if not any(a <= at < b for a, b in held)), default=len(words))


def _without_adverbs(language: Language, words: str) -> str:
    adverbs = pattern(language, "adverbs", "{}$")
    while words:
        found = adverbs.search(words) or MANNER.search(words)
        if found is None:
            return words.rstrip("，, ")
        words = words[: found.start()]
    return words


def is_adverbial(language: Language, words: str) -> bool:
    """Whether the words before a verb name nobody: "并", "还再次"."""
    return not _without_adverbs(language, words[_lead(language, words) :])
