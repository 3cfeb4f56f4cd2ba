"""Where what is said begins behind an Arabic verb of saying: a conjunction, a colon, marks, or the verb's particle."""

import re
from dataclasses import dataclass

from consumers.extracting.arabic.phrases import COMMAS, MAX_NAME, is_in
from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose

LINKS = {
    "to": frozenset({"إلى", "الى"}),
    "on": frozenset({"على"}),
    "of": frozenset({"من"}),
    "about": frozenset({"عن"}),
    "in": frozenset({"في"}),
}
"""What a cue ``takes`` → the particle that stands before what is said."""
PARTICLES = frozenset().union(*LINKS.values())
NAMED = re.compile(r"(?!ال)(?:أي|هذه|هذا|[إا]\w{1,3}ا\w|[إا]\w{1,2}ا\wة|ت\w{2}ي\w|ت\wا\w{2}|است\w{2,4})(?:ه|ها|هم)?")
"""Words that begin what is named: "any", "this", nouns of an action by their form ("إنشاء", "تقديم", "استمرار")."""
WANTED = re.compile(r"ال(?:إ|ا)\w{1,3}ا\w(?:ات)?|الت\w{2}ي\w(?:ات)?")
"""The same with the article, behind verbs of asking ("طلبت المحامية الإفراج عنه")."""
DASHES = frozenset("-–—")
MAX_ASIDE = 40
"""Tokens of "في مؤتمر صحفي مشترك مع وزير الكهرباء" between commas."""
MAX_SHORT = 8
"""Tokens of a time or place between commas."""
ACCUSATIVE = ("ً", "ًا")
"""Ends of what is done to, where papers write them: "خفضاً"."""
MAX_QUOTED = 4
"""Words of a name in marks."""
MIN_LEANING = 2
"""Letters of a noun with the particle "by" before it, and one more."""


@dataclass(frozen=True, slots=True)
class Opening:
    """``told``: where the words between verb and content end; ``start`` of the content; ``by`` what opens it."""

    told: int
    start: int
    by: str
    """that | colon | quote | link | object."""


def opening(prose: Prose, cue: Cue, stop: int) -> Opening | None:
    """The first opening behind the cue and before ``stop``."""
    index = cue.last
    while index < stop:
        token = prose.tokens[index]
        if (past := _past_name(prose, index, stop)) is not None:
            index = past
            continue
        if prose.is_quoted(index):
            return Opening(index, index, "quote") if cue.takes("clause") or cue.takes("direct") else None
        if token.text == ":":
            quoted = index + 1 < stop and prose.is_quoted(index + 1)
            return Opening(index, index + 1, "quote" if quoted else "colon")
        if token.text in DASHES and token.start > prose.tokens[index - 1].end:
            close = next(
                (i for i in range(index + 1, min(stop, index + MAX_ASIDE)) if prose.tokens[i].text in DASHES), -1
            )
            if close < 0:
                return None
            index = close + 1
            continue
        if token.text in COMMAS:
            index = _past_aside(prose, index, stop)
            if index < 0:
                return None
            continue
        if _joins(prose, cue, index):
            told = index - 1 if index > cue.last and prose.tokens[index - 1].lower in PARTICLES else index
            return Opening(told, index, "that")
        if _links(prose, cue, index) and index + 1 < stop:
            if _joins(prose, cue, index + 1):
                return Opening(index, index + 1, "that")
            if prose.is_quoted(index + 1) and _fills(prose, index + 1, stop):
                return Opening(index, index + 1, "quote")
            return Opening(index, index, "link")
        index += 1
    return None


def _past_name(prose: Prose, index: int, stop: int) -> int | None:
    """Past a name in marks behind what somebody is: "المتحدثة "ماريا زاخاروفا"، أن"; None where none stands there."""
    quotation = prose.quotation_of(index)
    if quotation is None or not index or not prose.tokens[index - 1].is_word or is_in(prose, index - 1, "that"):
        return None
    end = prose.token_from(quotation.end)
    inside = sum(1 for token in prose.tokens[index:end] if token.is_word)
    ends = end + 1 >= stop and not is_in(prose, index - 1, "press") and not is_in(prose, index - 1, "platforms")
    return end if inside <= MAX_QUOTED and not ends else None


def _joins(prose: Prose, cue: Cue, index: int) -> bool:
    """Whether a conjunction that the verb takes stands here."""
    if cue.takes("question") and is_in(prose, index, "questions"):
        return True
    return is_in(prose, index, "that") and any(cue.takes(what) for what in ("that", "by", "to", "on", "of", "in"))


def _links(prose: Prose, cue: Cue, index: int) -> bool:
    token = prose.tokens[index]
    if any(cue.takes(what) and token.lower in particles for what, particles in LINKS.items()):
        return True
    if not cue.takes("by") or not token.is_word or not token.text.startswith("ب"):
        return False
    if token.text in {"ب", "بـ", "بما", "بمن"}:
        return True
    rest = token.text[1:]
    named = rest.startswith("و") and not is_in(prose, index, "by_actions")
    return len(rest) > MIN_LEANING and not named and not is_in(prose, index, "by_nouns")


def _past_aside(prose: Prose, comma: int, stop: int) -> int:
    """Past a name in commas ("المدير، علي حسن، إن") or a longer aside before a conjunction; -1 where the comma ends
    the clause."""
    for index in range(comma + 1, min(stop, comma + MAX_ASIDE)):
        short = index < comma + 2 * MAX_NAME + 2
        if prose.tokens[index].text in COMMAS and (short or is_in(prose, min(index + 1, stop - 1), "that")):
            return index + 1
        if short and (prose.is_quoted(index) or prose.tokens[index].text == ":" or is_in(prose, index, "that")):
            return index
    return -1


def _fills(prose: Prose, index: int, stop: int) -> bool:
    """Whether the quotation at ``index`` is all that is said: "عبّر عن «الأسف الشديد»"."""
    quotation = prose.quotation_of(index)
    end = prose.token_from(quotation.end) if quotation else index
    return end >= stop or not prose.tokens[end].is_word


def named_at(prose: Prose, cue: Cue, stop: int) -> int | None:
    """Where what is named begins behind who names it ("نفت الوزارة أي تأخير"), None where it cannot be told.

    Right behind the verb where nobody is named ("وتوقعت استمرار المطر").
    """
    index = cue.last
    while index < stop:
        token = prose.tokens[index]
        if token.text in COMMAS and index > cue.last:
            # "أعلنت الوزارة، اليوم، مقتل خمسة"
            close = next(
                (i for i in range(index + 1, min(stop, index + MAX_SHORT)) if prose.tokens[i].text in COMMAS), -1
            )
            if 0 < close < stop - 1 and begins_named(prose, cue, close + 1):
                return close + 1
            break
        if prose.is_quoted(index) or not token.is_word:
            break
        if index > cue.last and begins_named(prose, cue, index):
            return index
        index += 1
    return cue.last if cue.last < stop and begins_named(prose, cue, cue.last) else None


def begins_named(prose: Prose, cue: Cue, index: int) -> bool:
    """Whether the word at ``index`` is a noun that what is named begins with."""
    text = prose.tokens[index].text
    if is_in(prose, index, "not_named"):
        return False
    if is_in(prose, index, "named") or NAMED.fullmatch(text):
        return True
    if text.endswith(ACCUSATIVE):
        return not is_in(prose, index, "times") and not prose.language.cues_from(prose.tokens[index].lower, "")
    return not cue.takes("direct") and (is_in(prose, index, "wanted") or WANTED.fullmatch(text) is not None)
