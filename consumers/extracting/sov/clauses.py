"""Reported clauses: X …-ғанын айтты · X … деп сендірді · X-тың айтуынша, …"""

from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found, FoundType
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at, trimmed
from consumers.extracting.sov.phrases import MAX_SUBJECT, Phrase, is_called, is_cased, phrase_after
from consumers.extracting.sov.quoted import SIGNS
from consumers.extracting.sov.subjects import leading

MAX_MANNER = 2
"""Adverbs between what is said and the verb."""
MIN_SAID = 2
"""Words of the shortest content that no ending marks."""


def find_sourced(prose: Prose, sentence: Sentence) -> list[Found]:
    """X-тың айтуынша, …: all of the sentence but the phrase."""
    for index in range(sentence.first + 1, sentence.last):
        length = 0 if prose.is_quoted(index) else _source_at(prose, index, sentence.last)
        if not length:
            continue
        start = index
        while start > sentence.first and prose.tokens[start - 1].is_word and index - start < MAX_SUBJECT:
            start -= 1
        begin = max(
            (i + 1 for i in range(sentence.first, start) if prose.tokens[i].text == ";"), default=sentence.first
        )
        while start < index and prose.tokens[start].lower in prose.language.words("leading"):
            start += 1
        if start == index:
            continue
        both = trimmed(prose, begin, start), trimmed(prose, index + length, sentence.last)
        quote = tuple(prose.span(*piece) for piece in both if piece[0] < piece[1])
        if quote:
            return [Found(quote, "indirect", (prose.span(index, index + length),), prose.span(start, index))]
    return []


def _source_at(prose: Prose, index: int, last: int) -> int:
    """Length of "айтуынша" at ``index``; of any such form of a verb behind its owner (мойындауынша)."""
    words = prose.language.words
    listed = phrase_at(prose, index, last, "sources_after")
    ending, owner = tuple(words("source_endings")), tuple(words("genitive_endings"))
    made = bool(ending) and prose.tokens[index].lower.endswith(ending)
    return listed or int(made and prose.tokens[index - 1].lower.endswith(owner))


def find_clauses(
    prose: Prose, sentence: Sentence, cues: tuple[Cue, ...], taken: int, known: Phrase | None = None
) -> list[Found]:
    """X …-ғанын айтты · X … деп сендірді. Verbs that follow share the subject; ``known``: of one before ``taken``."""
    found: list[Found] = []
    start = taken
    whole = False
    endings = tuple(prose.language.words("clause_endings"))
    for cue in cues:
        end = cue.last
        while end < sentence.last and prose.tokens[end].lower in prose.language.words("breaks"):
            end += 1
        final = end >= sentence.last or prose.tokens[end].text in ENDS
        if cue.first <= start or (cue.form.kind == "participle" and not final):
            continue
        begin = _clause_start(prose, start, cue.first)
        colon = end if _opens_words(prose, sentence, end) else None
        before = _before_manner(prose, cue.first, begin)
        quoting = prose.tokens[before - 1].lower in prose.language.words("quoting")
        end = before - 1 if quoting else before
        if prose.tokens[end - 1].lower in prose.language.words("also") and end - 1 > begin:
            # "…екенін де атап өтті"
            end -= 1
        told_so = (
            quoting or cue.form.head[0] in prose.language.words("quoting_noun") or _is_said(prose, cue, begin, end)
        )
        topic = not quoting and prose.tokens[end - 1].lower in prose.language.words("topics")
        told_so = told_so or topic or _fits(prose, cue, begin, end)
        if end <= begin or not (told_so or prose.tokens[end - 1].lower.endswith(endings) or prose.is_quoted(end - 1)):
            if colon and (told := _after_cue(prose, sentence, cue, leading(prose, begin, cue.first), colon)):
                found.append(told)
                break
            continue
        if quoting and (told := _told_after(prose, sentence, cue, begin)):
            found.append(told)
            start = cue.last
            continue
        anew = not found or whole or prose.tokens[begin - 1].lower in prose.language.words("contrasts")
        paper = _paper(prose, cue, begin, end)
        own = paper or (leading(prose, begin, end) if anew else None)
        subject = own or known
        if _is_asked(prose, sentence, end):
            continue
        if final and paper is None and (told := _by_nobody(prose, cue, begin, end)):
            found.append(told)
        if subject is None or (found and found[-1].speaker_from == "nobody"):
            continue
        begin = subject[1] if own else begin
        past = begin + 1 if begin < end and prose.tokens[begin].lower in prose.language.words("objects") else begin
        content = trimmed(prose, past, end)
        if content[0] >= content[1]:
            if colon and (told := _after_cue(prose, sentence, cue, subject, colon)):
                found.append(told)
                break
            continue
        to = prose.span(begin, past) if past > begin else None
        first = before - 1 if quoting else cue.first
        named = quoting and cue.form.lemma in prose.language.words("naming")
        if named and prose.is_quoted(end - 1) and is_called(prose, end - 1):
            continue
        judged = named and prose.quotations_between(prose.tokens[begin].start, prose.tokens[end - 1].end)
        mere = topic or (named and not judged) or (cue.takes("object") and not cue.takes("clause"))
        type_: FoundType = "reported" if mere else "indirect"
        said = (prose.span(*content),)
        found.append(Found(said, type_, (prose.span(first, cue.last),), prose.span(*subject), addressee=to))
        start, known = cue.last, subject
        # "…, дейді Асан, ал Үсен …": behind a verb that ends its clause somebody else may speak.
        whole = cue.form.kind == "finite" and not final and prose.tokens[cue.last].text == ","
        if colon and (told := _after_cue(prose, sentence, cue, subject, colon)):
            # "… кеш келгенін айтты: сирена …": it goes on in words of his own.
            found.append(replace(told, type="indirect_free"))
            break
    return found


