"""Words in marks and after dashes: «…», – деді X · X: «…» · — … — деп сұрады X."""

from consumers.extracting.cues import Cue, cues_at
from consumers.extracting.found import Found
from consumers.extracting.language import CueForm
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import trimmed
from consumers.extracting.sov.phrases import Phrase, is_called, is_cased, is_person, phrase_after
from consumers.extracting.sov.subjects import leading
from consumers.extracting.tokens import Span

SIGNS = frozenset(",;:—–-")
MAX_SPEECH = 400
"""Tokens after a paragraph's dash within which the verb of saying has to come."""
UNLISTED = frozenset({"direct", "unlisted"})
"""What a verb takes that no list has."""
MAX_BEHIND = 3
"""Tokens from деп to such a verb."""
MIN_VERB = 4
"""Letters of it, at least one more."""
DASHES = frozenset("—–")
CLOSING = frozenset(",?!…»”")
"""What may end speech before the dash."""
MAX_TELLER = 8
"""Words of who says it within the marks."""
MIN_ALONE = 4
"""Words of a quotation that is a statement though no cue claims it."""


def find_direct(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
    """«…», – деді X · X: «…», – деді · X «…» деп атады."""
    found: list[Found] = []
    carried = prose.quotation_of(sentence.first)
    ending = [carried] if carried and carried.start < sentence.start < carried.end < sentence.end else []
    for quotation in (*ending, *prose.quotations_in(sentence)):
        first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
        start = last
        while start < sentence.last and prose.tokens[start].text in SIGNS:
            start += 1
        if (inside := _within_marks(prose, sentence, quotation)) is not None:
            found.append(inside)
            continue
        cue, end = cue_behind(prose, sentence, start)
        before = prose.tokens[first - 1] if first > sentence.first else None
        if cue is None:
            if before is not None and before.text == ":":
                found.extend(_after_colon(prose, sentence, quotation, first, cues))
            continue
        if cue.form.takes == UNLISTED and sum(1 for t in prose.tokens[first:last] if t.is_word) < MIN_ALONE:
            continue
        if cue.form.lemma in prose.language.words("naming") and (cue.first > start or is_called(prose, last - 1)):
            # "шешімді «қате» деп атады": a judgement, or what it is called.
            continue
        subject = phrase_after(prose, sentence, end)
        if subject is None and before is not None and before.text == ":":
            subject = _labelled(prose, sentence, first - 1)
        if subject is None:
            subject = leading(prose, sentence.first, first)
            subject = _beside(prose, subject, first)
        speaker = prose.span(*subject) if subject else None
        quote = ((quotation.start, quotation.end),)
        found.append(Found(quote, "direct", (prose.span(start, end),), speaker, "here" if speaker else "carried"))
    return found


def _labelled(prose: Prose, sentence: Sentence, colon: int) -> Phrase | None:
    """ "Шахтадан шыққан Асан: «…»": all up to the colon, where it ends with a name."""
    start = sentence.first
    while start < colon and not prose.tokens[start].is_word:
        start += 1
    signs = any(not prose.tokens[i].is_word for i in range(start, colon))
    last = prose.tokens[colon - 1]
    lead = leading(prose, start, colon)
    if signs or not last.is_capital or is_cased(prose, last) or lead is None:
        return None
    described = lead[1] < colon and not is_person(prose, lead[0])
    return (start, colon) if described else None


def _within_marks(prose: Prose, sentence: Sentence, quotation: Quotation) -> Found | None:
    """ "«Су жоқ, – дейді тұрғын, – үш күн болды»": who says it stands between dashes inside the marks."""
    first, last = prose.token_from(quotation.start) + 1, prose.token_from(quotation.end) - 1
    for index in range(first + 1, last - 2):
        if prose.tokens[index].text not in DASHES or prose.tokens[index - 1].text not in CLOSING:
            continue
        cue, end = _cue_inside(prose, index + 1, last)
        stop = next((i for i in range(end, last) if prose.tokens[i].text in DASHES), None) if cue else None
        if stop is None:
            continue
        words = trimmed(prose, end, stop)
        if not words[0] < words[1] <= words[0] + MAX_TELLER or not all(t.is_word for t in prose.tokens[slice(*words)]):
            continue
        pieces = (trimmed(prose, first, index), trimmed(prose, stop + 1, last))
        quote = tuple(prose.span(*piece) for piece in pieces if piece[0] < piece[1])
        return Found(quote, "direct", (prose.span(index + 1, end),), prose.span(*words))
    return None


def _cue_inside(prose: Prose, index: int, last: int) -> tuple[CueForm | None, int]:
    """A verb of saying at ``index`` within marks, behind деп, and where it ends."""
    while index < last and prose.tokens[index].lower in prose.language.words("quoting"):
        index += 1
    words = tuple(token.lower for token in prose.tokens[index:last])
    forms = prose.language.cues_from(words[0], words[1]) if len(words) > 1 else ()
    form = next((form for form in forms if words[: len(form.head)] == form.head), None)
    return form, index + (len(form.head) if form else 0)


def _beside(prose: Prose, subject: Phrase | None, first: int) -> Phrase | None:
    """ "Сапар туралы сұраққа Песков «…» деп жауап берді": a name right before the marks is who says it."""
    start = first
    while start > 0 and prose.tokens[start - 1].is_word and prose.tokens[start - 1].is_capital:
        start -= 1
    if start == first or subject is None or subject[1] >= first or start <= subject[1]:
        return subject
    return start, first


def cue_behind(prose: Prose, sentence: Sentence, start: int) -> tuple[Cue | None, int]:
    """A cue at ``start``, "деп" before it included, and where it ends."""
    own = next(iter(cues_at(prose, sentence, start)), None) if start < sentence.last else None
    if own is not None and not prose.is_quoted(start) and own.form.head[0] in prose.language.words("quoting"):
        # деп отыр
        return own, own.last
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
    unlisted = unlisted_cue(prose, sentence, start) or _behind_dash(prose, sentence, start)
    return (unlisted, unlisted.last) if unlisted is not None else (None, start)


def unlisted_cue(prose: Prose, sentence: Sentence, index: int) -> Cue | None:
    """ "…» деп күбірледі": what stands before деп is said or thought, whatever verb comes behind it."""
    words = prose.language.words
    if index + 1 >= sentence.last or prose.tokens[index].lower not in words("quoting") or prose.is_quoted(index):
        return None
    at = index + 1
    while at < min(sentence.last - 1, index + MAX_BEHIND) and not _is_finite(prose, at):
        at += 1
    verb = prose.tokens[at].lower
    told = verb.startswith(tuple(words("not_said"))) if words("not_said") else False
    if told or not _is_finite(prose, at) or not all(t.is_word for t in prose.tokens[index : at + 1]):
        return None
    tokens = tuple(range(index + 1, at + 1))
    head = tuple(prose.tokens[i].lower for i in tokens)
    return Cue(CueForm(verb, head, None, UNLISTED), tokens)


def _behind_dash(prose: Prose, sentence: Sentence, index: int) -> Cue | None:
    """ "…», – күбірледі Асан": a verb no list has, right behind a comma and a dash."""
    paused = 1 < index < sentence.last and prose.tokens[index - 1].text in DASHES
    if not paused or prose.tokens[index - 2].text not in CLOSING or not _is_finite(prose, index):
        return None
    if prose.tokens[index].lower.startswith(tuple(prose.language.words("not_said"))):
        return None
    verb = prose.tokens[index].lower
    return Cue(CueForm(verb, (verb,), None, UNLISTED), (index,))


def _is_finite(prose: Prose, index: int) -> bool:
    token = prose.tokens[index]
    ending = tuple(prose.language.words("verb_endings"))
    return token.is_small and len(token.text) > MIN_VERB and bool(ending) and token.lower.endswith(ending)


def _after_colon(
    prose: Prose, sentence: Sentence, quotation: Quotation, first: int, cues: tuple[Cue, ...]
) -> list[Found]:
    """Министр: «…» · Дәрігер қолын жаяды: «…»"""
    subject = _labelled(prose, sentence, first - 1) or leading(prose, sentence.first, first - 1)
    said = next((cue for cue in cues if cue.last == first - 1 and cue.first > sentence.first), None)
    if said is not None:
        # "Министр Иранды ескертті: «…»"
        subject = leading(prose, sentence.first, said.first)
    elif first - 2 > sentence.first and _tells(prose, quotation, first):
        subject = leading(prose, sentence.first, first - 2)
    elif subject is None or subject[1] < first - 1:
        return []
    if subject is None:
        return []
    colon = (prose.tokens[first - 1].start, prose.tokens[first - 1].end)
    return [Found(((quotation.start, quotation.end),), "direct", (colon,), prose.span(*subject))]


def _tells(prose: Prose, quotation: Quotation, first: int) -> bool:
    """Whether a verb before the colon and some words in marks behind it make a saying without a verb of saying."""
    words = prose.language.words
    verb = prose.tokens[first - 2].lower
    inside = prose.tokens[first : prose.token_from(quotation.end)]
    finite = bool(words("finite_endings")) and verb.endswith(tuple(words("finite_endings")))
    return finite and verb not in words("not_told") and sum(1 for t in inside if t.is_word) >= MIN_ALONE


def after_dash(prose: Prose, sentence: Sentence) -> list[Found] | None:
    """ "— … — деп сұрады тілші. — …": a paragraph of speech, told with its first sentence; None when it is none."""
    begin, stop = prose.paragraphs[sentence.paragraph]
    first, last = prose.token_from(begin), prose.token_from(stop)
    if first >= last or prose.tokens[first].text not in {"—", "–"}:
        return None
    whole = Sentence(sentence.index, first, last, begin, stop, sentence.paragraph)
    for index in range(first + 2, min(last - 2, first + MAX_SPEECH)):
        if prose.tokens[index].text not in {"—", "–"}:
            continue
        cue, end = cue_behind(prose, whole, index + 1)
        subject = phrase_after(prose, whole, end) if cue is not None else None
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


def parts_of(prose: Prose, whole: Found) -> list[Found]:
    span: Span = (whole.start, whole.end)
    return [
        Found(((q.start, q.end),), "direct", whole.cue, whole.speaker, part_of=span)
        for q in prose.quotations_between(whole.start, whole.end)
        if any(start <= q.start and q.end <= end for start, end in whole.quote)
    ]


def alone(prose: Prose, sentence: Sentence) -> list[Found]:
    """A sentence that is one quotation goes on with what the last speaker said."""
    quotations = prose.quotations_in(sentence)
    if len(quotations) != 1 or quotations[0].start != sentence.start or quotations[0].end < sentence.end:
        return []
    inside = prose.tokens[sentence.first : sentence.last]
    if sum(1 for token in inside if token.is_word) < MIN_ALONE:
        return []
    return [Found(((quotations[0].start, quotations[0].end),), "direct", speaker_from="carried")]
