"""Statements in languages whose verb comes last (Kazakh): "X …-ғанын айтты", "X-тың айтуынша, …", «…», – деді X.

In: a sentence of a laid-out text and its cues. Out: ``Found`` statements. Word lists read: ``quoting`` (деп: says that
what stands before it is said), ``sources_after`` (айтуынша: follows its source), ``clause_endings`` (of a verb made a
noun: -ғанын, -уды), ``subject_endings`` (a noun that ends a phrase: министрі), ``genitive_endings``, ``leading``,
``breaks`` (helping verbs and particles after a verb), ``also`` (де), ``about_this`` (бұл туралы),
``objects`` (журналистерге: to whom it is said).
"""

from consumers.extracting.cues import Cue, cues_at
from consumers.extracting.found import Found, FoundType
from consumers.extracting.grammar import Grammar
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at, trimmed
from consumers.extracting.ticker import find_ticker, is_clock
from consumers.extracting.tokens import Span, Token
from consumers.extracting.told_later import told_later

SIGNS = frozenset(",;:—–-")
MAX_SUBJECT = 9
MAX_NAME = 3
MAX_WORK = 400_000
"""Cues times tokens of one sentence: beyond it the text is no prose."""
MAX_SPEECH = 400
"""Tokens after a paragraph's dash within which the verb of saying has to come."""
MIN_ALONE = 4
"""Words of a quotation that is a statement though no cue claims it."""

Phrase = tuple[int, int]


