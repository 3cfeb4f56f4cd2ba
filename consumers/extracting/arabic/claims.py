"""Verbs of saying as Arabic builds sentences with them: who, and where what is said stands. Pure.

Verb, who, what ("قال الوزير إن"); who first ("الوزير يقول إن"); behind marks ("«…»، قال الوزير"); between commas;
behind "as" ("كما قال الوزير"); a participle that goes on with the sentence's subject ("مؤكدا أن").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consumers.extracting.arabic.openings import Opening, named_at, opening
from consumers.extracting.arabic.phrases import (
    COMMAS,
    Phrase,
    before_relative,
    is_in,
    name_in_marks,
    past_lead,
    phrase_after,
    phrase_before,
)
from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at

MAX_BACK = 12
"""Tokens from the beginning of a clause to its verb, where the subject stands first."""
MAX_NEGATION = 2
MIN_ADJECTIVE = 3
"""Letters that an adjective like "جامعي" has more than."""
MAX_PREDICATE = 4
"""Tokens from "that" to the predicate of its clause."""
PASSES_ON = "نقل"
ALSO = "كما"
"""As, and at the beginning of a sentence also."""
PLURAL = ("وا", "ون")
"""Ends of a verb whose subject stands before it."""
ADJECTIVE = ("ية", "ي")
FEMALE = ("ة", "ات")
SHE = ("ت", "ته", "تها", "تهم", "تني", "تنا")
"""Ends of a verb in the feminine, with who it is done to."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``begin``/``end``: verb and subject without what is said; ``side``: after | before | around them."""

    cue: Cue
    begin: int
    end: int
    subject: Phrase | None
    side: str
    opening: Opening | None
    via: Phrase | None = None
    """Who passes it on: "نقلت رويترز عن محللين"."""


def has_lead(prose: Prose, cue: Cue) -> bool:
    """Whether "and" or "so" leans on the verb."""
    word = cue.form.head[0]
    return word[0] in "وف" and word[1:] in prose.language.cues


def as_before(prose: Prose, cue: Cue, start: int) -> int | None:
    """Where "as", "according to what" before the verb begins."""
    return next(
        (
            i
            for i in (cue.first - 2, cue.first - 1)
            if i >= start and phrase_at(prose, i, cue.first, "as") == cue.first - i
        ),
        None,
    )


def restart(prose: Prose, cue: Cue, start: int, *, within: bool = False) -> int | None:
    """Where a clause of its own begins that holds the verb; None where the verb stands within another's words.

    ``within``: a conjunction has opened somebody's words, so a verb behind a comma may be theirs.
    """
    if (where := as_before(prose, cue, start)) is not None:
        return None if _is_aside(prose, cue) else where
    before = prose.tokens[cue.first - 1] if cue.first > start else None
    if before is None or has_lead(prose, cue) or prose.is_quoted(cue.first - 1):
        return cue.first
    if (relative := relative_before(prose, cue, start)) is not None:
        noun = before_relative(prose, start, relative)
        return noun[0] if noun else None
    if before.text in COMMAS and cue.form.kind != "gerund":
        return None if within else cue.first
    if cue.takes("said") or cue.form.kind == "gerund":
        return cue.first
    for index in range(cue.first - 1, max(start, cue.first - MAX_BACK) - 1, -1):
        if is_in(prose, index, "that") or prose.is_quoted(index):
            but = index > start and phrase_at(prose, index - 1, index + 1, "leading") > 1
            return index - 1 if but else None
        if is_in(prose, index, "conjunctions"):
            return index
        if prose.tokens[index].text in COMMAS:
            return index + 1 if phrase_at(prose, index + 1, cue.first, "leading") else None
    return None


def relative_before(prose: Prose, cue: Cue, start: int) -> int | None:
    """Where the word is that makes the verb tell of a noun before: "الخبير الذي كان قد نبه"."""
    index = cue.first - 1
    while index > start and is_in(prose, index, "auxiliaries"):
        index -= 1
    return index if index > start and is_in(prose, index, "relatives") else None


