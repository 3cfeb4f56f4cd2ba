"""The rules put together: every verb of saying of a sentence becomes a statement or is dropped. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.chinese.claims import SIDES, Claim, find_claims
from consumers.extracting.chinese.contents import Content, content_of
from consumers.extracting.chinese.labels import find_line, headline, with_turns
from consumers.extracting.chinese.layout import GAP_SIGN, Layout, all_quoted, lay_out, pattern
from consumers.extracting.chinese.sourced import answer, around, find_sources
from consumers.extracting.chinese.subjects import subject
from consumers.extracting.cues import Cue
from consumers.extracting.found import Found, FoundType
from consumers.extracting.grammar import Grammar
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span

MIN_ALONE = 5
"""Characters of a quotation that is a statement though no verb claims it."""
MIN_QUOTED = 4
"""Characters of a quotation that a colon alone gives to somebody."""


class ChineseGrammar(Grammar):
    """Who, then the verb, then a comma or a colon, then what."""

    general = False

    def __init__(self) -> None:
        self.finders = (self.find,)

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """Quotations told once, a headline's words, the turns of an interview."""
        claimed = {span for statement in found if statement.cue for span in statement.quote}
        once = [s for s in found if s.cue or not set(s.quote) <= claimed]
        if prose.sentences and (told := headline(lay_out(prose, prose.sentences[0]), once)) is not None:
            once = [told, *(one for one in once if one.quote != told.quote)]
        return with_turns(prose, once)

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order."""
        layout = lay_out(prose, sentence)
        if not layout.clauses:
            return []
        if (line := find_line(layout)) is not None:
            return [line]
        sources = find_sources(layout)
        named = {source.number for source in sources}
        claims = [claim for claim in find_claims(layout, cues) if claim.number not in named]
        found = _told(layout, claims)
        if sources and not found:
            source = sources[0]
            quote = around(layout, source)
            found = (
                _whole(
                    prose,
                    Found(
                        quote,
                        _type(prose, quote),
                        source.cue,
                        source.who,
                        sourced=True,
                        via=(source.via,) if source.via else (),
                    ),
                )
                if quote
                else []
            )
        elif sources:
            found = [replace(f, via=(*f.via, sources[0].who)) if f.start > sources[0].who[1] else f for f in found]
        if (told := answer(layout)) is not None and all(f.end <= told[0][0] for f in found):
            who, cue, said = told
            found = [*found, *_whole(prose, Found((said,), _type(prose, (said,)), (cue,), who))]
        if not found:
            found = _after_colon(layout)
        return found or _alone(prose, sentence)


def _told(layout: Layout, claims: Sequence[Claim]) -> list[Found]:
    found: list[Found] = []
    taken = 0
    known: Span | None = None
    passed: Span | None = None
    floor = 0
    for number, claim in enumerate(claims):
        if claim.number < taken:
            continue
        if _relays(claim, claims[number + 1 :]):
            # 中央社报道，X说：“…”: X says it, and it came through the agency.
            passed, floor = claim.subject, claim.number + 1
            continue
        content = content_of(layout, claim, claims[number + 1 :], taken)
        if content is None:
            if claim.subject is not None:
                known, floor = claim.subject, claim.number + 1
            continue
        who = claim.subject or _main_subject(layout, claim, floor) or known
        if who is None and not content.before and not _carries_on(layout):
            continue
        if claim.cue.form.takes <= {"object"} and (who is None or layout.text(*who).endswith(SIDES)):
            # "中方欢迎…", "欢迎…": a readout goes on with what somebody said.
            continue
        told = _stated(layout, claim, content, who)
        found.extend(replace(f, via=(*f.via, passed)) if passed else f for f in told)
        taken = floor = max(claim.number, content.last) + 1
        known = claim.subject or known
    return found


def _relays(claim: Claim, following: Sequence[Claim]) -> bool:
    """Whether the next clause has somebody else say what this one reports."""
    inner = following[0] if following else None
    told = inner is not None and inner.number == claim.number + 1 and inner.subject is not None
    return told and claim.cue.takes("relays") and claim.subject is not None


def _carries_on(layout: Layout) -> bool:
    """Whether a sentence before in the paragraph may say who speaks: "并强调，…"."""
    return layout.prose.paragraphs[layout.sentence.paragraph][0] < layout.sentence.start


def _stated(layout: Layout, claim: Claim, content: Content, who: Span | None) -> list[Found]:
    prose = layout.prose
    type_ = _type(prose, content.spans)
    if type_ == "indirect" and content.named and claim.cue.form.takes <= {"object"}:
        type_ = "reported"
    via = (claim.teller.via,) if claim.teller.via else ()
    whole = Found(
        content.spans, type_, claim.cue.spans(prose), who, "here" if who else "carried", claim.teller.addressee, via=via
    )
    return _whole(prose, whole)


def _type(prose: Prose, spans: Sequence[Span]) -> FoundType:
    return "direct" if all_quoted(prose, spans) else "indirect"


def _whole(prose: Prose, whole: Found) -> list[Found]:
    """The statement, and quoted words within it as its parts."""
    if whole.type == "direct":
        return [whole]
    span: Span = (whole.start, whole.end)
    parts = [
        Found(((q.start, q.end),), "direct", whole.cue, whole.speaker, whole.speaker_from, part_of=span)
        for q in prose.quotations_between(whole.start, whole.end)
        if any(start <= q.start and q.end <= end for start, end in whole.quote)
    ]
    return [whole, *parts]


def _main_subject(layout: Layout, claim: Claim, floor: int) -> Span | None:
    """Whom the clauses from ``floor`` on are about, for a verb without a subject of its own: "X发来贺信，称…"."""
    for clause in reversed(layout.clauses[floor : claim.number]):
        who = None if clause.quoted else subject(layout, clause.start, clause.end)
        if who is not None:
            return who
    return None


def _after_colon(layout: Layout) -> list[Found]:
    """X不置可否：“…”: no verb of saying, but a colon and words in marks that end the sentence."""
    clauses = layout.clauses
    for number, clause in enumerate(clauses[:-1]):
        following = clauses[number + 1]
        quote = (following.start, following.end)
        if clause.sign not in {"：", ":"} or not following.quoted or number + 2 < len(clauses):
            continue
        named = pattern(layout.prose.language, "not_told").search(layout.words(clause))
        part = max((n + 1 for n in range(number) if clauses[n].sign == GAP_SIGN), default=0)
        who = subject(layout, clauses[part].start, clauses[part].end)
        if not named and who is not None and quote[1] - quote[0] > MIN_QUOTED + 2:
            return [Found((quote,), "direct", ((clause.end, clause.end + 1),), who)]
    return []


def _alone(prose: Prose, sentence: Sentence) -> list[Found]:
    """A sentence that is one quotation goes on with what the last speaker said."""
    quotations = prose.quotations_in(sentence)
    if len(quotations) != 1 or quotations[0].start != sentence.start or quotations[0].end < sentence.end - 1:
        return []
    if sentence.paragraph == 0 and prose.paragraphs[0] == (sentence.start, sentence.end):
        return []
    if quotations[0].end - quotations[0].start < MIN_ALONE + 2:
        return []
    return [Found(((quotations[0].start, quotations[0].end),), "direct", speaker_from="carried")]