def _clause_start(prose: Prose, start: int, end: int) -> int:
    """Behind the last sign that parts clauses, or behind "…, алайда" where a whole sentence stands before it."""
    words = prose.language.words
    endings = tuple(words("unfinished_endings"))
    begin = start
    for index in range(start, end):
        if prose.is_quoted(index):
            continue
        if prose.tokens[index].text in {";", ":"}:
            begin = index + 1
            continue
        parted = prose.tokens[index].text == "," and 0 < index < end - 1
        if parted and prose.tokens[index + 1].lower in words("contrasts"):
            whole = not prose.tokens[index - 1].lower.endswith(endings)
            begin = index + 2 if whole else begin
    return begin


def _before_manner(prose: Prose, first: int, begin: int) -> int:
    """Before the adverbs that stand right before a verb: "деп қысқа қайырды", "-ғанын әлдеқашан мәлімдеген"."""
    manner = prose.language.words("manner")
    index = first
    while index - 1 > begin and first - index < MAX_MANNER and prose.tokens[index - 1].lower in manner:
        index -= 1
    return index


def _is_said(prose: Prose, cue: Cue, begin: int, end: int) -> bool:
    """ "Дәрігер диагнозды кейін айтамыз деді": without деп, behind a verb that ends a sentence."""
    words = prose.language.words
    finite = prose.tokens[end - 1].lower.endswith(tuple(words("finite_endings"))) if words("finite_endings") else False
    return cue.form.lemma in words("says_alone") and finite and end - begin > MIN_SAID


def _fits(prose: Prose, cue: Cue, begin: int, end: int) -> bool:
    """What only some verbs take: a noun in a case ("досына алғыс айтты", "бітімге шақырды"), a passive its subject
    ("… керектігі айтылған")."""
    last, words = prose.tokens[end - 1], prose.language.words
    if cue.takes("oblique") and is_cased(prose, last):
        return True
    if last.lower in words("called_for") and cue.form.lemma in words("calling"):
        return True
    return cue.takes("state") and end - begin > MIN_SAID and last.lower.endswith(tuple(words("passive_endings")))


def _is_asked(prose: Prose, sentence: Sentence, end: int) -> bool:
    """ "Халық не дейді?": what is asked for is not said."""
    asked = prose.tokens[sentence.last - 1].text == "?" and not prose.is_quoted(sentence.last - 1)
    return asked and prose.tokens[end - 1].lower in prose.language.words("questions")


def _paper(prose: Prose, cue: Cue, begin: int, end: int) -> Phrase | None:
    """ "Арнаның хабарында … делінеді": a paper in which it is said, at the head of the clause."""
    if not cue.takes("state"):
        return None
    papers = prose.language.words("papers")
    at = next((i for i in range(begin, end) if prose.tokens[i].lower in papers and not prose.is_quoted(i)), None)
    return (begin, at + 1) if at is not None else None


def _by_nobody(prose: Prose, cue: Cue, begin: int, end: int) -> Found | None:
    """ "Айыппұл салынатыны да ескертілді": said, and the sentence does not tell by whom."""
    content = trimmed(prose, begin, end)
    if cue.form.lemma not in prose.language.words("said_by_nobody") or content[1] - content[0] < MIN_SAID:
        return None
    return Found((prose.span(*content),), "indirect", cue.spans(prose), None, "nobody")


def _opens_words(prose: Prose, sentence: Sentence, index: int) -> bool:
    """Whether a colon at ``index`` opens words without marks."""
    return index + 1 < sentence.last and prose.tokens[index].text == ":" and not prose.is_quoted(index + 1)


def _after_cue(prose: Prose, sentence: Sentence, cue: Cue, subject: Phrase | None, colon: int) -> Found | None:
    """ "Келіні қосып қояды: енем …": the words stand behind the verb and a colon."""
    content = trimmed(prose, colon + 1, sentence.last)
    if subject is None or content[1] - content[0] < MIN_SAID or not cue.takes("clause"):
        return None
    said = (prose.span(*content),)
    return Found(said, "indirect", (prose.span(cue.first, colon),), prose.span(*subject))


def _told_after(prose: Prose, sentence: Sentence, cue: Cue, begin: int) -> Found | None:
    """ "…, деп хабарлайды ТАСС": the comma before деп ends what is said, and who says it comes last."""
    comma = cue.first - 2
    subject = phrase_after(prose, sentence, cue.last)
    if comma <= begin or prose.tokens[comma].text not in SIGNS or subject is None:
        return None
    content = trimmed(prose, begin, comma)
    if content[0] >= content[1]:
        return None
    return Found((prose.span(*content),), "indirect", (prose.span(cue.first - 1, cue.last),), prose.span(*subject))
