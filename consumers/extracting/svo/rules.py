"""The rules put together: every cue of a sentence becomes a statement or is dropped. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue, spans_of
from consumers.extracting.found import Found, FoundType
from consumers.extracting.grammar import Grammar, is_no_prose
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.antecedents import antecedent
from consumers.extracting.svo.backward import find_backward, without_told
from consumers.extracting.svo.claims import PAUSES, Claim, find_claims
from consumers.extracting.svo.colons import colon_quote, without_reason
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.continued import sourced_part, with_announced
from consumers.extracting.svo.dialogue import after_dash, within_marks
from consumers.extracting.svo.ends import content_end
from consumers.extracting.svo.phrases import dateline_end, strip_lead
from consumers.extracting.svo.sourced import find_sourced, passed_on, quoted_parts, source_at
from consumers.extracting.svo.turned import is_judged
from consumers.extracting.svo.unclaimed import unclaimed
from consumers.extracting.svo.unsaid import without_unsaid
from consumers.extracting.svo.words import Words, first_infinitive, words_of
from consumers.extracting.ticker import find_ticker, is_clock
from consumers.extracting.tokens import Span, Token
from consumers.extracting.told_later import told_later

Phrase = tuple[int, int]
MIN_CLAUSE = 2
"""Words of the shortest content outside quotation marks."""
LONG_CLAUSE = 6
"""Words of one that a preposition opens, where no verb shows that it is more than when or where."""
MIN_THING = 4
"""Letters of a noun that is all that is named."""


class ClauseGrammar(Grammar):
    """Subject, verb, object. A language's module makes one, or a subclass."""

    general = False

    def __init__(self) -> None:
        self.finders = (self.find,)

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """Without quotations told twice: on their own, and again by the sentence behind ("“Really?” Smith asked.")."""
        claimed = {statement.quote for statement in found if statement.cue}
        once = [statement for statement in found if statement.cue or statement.quote not in claimed]
        return without_told(told_later(once))

    def antecedent(self, prose: Prose, span: Span) -> Span:
        """The noun phrase before the relative pronoun that is all of ``span``."""
        return antecedent(prose, words_of(prose.language), span) or span

    def claims(self, prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
        """The cues that are verbs of saying here. A language whose verbs may do more adds its own."""
        return find_claims(prose, words, sentence, cues)

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order."""
        words = words_of(prose.language)
        whole, sentence = sentence, _without_head(prose, words, sentence)
        spoken = after_dash(prose, words, sentence)
        if spoken is not None:
            return spoken
        inner = [within_marks(prose, words, sentence, quotation) for quotation in prose.quotations_in(sentence)]
        if any(inner):
            return [found for found in inner if found is not None]
        if is_no_prose(sentence, cues):
            return []
        if (told := find_backward(prose, words, sentence, cues)) is not None:
            return [told]
        if (parts := sourced_part(prose, words, sentence)) is not None:
            head, tail = parts
            first = self.find(prose, head, tuple(cue for cue in cues if cue.last <= head.last))
            return [*first, *find_sourced(prose, words, tail)]
        claims = without_unsaid(prose, words, sentence, self.claims(prose, words, sentence, cues))
        if relayed := passed_on(prose, words, sentence, claims):
            return relayed
        via, own, claims = _relayed(prose, words, sentence, claims)
        found: list[Found] = []
        for claim, pieces, type_ in _contents(prose, words, own, claims):
            found.extend(replace(one, via=via) for one in _stated(prose, claim, pieces, type_))
        # "According to him, ten states have confirmed their part": the cue is part of what the source says.
        worded = any(c.side == "before" or c.opening.by in {"that", "quote", "colon"} for c in claims)
        if not found or (source_at(prose, sentence.first, sentence.last) and not worded):
            sourced = find_sourced(prose, words, sentence)
            found = _passed_on_by(prose, claims, found, sourced) or sourced or found
        return (
            found
            or find_ticker(prose, whole)
            or with_announced(prose, words, sentence, unclaimed(prose, words, sentence))
        )


def _relayed(
    prose: Prose, words: Words, sentence: Sentence, claims: list[Claim]
) -> tuple[tuple[Span, ...], Sentence, list[Claim]]:
    """ "The ministry said two had died, TASS reported": who passes it on, and the sentence and claims without that."""
    outer = claims[-1] if len(claims) > 1 else None
    if outer is None or outer.subject is None or outer.side != "before" or outer.shared:
        return (), sentence, claims
    inner = claims[0]
    said = inner.side == "after" and inner.opening.by in {"that", "clause"} and inner.cue.takes("clause")
    heads = strip_lead(prose, words, sentence.first, inner.cue.first) == inner.begin
    if outer.cue.form.lemma not in words.language.words("relaying") or not (said and heads):
        return (), sentence, claims
    told = replace(sentence, last=outer.begin, end=prose.tokens[outer.begin - 1].end)
    return (prose.span(*outer.subject),), told, claims[:-1]


def _passed_on_by(
    prose: Prose, claims: Sequence[Claim], found: Sequence[Found], sourced: Sequence[Found]
) -> list[Found]:
    """ "Theo Tân Hoa xã, ông Nam nói giá sẽ giảm": a verb that needs no conjunction says who says it."""
    if not found or not sourced or sourced[0].speaker is None:
        return []
    start = sourced[0].quote[0][0]
    tells = any(c.cue.takes("free") and c.subject and prose.tokens[c.subject[0]].start == start for c in claims)
    return [replace(statement, via=(sourced[0].speaker,)) for statement in found] if tells else []


def _without_head(prose: Prose, words: Words, sentence: Sentence) -> Sentence:
    """The sentence behind its dateline or clock."""
    first = dateline_end(prose, words, sentence)
    if first == sentence.first and is_clock(prose.tokens[first]):
        first += 1
    return (
        replace(sentence, first=first, start=prose.tokens[first].start)
        if sentence.first < first < sentence.last
        else sentence
    )


def _contents(
    prose: Prose, words: Words, sentence: Sentence, claims: Sequence[Claim]
) -> list[tuple[Claim, tuple[Phrase, ...], FoundType]]:
    """Claims with what is said. A claim that stands within another's words is not one of its own."""
    outer = _outermost(prose, words, sentence, claims)
    result: list[tuple[Claim, tuple[Phrase, ...], FoundType]] = []
    taken = sentence.first
    for number, claim in enumerate(_without_hearer(prose, words, claim) for claim in outer):
        following = outer[number + 1 :]
        if claim.object is not None:
            behind = trimmed(prose, claim.opening.start, content_end(prose, words, sentence, claim, following))
            named = claim.opening.by in {"quote", "clause"} and behind[0] < behind[1]
            result.append((claim, (claim.object, behind) if named else (claim.object,), "reported"))
            taken = max(taken, behind[1] if named else claim.cue.last)
            continue
        if claim.side == "before":
            pieces, taken = _pieces_before(prose, words, sentence, claim, following, taken)
        elif (claim.begin < taken and not claim.shared) or claim.first < taken:
            continue
        else:
            end = content_end(prose, words, sentence, claim, following)
            piece = _past_hearer(prose, words, claim, trimmed(prose, claim.opening.start, end))
            pieces, taken = (piece,) if piece[0] < piece[1] else (), max(taken, piece[1])
        pieces, reason = without_reason(prose, words, claim, pieces)
        type_ = _type(prose, words, claim, pieces)
        if type_ is not None:
            result.append((claim, pieces, type_))
            taken = colon_quote(prose, sentence, claim, pieces, result, taken)
            result.extend((claim, (piece,), "free_indirect") for piece in reason)
        elif claim.side == "after":
            taken = max(sentence.first, claim.cue.last)
    return result


def _without_hearer(prose: Prose, words: Words, claim: Claim) -> Claim:
    """ "urged restraint", "ordered a check of the cars": what is asked for, and nobody who is asked."""
    told, opening = claim.opening.addressee, claim.opening
    if (
        told is None
        or opening.by not in {"nothing", "clause"}
        or claim.cue.form.lemma not in words.language.words("bids")
    ):
        return claim
    first = prose.tokens[told[0]]
    if first.is_capital or first.lower in words.objects:
        return claim
    return replace(claim, opening=replace(opening, start=told[0], by="clause", addressee=None))


def _outermost(prose: Prose, words: Words, sentence: Sentence, claims: Sequence[Claim]) -> list[Claim]:
    """Without claims that stand in the words before a parenthetical one ("He believes it is over, Smith said")."""
    kept: list[Claim] = []
    for claim in claims:
        if claim.subject and not claim.shared:
            # "Officials, who had asked for it, said": the asking tells who they are.
            within = [other for other in kept if claim.subject[0] <= other.cue.first < claim.subject[1]]
            if any(other.side == "before" for other in within):
                # "Farmers, he said, should think": what stands behind the insertion is still what he said.
                continue
            kept = [other for other in kept if other not in within]
        if claim.side == "before":
            while (
                kept and kept[-1].side == "after" and not kept[-1].object and not _parted(prose, words, kept[-1], claim)
            ):
                kept.pop()
        kept.append(claim)
    return kept


def _parted(prose: Prose, words: Words, earlier: Claim, later: Claim) -> bool:
    """Whether a quotation of its own stands before the later claim: X said it was over. “…,” he added."""
    start = later.begin - 1
    while start > earlier.cue.last and not prose.is_quoted(start):
        start -= 1
    quotation = prose.quotation_of(start)
    if quotation is None:
        return False
    first = prose.token_from(quotation.start)
    before = prose.tokens[first - 1] if first else None
    return first > earlier.cue.last and before is not None and (before.text in ".;:" or before.lower in words.joining)


def _pieces_before(
    prose: Prose, words: Words, sentence: Sentence, claim: Claim, following: Sequence[Claim], taken: int
) -> tuple[tuple[Phrase, ...], int]:
    """What stands before a parenthetical claim, and what goes on behind it."""
    if claim.begin == sentence.first and not phrase_at(prose, claim.begin, sentence.last, "as"):
        before = prose.sentences[sentence.index - 1] if sentence.index else None
        start = before.last - 1 if before else 0
        while before and start > before.first and prose.is_quoted(start - 1):
            start -= 1
        return ((start, before.last),) if before else (), claim.end
    start = max(taken, dateline_end(prose, words, sentence))
    for index in range(start, claim.begin):
        # "He was cautious: it was early, he said"; "two fell ill; neither, the doctor said, is in danger"
        if prose.tokens[index].text in {";", ":"} and not prose.is_quoted(index):
            start = index + 1
    last = claim.begin - 1 - (prose.tokens[claim.begin - 1].text in PAUSES)
    if start < last and prose.tokens[last].lower in words.relatives and not prose.is_quoted(last):
        # "depot owners, who, he said, had gone": only the relative clause is said.
        start = last
    while start < min(claim.begin, last) and not prose.is_quoted(start):
        token = prose.tokens[start]
        if token.is_word and not is_clock(token) and token.lower not in words.leading | words.joining:
            break
        start += 1
    pieces = [trimmed(prose, start, claim.begin)]
    end = claim.end
    if end < sentence.last and (prose.tokens[end].text in PAUSES or claim.opening.by == "quote"):
        quoted_on = claim.opening.by == "quote"
        goes_on = quoted_on or not _ended(prose, pieces[0][1])
        begin = claim.opening.start if quoted_on else end
        stop = content_end(prose, words, sentence, claim, following, begin)
        piece = trimmed(prose, begin, stop)
        if goes_on and piece[0] < piece[1] and _goes_on(prose, words, piece, quoted_on, pieces[0]):
            pieces.append(piece)
            end = piece[1]
    return tuple(piece for piece in pieces if piece[0] < piece[1]), end


def _ended(prose: Prose, end: int) -> bool:
    """Whether the words before end as a sentence does."""
    return prose.is_quoted(end - 1) and prose.tokens[max(0, end - 2)].text in {".", "?", "!", "…"}


def _goes_on(prose: Prose, words: Words, piece: Phrase, quoted: bool, before: Phrase) -> bool:
    if quoted:
        return True
    first = prose.tokens[piece[0]]
    if prose.is_quoted(before[1] - 1) or not first.is_word:
        return False
    return not (first.lower in words.conjunctions | words.relatives or first.lower.endswith("ing"))


def _type(prose: Prose, words: Words, claim: Claim, pieces: Sequence[Phrase]) -> FoundType | None:
    """What kind of statement the words make, None when they are none."""
    if not pieces or not any(token.is_word for b, e in pieces for token in prose.tokens[b:e]):
        return None
    cue, by = claim.cue, claim.opening.by
    quoted = all(prose.is_quoted(index) for b, e in pieces for index in range(b, e) if prose.tokens[index].is_word)
    if claim.side == "before":
        # "Earlier in the day, he had written": that is when, and nothing said.
        if quoted:
            return "direct"
        return None if _is_occasion(prose, words, pieces) else "indirect"
    first, last = pieces[0][0], pieces[-1][1]
    size = sum(1 for token in prose.tokens[first:last] if token.is_word)
    if by == "colon" and not prose.is_quoted(first) and not (cue.takes("direct") and cue.takes("clause")):
        return None
    if by in {"quote", "colon"}:
        if by == "quote" and quoted and cue.form.lemma in words.language.words("naming"):
            # "named “The Bridge”": what it is called.
            return None
        if cue.takes("direct"):
            return "direct" if quoted else "indirect"
        return (
            ("reported" if cue.takes("object") else "indirect") if cue.takes("object") or cue.takes("clause") else None
        )
    if by == "that":
        if cue.takes("clause") or cue.takes("that"):
            return "indirect"
        # "called that claim baseless": no conjunction.
        named = cue.takes("object") and size >= MIN_CLAUSE and prose.tokens[first].lower in words.determiners
        noun = prose.tokens[first + 1] if first + 1 < last else None
        known = noun is None or words.is_pronoun(noun) or words.is_verb(noun) or noun.lower in words.prepositions
        return "reported" if named and not known else None
    if by == "infinitive":
        return "indirect"
    if cue.takes("infinitive") and (start := first_infinitive(prose, words, first, last)) is not None:
        return "indirect" if start > first or words.infinitive_endings else None
    head = prose.tokens[first]
    negated = any(t.lower in words.language.words("negations") for t in prose.tokens[claim.first : cue.first])
    short = size and cue.takes("object") and words.language.words("short_objects")
    if size < MIN_CLAUSE and not short and (negated or not _is_thing(words, cue, head)):
        return None
    if head.lower in words.joining:
        return None
    worded = any(words.is_verb(token) for token in prose.tokens[first:last])
    openers = words.prepositions | words.conjunctions - words.that - words.language.words("if")
    if head.lower in words.language.words("clause_openers") and (worded or size >= LONG_CLAUSE):
        # "cho biết trong tháng 3 xuất khẩu tăng": such a word may open what is said.
        openers = frozenset()
    if cue.takes("noted") and by == "clause" and head.lower in words.language.words("noted"):
        return "reported"
    if cue.takes("judged") and by == "clause" and is_judged(prose, words, first, last):
        return "reported"
    if words.language.words("that_needed") and by == "clause" and not cue.takes("object"):
        return None
    if cue.takes("clause") and (worded or cue.takes("free")) and head.lower not in openers:
        return "indirect"
    if cue.takes("object") and head.lower not in words.conjunctions:
        return "reported"
    return None


def _is_thing(words: Words, cue: Cue, token: Token) -> bool:
    """ "called for restraint", "denied wrongdoing": one noun that says what it is about."""
    small = words.objects | words.determiners | words.prepositions | words.conjunctions | words.joining
    known = token.lower in small or words.is_adverb(token) or words.is_time(token) or words.is_pronoun(token)
    return (
        bool(words.language.words("bare_nouns"))
        and cue.takes("object")
        and token.is_small
        and len(token.text) >= MIN_THING
        and not known
    )


def _is_occasion(prose: Prose, words: Words, pieces: Sequence[Phrase]) -> bool:
    """ "In the day", "at the same briefing"."""
    first, last = prose.tokens[pieces[0][0]], prose.tokens[pieces[-1][1] - 1]
    ends = words.is_time(last) or last.lower in words.occasions
    worded = any(words.is_verb(token) for b, e in pieces for token in prose.tokens[b:e])
    return len(pieces) == 1 and first.lower in words.prepositions and ends and not worded


def _past_hearer(prose: Prose, words: Words, claim: Claim, piece: Phrase) -> Phrase:
    """ "потребовал от сетей не поднимать цены": the infinitive with its negation, where endings tell it."""
    if claim.opening.by != "clause" or not claim.cue.takes("infinitive") or not words.infinitive_endings:
        return piece
    start = first_infinitive(prose, words, *piece)
    if start is None or prose.is_quoted(start):
        return piece
    while start > piece[0] and prose.tokens[start - 1].lower in words.language.words("negations"):
        start -= 1
    return start, piece[1]


def _stated(prose: Prose, claim: Claim, pieces: Sequence[Phrase], type_: FoundType) -> list[Found]:
    """The statement, and quoted words within it as its parts."""
    quote = tuple(prose.span(*piece) for piece in pieces)
    own = range(*claim.subject) if claim.subject else ()
    tokens = (*range(claim.first, claim.cue.head_end), *claim.cue.tokens[len(claim.cue.form.head) :])
    cue = spans_of(prose, tuple(index for index in tokens if index not in own and prose.tokens[index].is_word))
    if type_ == "free_indirect":
        cue = ()
    speaker = _named(prose, *claim.subject) if claim.subject else None
    addressee = prose.span(*claim.opening.addressee) if claim.opening.addressee else None
    whole = Found(quote, type_, cue, speaker, "here" if speaker else "carried", addressee)
    return [whole, *quoted_parts(prose, whole)] if type_ != "direct" else [whole]


def _named(prose: Prose, first: int, last: int) -> Span:
    """The span of a speaker; of a name that is all in quotation marks the name without them."""
    quotation = prose.quotation_of(first)
    start, end = prose.span(first, last)
    return quotation.inner if quotation and (quotation.start, quotation.end) == (start, end) else (start, end)
