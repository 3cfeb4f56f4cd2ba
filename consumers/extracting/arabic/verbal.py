"""The claims of an Arabic sentence with what is said: each becomes a statement. Pure."""

from collections.abc import Sequence

from consumers.extracting.arabic.claims import Claim, has_lead, is_lone, is_no_verb, read, restart
from consumers.extracting.arabic.openings import named_at
from consumers.extracting.arabic.phrases import COMMAS, PARTING, Phrase, is_in, phrase_after, phrase_before, topic
from consumers.extracting.arabic.sourced import source_length
from consumers.extracting.cues import Cue, spans_of
from consumers.extracting.found import Found, FoundType
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.sourced import quoted_parts

MIN_WORDS = 2
"""Words of the shortest content outside marks, before its verb."""


def find_verbal(prose: Prose, sentence: Sentence, start: int, cues: Sequence[Cue]) -> list[Found]:
    """Statements of one sentence, whose first word behind a dateline is ``start``, in text order."""
    last = sentence.last
    clauses = _clauses(prose, start, cues)
    claims: list[Claim] = []
    behind = (cue.first for cue in cues if cue.first > start)
    goes_on = any(cue.first == start and cue.form.kind == "gerund" for cue in cues[:1])
    lone = any(cue.first <= start + 1 and (is_lone(prose, cue) or _names_first(prose, cue, last)) for cue in cues[:1])
    known = None if goes_on or lone else topic(prose, start, next(behind, sentence.last))
    taken = start
    for number, (where, cue) in enumerate(clauses):
        stop = clauses[number + 1][0] if number + 1 < len(clauses) else last
        clause = max(taken, min(where, cue.first)) if claims else start
        claim = read(prose, cue, clause, max(stop, cue.last), _nearest(prose, cues, cue, start) or known)
        if claim is None:
            leads = None if has_lead(prose, cue) else phrase_before(prose, clause, cue.first)
            known = leads or phrase_after(prose, cue.last, stop) or known
            continue
        known = claim.subject or known
        taken = max(taken, claim.end)
        claims.append(claim)
    found: list[Found] = []
    begin = start
    for number, claim in enumerate(claims):
        stop = _end(prose, claims, number, last)
        pieces = _pieces(prose, claim, begin, stop)
        if pieces:
            found.extend(_stated(prose, claim, pieces))
            begin = max(claim.end, pieces[-1][1])
    return found


def _names_first(prose: Prose, cue: Cue, last: int) -> bool:
    """ "وأكد أهمية التعاون": what is told of stands right behind the verb."""
    return cue.takes("object") and cue.last < last and named_at(prose, cue, last) == cue.last


def _nearest(prose: Prose, cues: Sequence[Cue], cue: Cue, start: int) -> Phrase | None:
    """ "قبل أن يؤكد متحدث اللقاء، موضحا أن": a participle goes on with the verb that a circumstance holds."""
    if cue.form.kind != "gerund":
        return None
    held = (c for c in reversed(cues) if start <= c.first < cue.first and c.form.kind != "gerund")
    other = next(held, None)
    if other is None or other.first < start + 2 or prose.tokens[other.first - 1].lower != "أن":
        return None
    if prose.tokens[other.first - 2].lower not in {"قبل", "بعد"}:
        return None
    return phrase_after(prose, other.last, cue.first)


def _clauses(prose: Prose, start: int, cues: Sequence[Cue]) -> list[tuple[int, Cue]]:
    """Cues with clauses of their own, each with where its clause begins; the first has one in any case."""
    clauses: list[tuple[int, Cue]] = []
    for cue in cues:
        if is_no_verb(prose, cue, start):
            continue
        opened = any(prose.tokens[i].lower in prose.language.words("that") for i in range(start, cue.first))
        while_first = phrase_at(prose, start, cue.first, "subordinate") > 0 and len(clauses) == 1
        where = restart(prose, cue, start, within=bool(clauses) and opened and not while_first)
        if where is None and not clauses:
            where = start
        if where is not None:
            clauses.append((where, cue))
    return clauses