def is_pronominal(prose: Prose, cue: Cue, start: int) -> bool:
    """ "لكنه نفى", "غير أنها أكدت": who says it is who spoke before."""
    index = cue.first - 1
    if index < start or not is_in(prose, index, "pronominal"):
        return False
    return not is_in(prose, index, "that") or (index > start and phrase_at(prose, index - 1, cue.first, "leading") > 1)


def is_lone(prose: Prose, cue: Cue) -> bool:
    """Whether what follows the verb cannot be its subject, which stands before: "وطالبوا إيران", "ووصف العقوبات"."""
    verb = prose.tokens[cue.first].lower
    if verb.endswith(PLURAL):
        return True
    following = prose.tokens[cue.last] if cue.last < len(prose.tokens) else None
    if following is None or not following.is_word or is_in(prose, cue.last, "not_feminine"):
        return False
    if is_in(prose, cue.last, "wanted"):
        return True
    bare = verb.removeprefix("و").removeprefix("ف").removeprefix("س")
    masculine = cue.form.kind == "finite" and not verb.endswith(SHE) and not bare.startswith("ت")
    return masculine and following.text.startswith("ال") and following.text.endswith(FEMALE)


def is_no_verb(prose: Prose, cue: Cue, start: int) -> bool:
    """Whether the word cannot say anything here: behind a preposition, in a source phrase, as a predicate."""
    if cue.first > start and is_in(prose, cue.first - 1, "prepositions"):
        return True
    if phrase_at(prose, cue.first, len(prose.tokens), "citing"):
        return True
    if _is_remark(prose, cue, start):
        return True
    if cue.form.kind != "gerund" or has_lead(prose, cue):
        return False
    # "أن البلدية ملتزمة بالموعد"
    for index in range(cue.first - 1, max(start, cue.first - MAX_PREDICATE) - 1, -1):
        if not prose.tokens[index].is_word or prose.is_quoted(index):
            return False
        if is_in(prose, index, "that"):
            return True
    return False


def _is_remark(prose: Prose, cue: Cue, start: int) -> bool:
    """ "قال مصدر، طلب عدم كشف اسمه، إن": a verb between commas, before what an earlier one opens."""
    comma = cue.first - 1
    if comma <= start or prose.tokens[comma].text not in COMMAS or cue.form.kind == "gerund" or has_lead(prose, cue):
        return False
    said = any(is_in(prose, i, "that") or prose.is_quoted(i) for i in range(start, comma))
    verb = any(prose.language.cues_from(prose.tokens[i].lower, "") for i in range(start, comma))
    return verb and not said and _is_aside(prose, cue)


def _is_aside(prose: Prose, cue: Cue) -> bool:
    """ "وأكد المصدر، حسب ما نقلته الوكالة، أن": what is said follows the comma behind it."""
    for index in range(cue.last, min(len(prose.tokens) - 1, cue.last + MAX_BACK)):
        if prose.tokens[index].text in COMMAS:
            following = range(index + 1, min(len(prose.tokens), index + 1 + MAX_NEGATION))
            return any(is_in(prose, i, "that") for i in following)
    return False


