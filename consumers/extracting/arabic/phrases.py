"""Who says it: the phrase behind the verb, or the one before it. Token indices, end exclusive.

Lists of the language: ``prepositions``, ``times``, ``hearers`` (to whom it is said), ``relatives``, ``leading`` (open a
sentence), ``auxiliaries`` (كان, قد), ``conjunctions`` (part clauses), ``negations``.
"""

from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at

COMMAS = frozenset("،,؛;")
PARTING = COMMAS | frozenset(":|–—-")
MAX_NAME = 6
"""Tokens of a name between commas behind what somebody is: "مدير المحطة، الطيب عثمان، إن"."""
MAX_PAPER = 3
"""Words of a paper's name in marks."""
MAX_PHRASE = 24
WHAT = "ما"
"""Begins what is told of, behind who tells: "شرح الوزير ما حدث"."""

Phrase = tuple[int, int]


def is_in(prose: Prose, index: int, name: str) -> bool:
    return prose.tokens[index].lower in prose.language.words(name)


def phrase_after(prose: Prose, start: int, stop: int) -> Phrase | None:
    """The phrase that begins at ``start`` and ends before ``stop``; None where no noun stands there."""
    index = past_hearer(prose, past_times(prose, start, stop), stop)
    if index >= stop or not _may_name(prose, index) or is_in(prose, index, "demonstratives"):
        return None
    end = index
    relative = False
    while end < min(stop, index + MAX_PHRASE):
        token = prose.tokens[end]
        if end > index and (past := _past_paper(prose, end)) is not None:
            end = past
            continue
        if prose.is_quoted(end) or token.text in PARTING:
            break
        relative = relative or is_in(prose, end, "relatives")
        if end > index and (token.lower == WHAT or phrase_at(prose, end, stop, "citing")):
            break
        if end > index and not relative and (ends_phrase(prose, end) or is_in(prose, end, "conjunctions")):
            break
        end += 1
    if end + 1 < stop and prose.tokens[end].text in COMMAS and end > index:
        end = _with_name(prose, end, stop)
    return (index, end) if end > index and any(prose.tokens[i].is_word for i in range(index, end)) else None


def name_in_marks(prose: Prose, start: int, stop: int) -> Phrase | None:
    """A short name in marks that begins at ``start``: "ذكرت «الأيام» أن"; None where none stands there."""
    quotation = prose.quotation_of(start) if start < stop else None
    if quotation is None:
        return None
    end = prose.token_from(quotation.end)
    return (start, end) if end <= stop and sum(t.is_word for t in prose.tokens[start:end]) <= MAX_PAPER else None


def _past_paper(prose: Prose, index: int) -> int | None:
    """Past the name in marks of an agency or a paper: "وكالة «إيسنا»"; None where none stands there."""
    quotation = prose.quotation_of(index)
    if quotation is None or not is_in(prose, index - 1, "press"):
        return None
    end = prose.token_from(quotation.end)
    return end if sum(1 for token in prose.tokens[index:end] if token.is_word) <= MAX_PAPER else None


def _with_name(prose: Prose, comma: int, stop: int) -> int:
    """Past a name in commas behind what somebody is; ``comma`` where none stands there."""
    end = comma + 1
    if any(phrase_at(prose, end, stop, name) for name in ("as", "sources", "sources_said")):
        return comma
    while end < stop and prose.tokens[end].is_word and not prose.is_quoted(end) and end - comma <= MAX_NAME:
        if end == comma + 1 and (not _may_name(prose, end) or prose.language.cues_from(prose.tokens[end].lower, "")):
            return comma
        if is_in(prose, end, "relatives") and end == comma + 1:
            break
        if ends_phrase(prose, end):
            return comma
        end += 1
    closed = end >= stop or prose.tokens[end].text in COMMAS
    return end if closed and end > comma + 1 else comma


def ends_phrase(prose: Prose, index: int) -> bool:
    """Whether a circumstance begins at ``index``: a preposition, a time, somebody it is said to."""
    lists = ("prepositions", "times", "hearers", "that")
    if prose.tokens[index].text.startswith("لل") and index and is_in(prose, index - 1, "posts"):
        # "المدير العام للوكالة"
        return False
    return any(is_in(prose, index, name) for name in lists) or _hears(prose, index)


def _hears(prose: Prose, index: int) -> bool:
    """Whether it is told to the press or a parliament: "للصحفيين", "للنواب"."""
    text = prose.tokens[index].text
    return text.startswith("لل") and text[2:].startswith(("صح", "تلفز", "إعلام", "برلمان", "نواب", "قناة"))


def _may_name(prose: Prose, index: int) -> bool:
    token = prose.tokens[index]
    return (
        token.is_word
        and not prose.is_quoted(index)
        and not ends_phrase(prose, index)
        and not token.text.startswith("لل")
    )