def _end(prose: Prose, claims: Sequence[Claim], number: int, last: int) -> int:
    """Where the words of a claim end: at the next claim or at a source phrase between commas."""
    claim = claims[number]
    begin = claim.opening.start if claim.opening else claim.end
    stop = last
    for other in claims[number + 1 :]:
        if other.begin > begin:
            stop = _clause_begin(prose, other, begin)
            break
    named = claim.opening is not None and claim.opening.by in {"object", "link"}
    for index in range(begin + 1, stop):
        if prose.tokens[index - 1].text not in COMMAS or prose.is_quoted(index):
            continue
        if source_length(prose, index, stop) or phrase_at(prose, index, stop, "asides_of_writer"):
            return index
        if named and is_in(prose, index, "conjunctions"):
            return index
    return stop


def _clause_begin(prose: Prose, claim: Claim, floor: int) -> int:
    """Where the clause of a claim begins whose subject stands first."""
    leads = claim.subject is not None and claim.subject[0] > floor and claim.cue.form.kind != "gerund"
    begin = min(claim.begin, claim.subject[0]) if claim.subject and leads else claim.begin
    while begin > floor + 1 and prose.tokens[begin - 1].lower in prose.language.words("conjunctions"):
        begin -= 1
    return begin


def _pieces(prose: Prose, claim: Claim, floor: int, stop: int) -> list[Phrase]:
    if claim.side == "after":
        start = claim.opening.start if claim.opening else claim.end
        pieces = _kept(prose, [trimmed(prose, start, stop)])
        named = claim.opening is not None and claim.opening.by == "object"
        return [] if named and _size(prose, pieces) < MIN_WORDS else pieces
    before = trimmed(prose, floor, claim.begin)
    if claim.side == "before":
        while before[0] < before[1] and not prose.is_quoted(before[0]):
            before = (before[0] + 1, before[1])
        if before[0] < before[1] and (quotation := prose.quotation_of(before[0])) is not None:
            # Of several paragraphs, the last of which this sentence ends.
            before = (prose.token_from(quotation.start), before[1])
        after = trimmed(prose, claim.opening.start, stop) if claim.opening else (stop, stop)
        return _kept(prose, [before, after])
    if not any(prose.tokens[index].is_word for index in range(floor, claim.begin)):
        comma = next((i for i in range(claim.end, stop) if prose.tokens[i].text in PARTING), stop)
        return _kept(prose, [trimmed(prose, comma, stop)])
    goes_on = claim.end + 1 < stop and prose.tokens[claim.end].text in COMMAS
    goes_on = goes_on and prose.tokens[claim.end + 1].lower != "عن"
    pieces = _kept(prose, [before, trimmed(prose, claim.end, stop)] if goes_on else [before])
    return pieces if _size(prose, pieces) >= MIN_WORDS else []


def _size(prose: Prose, pieces: Sequence[Phrase]) -> int:
    return sum(1 for b, e in pieces for token in prose.tokens[b:e] if token.is_word)


def _is_named(prose: Prose, claim: Claim) -> bool:
    """Whether a particle names what is said ("حذر من عودة الحصبة"); "called for", "urged to" give its words."""
    return (
        claim.opening is not None
        and claim.opening.by == "link"
        and not (claim.cue.takes("to") or claim.cue.takes("on"))
    )


def _kept(prose: Prose, pieces: Sequence[Phrase]) -> list[Phrase]:
    return [(b, e) for b, e in pieces if b < e and any(token.is_word for token in prose.tokens[b:e])]


def _stated(prose: Prose, claim: Claim, pieces: Sequence[Phrase]) -> list[Found]:
    """The statement, and quoted words within it as its parts."""
    quoted = all(prose.is_quoted(i) for b, e in pieces for i in range(b, e) if prose.tokens[i].is_word)
    named = claim.opening is not None and claim.opening.by == "object"
    type_: FoundType = (
        "direct" if quoted and not named else "reported" if named or _is_named(prose, claim) else "indirect"
    )
    quote = tuple(prose.span(*piece) for piece in pieces)
    cue = spans_of(
        prose,
        tuple(range(claim.begin, claim.cue.first)) + claim.cue.tokens if claim.side == "around" else claim.cue.tokens,
    )
    speaker = prose.span(*claim.subject) if claim.subject else None
    via = (prose.span(*claim.via),) if claim.via else ()
    whole = Found(quote, type_, cue, speaker, "here" if speaker else "carried", via=via)
    return [whole] if type_ == "direct" else [whole, *quoted_parts(prose, whole)]