class VerbLastGrammar(Grammar):
    """Subject, object, verb."""

    general = False

    def __init__(self) -> None:
        self.finders = (self.find,)

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """With the tellers of quotations over several paragraphs."""
        return told_later(found)

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order."""
        if len(cues) * (sentence.last - sentence.first) > MAX_WORK:
            return []
        spoken = _after_dash(prose, sentence)
        if spoken is not None:
            return spoken
        if (told := _backward(prose, sentence, cues)) is not None:
            return [told]
        found = _direct(prose, sentence)
        taken = max((_after(prose, statement) for statement in found), default=sentence.first)
        reported = _sourced(prose, sentence) if not found else []
        clauses = _clauses(prose, sentence, cues, taken)
        reported += [clause for clause in clauses if not any(overlap(clause, other) for other in reported)]
        for statement in reported:
            found.append(statement)
            found.extend(_parts(prose, statement))
        return found or find_ticker(prose, sentence) or _alone(prose, sentence)


def _backward(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Found | None:
    """ "Бұл туралы министр хабарлады": what is said is the sentence before, in the same paragraph."""
    length = phrase_at(prose, sentence.first, sentence.last, "about_this")
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if not length or not cues or before is None or before.paragraph != sentence.paragraph:
        return None
    start = sentence.first + length
    if start >= cues[-1].first or any(prose.tokens[i].text in SIGNS for i in range(start, cues[-1].first)):
        return None
    cue = (prose.span(sentence.first, start), *cues[-1].spans(prose))
    return Found(((before.start, before.end),), "indirect", cue, prose.span(start, cues[-1].first))


def _after(prose: Prose, statement: Found) -> int:
    """The first token after a statement, its cue and speaker."""
    spans = [*statement.quote, *statement.cue, *([statement.speaker] if statement.speaker else [])]
    return prose.token_from(max(end for _, end in spans))


def _direct(prose: Prose, sentence: Sentence) -> list[Found]:
    """«…», – деді X · X: «…», – деді · X «…» деп атады."""
    found: list[Found] = []
    carried = prose.quotation_of(sentence.first)
    ending = [carried] if carried and carried.start < sentence.start < carried.end < sentence.end else []
    for quotation in (*ending, *prose.quotations_in(sentence)):
        first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
        start = last
        while start < sentence.last and prose.tokens[start].text in SIGNS:
            start += 1
        cue, end = _cue(prose, sentence, start)
        before = prose.tokens[first - 1] if first > sentence.first else None
        if cue is None:
            if before is not None and before.text == ":":
                found.extend(_after_colon(prose, sentence, quotation, first))
            continue
        if cue.first > start and cue.form.lemma in prose.language.words("naming"):
            # "шешімді «қате» деп атады": a judgement, or what it is called.
            continue
        subject = _phrase_after(prose, sentence, end)
        if subject is None:
            subject = leading(prose, sentence.first, first)
            subject = _beside(prose, subject, first)
        speaker = prose.span(*subject) if subject else None
        quote = ((quotation.start, quotation.end),)
        found.append(Found(quote, "direct", (prose.span(start, end),), speaker, "here" if speaker else "carried"))
    return found


def _beside(prose: Prose, subject: Phrase | None, first: int) -> Phrase | None:
    """ "Сапар туралы сұраққа Песков «…» деп жауап берді": a name right before the marks is who says it."""
    start = first
    while start > 0 and prose.tokens[start - 1].is_word and prose.tokens[start - 1].is_capital:
        start -= 1
    if start == first or subject is None or subject[1] >= first or start <= subject[1]:
        return subject
    return start, first


def _cue(prose: Prose, sentence: Sentence, start: int) -> tuple[Cue | None, int]:
    """A cue at ``start``, "деп" before it included, and where it ends."""
    index = start
    while index < sentence.last and prose.tokens[index].lower in prose.language.words("quoting"):
        index += 1
    for at in range(index, min(sentence.last, index + 3)):
        if prose.is_quoted(at) or not prose.tokens[at].is_word or (at > index and index == start):
            break
        cue = next(iter(cues_at(prose, sentence, at)), None)
        # «…», – деген X says it; «…» деген сөз is a word called so.
        if cue is not None and (cue.form.kind != "participle" or prose.tokens[start - 1].text in SIGNS):
            return cue, cue.last
    return None, start


def _after_colon(prose: Prose, sentence: Sentence, quotation: Quotation, first: int) -> list[Found]:
    """Министр: «…»"""
    subject = leading(prose, sentence.first, first - 1)
    if subject is None or subject[1] < first - 1:
        return []
    colon = (prose.tokens[first - 1].start, prose.tokens[first - 1].end)
    return [Found(((quotation.start, quotation.end),), "direct", (colon,), prose.span(*subject))]


def _phrase_after(prose: Prose, sentence: Sentence, start: int) -> Phrase | None:
    breaks = prose.language.words("breaks")
    while start < sentence.last and prose.tokens[start].lower in breaks:
        start += 1
    if start < sentence.last and prose.tokens[start].lower in prose.language.pronouns:
        return start, start + 1
    end = start
    while end < sentence.last and (_in_name(prose, end) or (not prose.is_quoted(end) and prose.tokens[end].is_word)):
        if prose.tokens[end].lower in breaks or end - start >= MAX_SUBJECT:
            break
        end += 1
    return (start, end) if end > start else None


def leading(prose: Prose, start: int, end: int) -> Phrase | None:
    """The noun phrase at the head of a clause: a pronoun, a name with its titles, or a noun with its owner."""
    words = prose.language.words
    while (
        start < end
        and not _in_name(prose, start)
        and (not prose.tokens[start].is_word or prose.tokens[start].lower in words("leading"))
    ):
        start += 1
    if start < end and is_clock(prose.tokens[start]):
        start += 1
    limit = next((i for i in range(start, end) if not (prose.tokens[i].is_word or _in_name(prose, i))), end)
    if start >= limit:
        return None
    if prose.tokens[start].lower in prose.language.pronouns:
        return start, start + 1
    subject = tuple(words("subject_endings"))
    owner = tuple(words("genitive_endings"))
    last: int | None = None
    oblique = tuple(words("oblique_endings"))
    for index in range(start, min(limit, start + MAX_SUBJECT)):
        token = prose.tokens[index]
        if index == start + 1 and token.is_small and prose.tokens[start].is_capital and token.lower.endswith(oblique):
            # "Тоқаев көрмеге …": the next word is no longer the name's.
            return start, index
        if token.lower.endswith(owner) and len(token.text) > 4:
            # "министрдің орынбасары": the owner belongs to what follows; after a full name it opens the clause.
            if last is not None and prose.tokens[last - 1].is_capital:
                break
            continue
        if last is not None and token.is_small and token.lower.endswith(oblique) and len(token.text) > 5:
            # "Песков журналистерге …": to whom it is said.
            break
        before = prose.tokens[index - 1]
        if index > start and last in {None, index} and _begins_anew(prose, before, token):
            break
        named = (token.is_capital and index > start) or prose.is_quoted(index)
        if named or (last is None and token.lower.endswith(subject)):
            last = index + 1
        elif last is not None and token.is_small and not _name_follows(prose, index, limit):
            break
    if last is None:
        if prose.tokens[start].lower.endswith(tuple(words("object_endings"))):
            # "айыпталушыны": whom it is done to, no subject.
            return None
        last = start + 1
    return start, last


def _begins_anew(prose: Prose, before: Token, token: Token) -> bool:
    """Whether a name or title opens what is said: "ХВҚ | Қазақстан экономикасы", "баспасөзі | премьер Моди"."""
    if before.text.isupper() and len(before.text) > 1 and token.is_capital and not token.text.isupper():
        return True
    return before.is_small and token.lower in prose.language.words("person_titles")


def _name_follows(prose: Prose, index: int, limit: int) -> bool:
    """Whether a name comes next, or behind a title: "бас бапкер Қайрат Сәтжанов", "Сыртқы істер министрі Рашид …"."""
    ahead = prose.tokens[index + 1 : min(limit, index + 3)]
    titles = tuple(prose.language.words("person_titles"))
    if not ahead:
        return False
    return ahead[0].is_capital or (len(ahead) > 1 and ahead[0].lower.startswith(titles) and ahead[1].is_capital)


def overlap(one: Found, other: Found) -> bool:
    """Whether two statements share a character."""
    return any(a < d and c < b for a, b in one.quote for c, d in other.quote)


def _in_name(prose: Prose, index: int) -> bool:
    """Whether the token stands in a name in marks: «Ақ жол» фракциясы."""
    quotation = prose.quotation_of(index)
    if quotation is None:
        return False
    inside = prose.tokens[prose.token_from(quotation.start) : prose.token_from(quotation.end)]
    return sum(1 for token in inside if token.is_word) <= MAX_NAME and inside[1].is_capital


def _parts_clauses(prose: Prose, index: int) -> bool:
    return prose.tokens[index].text in {";", ":"} and not prose.is_quoted(index)


def _sourced(prose: Prose, sentence: Sentence) -> list[Found]:
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


def _clauses(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...], taken: int) -> list[Found]:
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
        if named and prose.is_quoted(end - 1) and _is_called(prose, end - 1):
            continue
        type_: FoundType = "reported" if named or cue.form.takes == frozenset(["object"]) else "indirect"
        said = (prose.span(*content),)
        found.append(Found(said, type_, (prose.span(first, cue.last),), prose.span(*subject), addressee=to))
        start, known = cue.last, subject
    return found


def _is_called(prose: Prose, index: int) -> bool:
    """Whether the quotation that ends here is a name: «Жас қыран»."""
    quotation = prose.quotation_of(index)
    words = prose.tokens[prose.token_from(quotation.start) : index] if quotation else ()
    return any(token.is_word and token.is_capital for token in words[:2])


def _told_after(prose: Prose, sentence: Sentence, cue: Cue, begin: int) -> Found | None:
    """ "…, деп хабарлайды ТАСС": the comma before деп ends what is said, and who says it comes last."""
    comma = cue.first - 2
    subject = _phrase_after(prose, sentence, cue.last)
    if comma <= begin or prose.tokens[comma].text not in SIGNS or subject is None:
        return None
    content = trimmed(prose, begin, comma)
    if content[0] >= content[1]:
        return None
    return Found((prose.span(*content),), "indirect", (prose.span(cue.first - 1, cue.last),), prose.span(*subject))


def _after_dash(prose: Prose, sentence: Sentence) -> list[Found] | None:
    """ "— … — деп сұрады тілші. — …": a paragraph of speech, told with its first sentence; None when it is none."""
    begin, stop = prose.paragraphs[sentence.paragraph]
    first, last = prose.token_from(begin), prose.token_from(stop)
    if first >= last or prose.tokens[first].text not in {"—", "–"}:
        return None
    whole = Sentence(sentence.index, first, last, begin, stop, sentence.paragraph)
    for index in range(first + 2, min(last - 2, first + MAX_SPEECH)):
        if prose.tokens[index].text not in {"—", "–"}:
            continue
        cue, end = _cue(prose, whole, index + 1)
        subject = _phrase_after(prose, whole, end) if cue is not None else None
        if subject is None:
            continue
        if sentence.first != first:
            return []
        pieces = [trimmed(prose, first, index)]
        rest = trimmed(prose, subject[1], last)
        if rest[0] < rest[1] and prose.tokens[rest[0] - 1].text in {"—", "–"}:
            pieces.append(rest)
        quote = tuple(prose.span(*piece) for piece in pieces if piece[0] < piece[1])
        return [Found(quote, "direct", (prose.span(index + 1, end),), prose.span(*subject))] if quote else []
    return None


def _parts(prose: Prose, whole: Found) -> list[Found]:
    span: Span = (whole.start, whole.end)
    return [
        Found(((q.start, q.end),), "direct", whole.cue, whole.speaker, part_of=span)
        for q in prose.quotations_between(whole.start, whole.end)
        if any(start <= q.start and q.end <= end for start, end in whole.quote)
    ]


def _alone(prose: Prose, sentence: Sentence) -> list[Found]:
    """A sentence that is one quotation goes on with what the last speaker said."""
    quotations = prose.quotations_in(sentence)
    if len(quotations) != 1 or quotations[0].start != sentence.start or quotations[0].end < sentence.end:
        return []
    inside = prose.tokens[sentence.first : sentence.last]
    if sum(1 for token in inside if token.is_word) < MIN_ALONE:
        return []
    return [Found(((quotations[0].start, quotations[0].end),), "direct", speaker_from="carried")]
