"""Where the words end that are said behind a cue: at another clause, another claim, a source, a quotation."""

from collections.abc import Sequence

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.claims import PAUSES, Claim
from consumers.extracting.svo.phrases import segment_before, strip_lead
from consumers.extracting.svo.relative import in_relative, relative_end
from consumers.extracting.svo.sourced import source_at
from consumers.extracting.svo.words import Words

Phrase = tuple[int, int]


def content_end(
    prose: Prose, words: Words, sentence: Sentence, claim: Claim, following: Sequence[Claim], start: int | None = None
) -> int:
    """Where the words said end: at the sentence's end, at a source phrase, or where the next claim begins."""
    begin = claim.opening.start if start is None else start
    end = sentence.last
    for index in range(begin + 1, end):
        colon = prose.tokens[index].text in {":", "："} and index + 1 < end and prose.is_quoted(index + 1)
        if not prose.is_quoted(index) and (colon or source_at(prose, index, end)):
            # "said it was simple: “We lost.”" are two statements.
            end = index
            break
    if claim.subject and claim.side == "after" and in_relative(prose, words, claim.subject):
        named = claim.opening.by in {"clause", "quote"} and not claim.cue.takes("clause")
        end = relative_end(prose, words, claim.subject, begin, end, named=named)
    if claim.cue.takes("object") and claim.opening.by == "clause" and not claim.cue.takes("clause"):
        end = _second_verb(prose, words, begin, end)
    for other in following:
        if begin < other.begin < end:
            cut = _cut_before(prose, words, other, begin, claim.subject)
            if cut is not None:
                return cut
    return end


def _second_verb(prose: Prose, words: Words, begin: int, end: int) -> int:
    """ "voiced concern | and left for Rome": where the subject's next verb begins, behind a thing without a verb."""
    for index in range(begin + 1, end - 2):
        token, verb, following = prose.tokens[index : index + 3]
        if prose.is_quoted(index) or words.is_verb(token) or token.lower in words.relatives | words.conjunctions:
            return end
        opens = following.is_capital or following.lower in words.determiners | words.prepositions | words.objects
        opens = opens and following.lower not in words.language.words("by")
        if token.lower in words.joining and words.is_verb(verb) and opens and not prose.is_quoted(index + 1):
            return index - (prose.tokens[index - 1].text == ",")
    return end


def _cut_before(prose: Prose, words: Words, claim: Claim, begin: int, led: Phrase | None) -> int | None:
    """Where a following claim parts itself off ("…, but Smith said", "… and called it"), None when it is nested.

    ``led``: subject of the claim before ("Calling it a mistake, Smith said …" has one for both).
    """
    goes_on = claim.shared and claim.cue.form.kind != "gerund" and claim.subject is not None
    if goes_on and claim.subject and claim.subject[0] >= begin and prose.tokens[claim.subject[0]].is_capital:
        # "said Lee had come and hoped to stay": what his own sentence goes on with.
        return None
    at = claim.begin
    segment = segment_before(prose, begin, at)
    if claim.shared and begin < segment < at and strip_lead(prose, words, segment, at) >= at:
        # "…, though on the same day he called it": what leads in belongs to the claim behind it.
        at = segment
    apart = words.joining | words.leading | words.conjunctions - words.that | words.language.words("absolutes")
    while at > begin and not prose.is_quoted(at - 1):
        if at - 2 > begin and 2 in {phrase_at(prose, at - 2, at, name) for name in ("leading", "conjunctions")}:
            at -= 2
        elif prose.tokens[at - 1].lower in apart:
            at -= 1
        else:
            break
    if at > begin and prose.tokens[at - 1].text in PAUSES and not prose.is_quoted(at - 1):
        said = prose.tokens[begin : at - 1] or prose.tokens[begin:at]
        whole = claim.shared or at < claim.begin or led == claim.subject or any(words.is_verb(token) for token in said)
        # "that in private, Smith has said …" goes on; "if Smith wins, she …" too.
        return at - 1 if whole and said[0].lower not in words.language.words("if") else None
    if claim.shared and at < claim.begin:
        return at
    return at if at > begin and prose.is_quoted(at - 1) else None