def read(prose: Prose, cue: Cue, start: int, stop: int, known: Phrase | None) -> Claim | None:
    """The claim of a verb whose clause begins at ``start`` and ends before ``stop``; None where it is no verb here."""
    before = prose.tokens[cue.first - 1] if cue.first > start else None
    again = is_pronominal(prose, cue, start)
    if before is not None and not again and any(is_in(prose, before.index, name) for name in ("prepositions", "that")):
        return None
    if _unsaid(prose, cue, start) or _is_noun(prose, cue, start):
        return None
    if cue.takes("blame"):
        return _blamed(prose, cue, stop, known)
    opened = opening(prose, cue, stop)
    if cue.takes("said"):
        return _said(prose, cue, start, opened, known)
    if cue.form.kind == "gerund":
        head = past_lead(prose, start, cue.first) + 1
        subject = known or (phrase_after(prose, head, cue.first) if head <= cue.first else None)
        opened = opened or _named(cue, cue.last, stop)
        return Claim(cue, cue.first, cue.last, subject, "after", opened) if opened else None
    where = as_before(prose, cue, start)
    told_of = named_at(prose, cue, stop) if opened is None and cue.takes("object") else None
    if where is not None and where <= past_lead(prose, start, cue.first) and told_of is not None:
        # "كما انتقد الوزير القرار": also, not as.
        where, start = None, cue.first
    also = where is not None and where <= past_lead(prose, start, cue.first) and prose.tokens[where].lower == ALSO
    if where is not None and not (opened and (also or opened.by != "link")):
        subject = phrase_after(prose, cue.last, stop)
        return Claim(cue, where, subject[1], subject, "around", None) if subject else None
    quoted = _behind_marks(prose, cue, start)
    if quoted and (opened is None or opened.by == "quote") and cue.takes("direct"):
        subject = phrase_after(prose, cue.last, opened.told if opened else stop)
        return Claim(cue, cue.first, subject[1] if subject else cue.last, subject, "before", opened)
    if opened is None and before is not None and before.text in COMMAS and cue.takes("direct") and not _has_object(cue):
        subject = phrase_after(prose, cue.last, stop)
        ended = subject is not None and (subject[1] >= stop or not prose.tokens[subject[1]].is_word)
        return Claim(cue, cue.first, subject[1], subject, "around", None) if subject and ended else None
    apart = prose.tokens[cue.first].text.startswith("و") and has_lead(prose, cue)
    first = None if apart or again or where is not None else phrase_before(prose, start, cue.first)
    lone = again or is_lone(prose, cue)
    subject = phrase_after(prose, cue.last, opened.told) if opened and first is None and not lone else None
    if subject is None and opened is not None and first is None:
        subject = name_in_marks(prose, cue.last, opened.told)
    if opened is None and cue.takes("object"):
        at = cue.last if first or again else told_of
        if at is not None and at < stop and not is_in(prose, at, "prepositions"):
            subject = first or (None if lone else phrase_after(prose, cue.last, at))
            return Claim(cue, cue.first, cue.last, subject, "after", Opening(at, at, "object"))
    if opened is None or (
        where is None and first is None and opened.told == cue.last and is_in(prose, cue.first, "impersonal")
    ):
        return None
    if subject is not None and opened.by == "link":
        subject = _teller(prose, subject)
    via = None
    if subject is not None:
        source = _source_of(prose, cue, subject[1], opened.told)
        if source is not None and (cited := phrase_after(prose, source + 1, opened.told)) is not None:
            subject, via = cited, subject
    subject = subject or first or (known if has_lead(prose, cue) or cue.first > start else None)
    return Claim(cue, cue.first if where is None else where, cue.last, subject, "after", opened, via)


def _source_of(prose: Prose, cue: Cue, start: int, stop: int) -> int | None:
    """Where "from" stands before whom the press cites: "نقلت رويترز عن", "ذكرت رويترز، نقلا عن مصدر، أن"."""
    for index in range(start, stop):
        cited = phrase_at(prose, index, stop, "citing")
        if cited or (cue.form.lemma == PASSES_ON and prose.tokens[index].lower == "عن"):
            return index + max(cited - 1, 0)
    return None


