"""The rules put together: every cue of a sentence becomes a statement or is dropped. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue, spans_of
from consumers.extracting.found import Found, FoundType
from consumers.extracting.grammar import Grammar, is_no_prose
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.backward import find_backward, without_told
from consumers.extracting.svo.claims import PAUSES, Claim, find_claims
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.dialogue import after_dash, within_marks
from consumers.extracting.svo.phrases import dateline_end
from consumers.extracting.svo.sourced import find_sourced, passed_on, quoted_parts, source_at
from consumers.extracting.svo.unsaid import without_unsaid
from consumers.extracting.svo.words import Words, opens_infinitive, words_of
from consumers.extracting.ticker import find_ticker, is_clock
from consumers.extracting.tokens import Span
from consumers.extracting.told_later import told_later

Phrase = tuple[int, int]
MIN_CLAUSE = 2
"""Words of the shortest content outside quotation marks."""
MIN_ALONE = 4
"""Words of a quotation that is a statement though no cue claims it."""


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
        claims = without_unsaid(prose, sentence, self.claims(prose, words, sentence, cues))
        if relayed := passed_on(prose, words, sentence, claims):
            return relayed
        found: list[Found] = []
        for claim, pieces, type_ in _contents(prose, words, sentence, claims):
            found.extend(_stated(prose, claim, pieces, type_))
        # "According to him, ten states have confirmed their part": the cue is part of what the source says.
        worded = any(c.side == "before" or c.opening.by in {"that", "quote", "colon"} for c in claims)
        if not found or (source_at(prose, sentence.first, sentence.last) and not worded):
            found = find_sourced(prose, words, sentence) or found
        return found or find_ticker(prose, whole) or alone(prose, sentence)


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
    for number, claim in enumerate(outer):
        following = outer[number + 1 :]
        if claim.side == "before":
            pieces, taken = _pieces_before(prose, words, sentence, claim, following, taken)
        elif (claim.begin < taken and not claim.shared) or claim.first < taken:
            continue
        else:
            end = _content_end(prose, words, sentence, claim, following)
            piece = _past_hearer(prose, words, claim, trimmed(prose, claim.opening.start, end))
            pieces, taken = (piece,) if piece[0] < piece[1] else (), max(taken, piece[1])
        type_ = _type(prose, words, claim, pieces)
        if type_ is not None:
            result.append((claim, pieces, type_))
        elif claim.side == "after":
            taken = max(sentence.first, claim.cue.last)
    return result


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
            while kept and kept[-1].side == "after" and not _parted(prose, words, kept[-1], claim):
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
    if claim.begin == sentence.first and prose.tokens[claim.begin].lower not in words.language.words("as"):
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
        stop = _content_end(prose, words, sentence, claim, following, begin)
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


def _content_end(
    prose: Prose, words: Words, sentence: Sentence, claim: Claim, following: Sequence[Claim], start: int | None = None
) -> int:
    """Where the words said end: at the sentence's end, at a source phrase, or where the next claim begins."""
    begin = claim.opening.start if start is None else start
    end = sentence.last
    for index in range(begin + 1, end):
        if not prose.is_quoted(index) and source_at(prose, index, end):
            end = index
            break
    for other in following:
        if begin < other.begin < end:
            cut = _cut_before(prose, words, other, begin)
            if cut is not None:
                return cut
    return end


def _cut_before(prose: Prose, words: Words, claim: Claim, begin: int) -> int | None:
    """Where a following claim parts itself off ("…, but Smith said", "… and called it"), None when it is nested."""
    at = claim.begin
    while at > begin and (
        prose.tokens[at - 1].lower in words.joining | words.leading | words.conjunctions - words.that
        and not prose.is_quoted(at - 1)
    ):
        at -= 1
    if at > begin and prose.tokens[at - 1].text in PAUSES and not prose.is_quoted(at - 1):
        said = prose.tokens[begin : at - 1] or prose.tokens[begin:at]
        whole = claim.shared or at < claim.begin or any(words.is_verb(token) for token in said)
        # "that in private, Smith has said …" goes on; "if Smith wins, she …" too.
        return at - 1 if whole and said[0].lower not in words.language.words("if") else None
    if claim.shared and at < claim.begin:
        return at
    return at if at > begin and prose.is_quoted(at - 1) else None


