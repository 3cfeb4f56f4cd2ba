"""Reported clauses: X …-ғанын айтты · X … деп сендірді · X-тың айтуынша, …"""

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found, FoundType
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at, trimmed
from consumers.extracting.sov.phrases import MAX_SUBJECT, Phrase, is_called, leading, phrase_after
from consumers.extracting.sov.quoted import SIGNS


def find_sourced(prose: Prose, sentence: Sentence) -> list[Found]:
    """X-тың айтуынша, …: all of the sentence but the phrase."""
    for index in range(sentence.first + 1, sentence.last):
        length = 0 if prose.is_quoted(index) else phrase_at(prose, index, sentence.last, "sources_after")
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


def find_clauses(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...], taken: int) -> list[Found]:
    """X …-ғанын айтты · X … деп сендірді. Verbs that follow share the subject."""
    found: list[Found] = []
    start = taken
    known: Phrase | None = None
    endings = tuple(prose.language.words("clause_endings"))
    for cue in cues:
        end = cue.last
        while end < sentence.last and prose.tokens[end].lower in prose.language.words("breaks"):
            end += 1
        final = end >= sentence.last or prose.tokens[end].text in ENDS
        if cue.first <= start or (cue.form.kind == "participle" and not final):
            continue
        begin = max((i + 1 for i in range(start, cue.first) if _parts_clauses(prose, i)), default=start)
        quoting = prose.tokens[cue.first - 1].lower in prose.language.words("quoting")
        end = cue.first - 1 if quoting else cue.first
        if prose.tokens[end - 1].lower in prose.language.words("also") and end - 1 > begin:
            # "…екенін де атап өтті"
            end -= 1
        if end <= begin or not (quoting or prose.tokens[end - 1].lower.endswith(endings) or prose.is_quoted(end - 1)):
            continue
        if quoting and (told := _told_after(prose, sentence, cue, begin)):
            found.append(told)
            start = cue.last
            continue
        own = leading(prose, begin, end) if not found else None
        subject = own or known
        if subject is None:
            continue
        begin = subject[1] if own else begin
        past = begin + 1 if begin < end and prose.tokens[begin].lower in prose.language.words("objects") else begin
        content = trimmed(prose, past, end)
        if content[0] >= content[1]:
            continue
        to = prose.span(begin, past) if past > begin else None
        first = cue.first - 1 if quoting else cue.first
        named = quoting and cue.form.lemma in prose.language.words("naming")
        if named and prose.is_quoted(end - 1) and is_called(prose, end - 1):
            continue
        type_: FoundType = "reported" if named or cue.form.takes == frozenset(["object"]) else "indirect"
        said = (prose.span(*content),)
        found.append(Found(said, type_, (prose.span(first, cue.last),), prose.span(*subject), addressee=to))
        start, known = cue.last, subject
    return found


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


def _parts_clauses(prose: Prose, index: int) -> bool:
    return prose.tokens[index].text in {";", ":"} and not prose.is_quoted(index)