def past_times(prose: Prose, start: int, stop: int) -> int:
    index = start
    while index < stop and is_in(prose, index, "times"):
        index += 1
    return index


def past_hearer(prose: Prose, start: int, stop: int) -> int:
    """Past whom it is said to, where who says it follows: "قال للصحفيين الوزير", "قال لوكالة تاس مصدر"."""
    if start >= stop or not (_hears(prose, start) or is_in(prose, start, "hearers") or _is_outlet(prose, start)):
        return start
    end = start + 1
    while end < stop and is_in(prose, end, "outlets"):
        end += 1
    return end if end < stop and _may_name(prose, end) else start


def _is_outlet(prose: Prose, index: int) -> bool:
    """ "لفرانس برس", "لرويترز"."""
    text = prose.tokens[index].lower
    return text.startswith("ل") and text[1:] in prose.language.words("outlets")


def phrase_before(prose: Prose, floor: int, end: int) -> Phrase | None:
    """The subject that stands before its verb at ``end``; ``floor``: where its clause begins."""
    stop = end
    while stop > floor and (is_in(prose, stop - 1, "auxiliaries") or is_in(prose, stop - 1, "negations")):
        stop -= 1
    if stop - 1 > floor and is_in(prose, stop - 1, "relatives"):
        return before_relative(prose, floor, stop - 1)
    start = stop
    while start > floor and not prose.is_quoted(start - 1) and prose.tokens[start - 1].text not in PARTING:
        if is_in(prose, start - 1, "conjunctions") or is_in(prose, start - 1, "that"):
            break
        start -= 1
    if start == stop and start - 1 > floor and prose.tokens[start - 1].text in COMMAS:
        # "أما مستشار الرئيس، ميخايلو بودولياك، فقال": a name in commas belongs to what stands before it.
        first = start - 1
        while first > floor and prose.tokens[first - 1].text not in PARTING:
            first -= 1
        if first - 1 > floor and prose.tokens[first - 1].text in COMMAS and start - 1 - first <= MAX_NAME:
            stop, start = start - 1, first
            head = first - 1
            while head > floor and prose.tokens[head - 1].text not in PARTING and not prose.is_quoted(head - 1):
                head -= 1
            start = head
    start = past_lead(prose, start, stop)
    if start >= stop or stop - start > MAX_PHRASE or not _may_name(prose, start):
        return None
    return start, stop


def before_relative(prose: Prose, floor: int, end: int) -> Phrase | None:
    """The noun that a relative clause is about: "… مع الخبير علي حسن الذي نبه"; ``end``: the relative."""
    start = end
    while start > floor and end - start < MAX_PHRASE:
        token = prose.tokens[start - 1]
        if token.text in PARTING or is_in(prose, start - 1, "prepositions") or is_in(prose, start - 1, "conjunctions"):
            break
        start -= 1
    return (start, end) if start < end and prose.tokens[start].is_word else None


def past_lead(prose: Prose, start: int, stop: int) -> int:
    """Past "لكن", "في المقابل", "أما", "كان", times and a clock."""
    index = start
    while index < stop:
        length = phrase_at(prose, index, stop, "leading")
        if length:
            index += length
        elif (
            not prose.tokens[index].is_word
            or prose.tokens[index].text[0].isdigit()
            or is_in(prose, index, "times")
            or is_in(prose, index, "auxiliaries")
        ):
            index += 1
        else:
            break
    return index


def topic(prose: Prose, start: int, last: int) -> Phrase | None:
    """Whom a sentence is about: behind "as for", behind its first verb, or its first noun with an article."""
    lead = prose.tokens[start].lower in {"أما", "وأما"}
    index = past_lead(prose, start, last)
    if lead:
        end = next((i for i in range(index, last) if _parts_topic(prose, i)), index)
        return (index, end) if end > index else None
    if index < last and not prose.tokens[index].text.startswith("ال"):
        index += 1
    phrase = phrase_after(prose, index, last) if index < last else None
    if phrase is None or is_by(prose, phrase[0]):
        return None
    by = (i for i in range(phrase[0] + 1, phrase[1]) if is_by(prose, i))
    return phrase[0], next(by, phrase[1])


def is_by(prose: Prose, index: int) -> bool:
    """Whether "by" leans on the noun: "بالقرار"."""
    return prose.tokens[index].text.startswith("ب") and not is_in(prose, index, "by_nouns")


def _parts_topic(prose: Prose, index: int) -> bool:
    """ "أما الخبير فأقل تفاؤلا": the word with "so" goes on."""
    token = prose.tokens[index]
    return not token.is_word or (
        token.text.startswith("ف") and len(token.text) > 2 and token.lower not in {"في", "فوق"}
    )
