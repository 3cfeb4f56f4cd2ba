"""Direct statements: words in marks that a cue, a colon or the last speaker claims. The same for every language.

Marks without a cue are titles, nicknames and scare quotes until something says otherwise.
"""

from collections.abc import Sequence

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.grammar import Grammar
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence

MIN_WORDS = 3
"""Quoted words that stand alone as a statement; fewer need a cue right beside the marks."""
MAX_DISTANCE = 30
"""Tokens between cue and marks within one clause."""


def words_in(prose: Prose, quotation: Quotation) -> int:
    first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
    return sum(1 for token in prose.tokens[first:last] if token.is_word)


def find_direct(prose: Prose, sentence: Sentence, cues: Sequence[Cue], grammar: Grammar) -> list[Found]:
    """Direct statements of one sentence, in order."""
    quotations = [q for q in prose.quotations_in(sentence) if not grammar.is_name(prose, q)]
    if not quotations:
        return []
    takers = [cue for cue in cues if cue.takes("direct")]
    found: list[Found] = []
    previous: Found | None = None
    alone = _stands_alone(prose, sentence, quotations)
    for number, quotation in enumerate(quotations):
        before = quotations[number - 1].end if number else sentence.start
        after = quotations[number + 1].start if number + 1 < len(quotations) else sentence.end
        statement = _claimed(prose, sentence, quotation, takers, grammar, before, after)
        if statement is None and previous is not None and _follows(prose, quotations[number - 1], quotation):
            statement = Found(((quotation.start, quotation.end),), "direct", previous.cue, previous.speaker,
                              previous.speaker_from, previous.addressee)  # fmt: skip
        if statement is None and alone:
            statement = Found(((quotation.start, quotation.end),), "direct", speaker_from="carried")
        if statement is not None:
            found.append(statement)
        previous = statement
    return found


def _claimed(
    prose: Prose,
    sentence: Sentence,
    quotation: Quotation,
    cues: Sequence[Cue],
    grammar: Grammar,
    before: int,
    after: int,
) -> Found | None:
    """The statement if a cue beside the quotation claims it."""
    first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
    behind = _cue_behind(prose, first, last, prose.token_from(after), cues)
    ahead = _cue_ahead(prose, prose.token_from(before), first, cues) if behind is None else None
    cue = behind or ahead
    if cue is None:
        return None
    quote_first = cue is behind
    speaker = grammar.subject(prose, sentence, cue, quote_first=quote_first)
    addressee = grammar.addressee(prose, sentence, cue, speaker)
    # "sagte der „Zeitung am Abend“, …": marks in the name of somebody.
    if any(who and who[0] <= quotation.start < who[1] for who in (speaker, addressee)):
        return None
    # „…“, sagte X, „…“: claimed from behind by a cue that another quotation has already used.
    continues = cue is ahead and before > sentence.start and not _ends_with_stop(prose, first - 1)
    return Found(
        ((quotation.start, quotation.end),),
        "direct",
        cue.spans(prose),
        speaker,
        "here" if speaker else "carried",
        addressee,
        continues=continues and _small_start(prose, first),
    )


def _small_start(prose: Prose, first: int) -> bool:
    word = next((token for token in prose.tokens[first : first + 4] if token.is_word), None)
    return word is not None and not word.is_capital


def _ends_with_stop(prose: Prose, index: int) -> bool:
    return index >= 0 and prose.tokens[index].text in ENDS


def _cue_behind(prose: Prose, first: int, last: int, limit: int, cues: Sequence[Cue]) -> Cue | None:
    """„…“, sagte X  /  “…,” X said: a cue in the clause right after the marks.

    Without a sign between them words before the marks make what they hold a part of a phrase ("Die „Kampagne“ sagte"),
    but for those that judge ("als „Fehler“ bezeichnete").
    """
    before = prose.tokens[first - 1] if first else None
    alone = before is None or not before.is_word or before.lower in prose.language.words("judged_as")
    start = last
    while start < limit and prose.tokens[start].text in ",–—-،，":
        start += 1
    signs = start > last or _comma_inside(prose, last) or _ends_with_stop(prose, last - 2)
    for cue in cues:
        if start <= cue.first < min(limit, start + MAX_DISTANCE):
            crossed = any(_is_clause_sign(prose, index) for index in range(start, cue.first))
            if (cue.first == start and (signs or alone)) or (signs and not crossed):
                return cue
    return None


def _comma_inside(prose: Prose, last: int) -> bool:
    return last >= 2 and prose.tokens[last - 2].text in ",،，"


def _cue_ahead(prose: Prose, start: int, first: int, cues: Sequence[Cue]) -> Cue | None:
    """X sagte: „…“  /  X said, “…”: the last cue before the marks, and a sign between them."""
    if first == 0:
        return None
    sign = prose.tokens[first - 1].text
    for cue in reversed(cues):
        if start <= cue.first < first and first - cue.first <= MAX_DISTANCE:
            if sign in ":：" or (sign in ",，،" and cue.last <= first):
                return cue
            return cue if cue.last == first else None
    return None


def _is_clause_sign(prose: Prose, index: int) -> bool:
    return prose.tokens[index].text in ",;:–—，；："


def _follows(prose: Prose, before: Quotation, after: Quotation) -> bool:
    """Nothing but signs between two quotations: „…“ – „…“."""
    between = prose.tokens[prose.token_from(before.end) : prose.token_from(after.start)]
    return not any(token.is_word for token in between)


def _stands_alone(prose: Prose, sentence: Sentence, quotations: Sequence[Quotation]) -> bool:
    """The sentence is nothing but quotations, and long enough to be speech rather than a title."""
    outside = [token for index, token in enumerate(prose.tokens[sentence.first : sentence.last], sentence.first)
               if not prose.is_quoted(index) and token.is_word]  # fmt: skip
    return not outside and max(words_in(prose, quotation) for quotation in quotations) > MIN_WORDS