def _type(prose: Prose, words: Words, claim: Claim, pieces: Sequence[Phrase]) -> FoundType | None:
    """What kind of statement the words make, None when they are none."""
    if not pieces or not any(token.is_word for b, e in pieces for token in prose.tokens[b:e]):
        return None
    cue, by = claim.cue, claim.opening.by
    quoted = all(prose.is_quoted(index) for b, e in pieces for index in range(b, e) if prose.tokens[index].is_word)
    if claim.side == "before":
        return "direct" if quoted else "indirect"
    first, last = pieces[0][0], pieces[-1][1]
    size = sum(1 for token in prose.tokens[first:last] if token.is_word)
    if by == "colon" and not prose.is_quoted(first) and not (cue.takes("direct") and cue.takes("clause")):
        return None
    if by in {"quote", "colon"}:
        if quoted and cue.form.lemma in words.language.words("naming"):
            # "named “The Bridge”": what it is called.
            return None
        if cue.takes("direct"):
            return "direct" if quoted else "indirect"
        return (
            ("reported" if cue.takes("object") else "indirect") if cue.takes("object") or cue.takes("clause") else None
        )
    if by == "that":
        return "indirect" if cue.takes("clause") or cue.takes("that") else None
    if by == "infinitive":
        return "indirect"
    if cue.takes("infinitive") and (start := _infinitive(prose, words, first, last)) is not None:
        return "indirect" if start > first or words.infinitive_endings else None
    if size < MIN_CLAUSE:
        return None
    head = prose.tokens[first]
    if head.lower in words.joining:
        return None
    worded = any(words.is_verb(token) for token in prose.tokens[first:last])
    openers = words.prepositions | words.conjunctions - words.that - words.language.words("if")
    if words.language.words("that_needed") and by == "clause" and not cue.takes("object"):
        return None
    if cue.takes("clause") and (worded or cue.takes("free")) and head.lower not in openers:
        return "indirect"
    if cue.takes("object") and head.lower not in words.conjunctions:
        return "reported"
    return None


def _infinitive(prose: Prose, words: Words, first: int, last: int) -> int | None:
    """Where "to …" begins within "the city to move the office"."""
    return next((index for index in range(first, last) if opens_infinitive(prose, words, index)), None)


def _past_hearer(prose: Prose, words: Words, claim: Claim, piece: Phrase) -> Phrase:
    """ "потребовал от сетей не поднимать цены": the infinitive with its negation, where endings tell it."""
    if claim.opening.by != "clause" or not claim.cue.takes("infinitive") or not words.infinitive_endings:
        return piece
    start = _infinitive(prose, words, *piece)
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
    speaker = _named(prose, *claim.subject) if claim.subject else None
    addressee = prose.span(*claim.opening.addressee) if claim.opening.addressee else None
    whole = Found(quote, type_, cue, speaker, "here" if speaker else "carried", addressee)
    return [whole, *quoted_parts(prose, whole)] if type_ != "direct" else [whole]


def _named(prose: Prose, first: int, last: int) -> Span:
    """The span of a speaker; of a name that is all in quotation marks the name without them."""
    quotation = prose.quotation_of(first)
    start, end = prose.span(first, last)
    return quotation.inner if quotation and (quotation.start, quotation.end) == (start, end) else (start, end)


def alone(prose: Prose, sentence: Sentence) -> list[Found]:
    """A sentence that is one quotation goes on with what the last speaker said."""
    quotations = prose.quotations_in(sentence)
    if len(quotations) != 1 or quotations[0].start != sentence.start or quotations[0].end < sentence.end:
        return []
    if sentence.paragraph == 0 and prose.paragraphs[0] == (sentence.start, sentence.end):
        # A headline: who is quoted comes later.
        return []
    inside = prose.tokens[sentence.first : sentence.last]
    if sum(1 for token in inside if token.is_word) < MIN_ALONE:
        return []
    return [Found(((quotations[0].start, quotations[0].end),), "direct", speaker_from="carried")]