def _blamed(prose: Prose, cue: Cue, stop: int, known: Phrase | None) -> Claim | None:
    """ "حمّلت النقابة الوزارة مسؤولية التأخير": from whom it holds responsible on."""
    at = next((i for i in range(cue.last, min(stop, cue.last + MAX_BACK)) if is_in(prose, i, "blamed")), None)
    if at is None:
        return None
    if cue.form.kind == "gerund":
        return Claim(cue, cue.first, cue.last, known, "after", Opening(cue.last, cue.last, "object"))
    phrase = phrase_after(prose, cue.last, at)
    nouns = range(phrase[0] + 1, phrase[1]) if phrase else range(0)
    whom = (i for i in nouns if prose.tokens[i].text.startswith("ال") and not prose.tokens[i].text.endswith(ADJECTIVE))
    begin = next(whom, at)
    subject = (phrase[0], begin) if phrase and begin < phrase[1] else phrase
    return Claim(cue, cue.first, cue.last, subject, "after", Opening(begin, begin, "object"))


def _is_noun(prose: Prose, cue: Cue, start: int) -> bool:
    """ "هناك أمل في", "طالب جامعي بكلية": words that are verbs only where a clause begins with them."""
    if not is_in(prose, cue.first, "nouns_too"):
        return False
    before = prose.tokens[cue.first - 1] if cue.first > start else None
    opens = before is None or not before.is_word or is_in(prose, before.index, "auxiliaries")
    opens = opens or is_pronominal(prose, cue, start)
    following = prose.tokens[cue.last].text if cue.last < len(prose.tokens) else ""
    # "طالب لبناني": an adjective without the article.
    ranked = cue.last < len(prose.tokens) and is_in(prose, cue.last, "ranks")
    return not opens or (
        not ranked and following.endswith("ي") and not following.startswith("ال") and len(following) > MIN_ADJECTIVE
    )


def _has_object(cue: Cue) -> bool:
    """ "نشرته": published it, of what stands before."""
    return cue.form.head[0].endswith("ه") and not cue.form.lemma.endswith("ه")


def _teller(prose: Prose, phrase: Phrase) -> Phrase:
    """ "اتهمت المعارضة ساندو بـ": of verb, who, whom, the first; a title takes its name with it."""
    first, last = phrase
    if not prose.tokens[first].text.startswith("ال") or is_in(prose, first, "titles_before_names"):
        return phrase
    end = next((i for i in range(first + 1, last) if not prose.tokens[i].text.startswith("ال")), last)
    return first, end


def _named(cue: Cue, start: int, stop: int) -> Opening | None:
    """ "نافيا وجود مرضى": what a participle names."""
    return Opening(start, start, "object") if cue.takes("object") and start < stop else None


def _said(prose: Prose, cue: Cue, start: int, opened: Opening | None, known: Phrase | None) -> Claim | None:
    """ "نقلت الوكالة عن دبلوماسي قوله إن", "سخر المدير بقوله: «…»", "علقت بالقول"."""
    if opened is None:
        return None
    source = next((i for i in range(cue.first - 1, start, -1) if prose.tokens[i].lower == "عن"), None)
    if (
        source is not None
        and cue.first - source <= MAX_BACK
        and not prose.tokens[cue.first].text.startswith(("ب", "و"))
    ):
        return Claim(cue, cue.first, cue.last, phrase_after(prose, source + 1, cue.first), "after", opened)
    subject = known or phrase_after(prose, past_lead(prose, start, cue.first) + 1, cue.first)
    return Claim(cue, cue.first, cue.last, subject, "after", opened)


def _behind_marks(prose: Prose, cue: Cue, start: int) -> bool:
    index = cue.first - 1
    while index > start and (prose.tokens[index].text in COMMAS or prose.tokens[index].lower == "هكذا"):
        index -= 1
    return index >= start and prose.is_quoted(index)


def _unsaid(prose: Prose, cue: Cue, start: int) -> bool:
    """Whether the verb is negated, or stands in a condition."""
    near = range(max(start, cue.first - MAX_NEGATION), cue.first)
    negated = any(is_in(prose, index, "negations") for index in near)
    if negated and cue.form.lemma not in prose.language.words("affirms_negated"):
        return True
    clause: Sequence[int] = range(max(start, cue.first - MAX_BACK), cue.first)
    return any(is_in(prose, index, "hypotheticals") and not prose.is_quoted(index) for index in clause)
