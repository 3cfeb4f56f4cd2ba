"""Words in marks that no verb of saying in their sentence claims: alone, behind "she laughed.", behind a colon."""

from consumers.extracting.cues import find_cues
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim, find_claims
from consumers.extracting.svo.subjects import subject_after
from consumers.extracting.svo.words import Words

MIN_ALONE = 4
"""Words of a quotation that is a statement though no cue claims it."""


def unclaimed(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
    """What is in marks in a sentence in which no verb of saying was found."""
    found = after_colon(prose, words, sentence) or alone(prose, sentence)
    claim = _gesture(prose, words, sentence) if found and found[0].speaker_from == "carried" else None
    if claim is None or claim.subject is None:
        return found
    return [Found(found[0].quote, "direct", claim.cue.spans(prose), prose.span(*claim.subject))]


def alone(prose: Prose, sentence: Sentence) -> list[Found]:
    """A sentence that is one quotation goes on with what the last speaker said."""
    quotations = prose.quotations_in(sentence)
    if len(quotations) != 1 or quotations[0].start != sentence.start:
        return []
    # "«…».": the stop may stand behind the marks.
    if any(token.is_word for token in prose.tokens[prose.token_from(quotations[0].end) : sentence.last]):
        return []
    if sentence.paragraph == 0 and prose.paragraphs[0] == (sentence.start, sentence.end):
        # A headline: who is quoted comes later.
        return []
    inside = prose.tokens[sentence.first : sentence.last]
    if sum(1 for token in inside if token.is_word) < MIN_ALONE:
        return []
    return [Found(((quotations[0].start, quotations[0].end),), "direct", speaker_from="carried")]


def _gesture(prose: Prose, words: Words, sentence: Sentence) -> Claim | None:
    """ "Ann Lee disagreed. “…”": a sentence before whose verb may introduce speech, and has none of its own."""
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.paragraph != sentence.paragraph or prose.quotations_in(before):
        return None
    claims = find_claims(prose, words, before, find_cues(prose, before))
    claim = claims[-1] if claims else None
    silent = claim is not None and claim.opening.by == "nothing" and claim.side == "after" and not claim.shared
    return claim if silent and claim is not None and claim.cue.takes("direct") else None


def after_colon(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
    """ "Lee was blunt: “…”": somebody by name or pronoun, a verb, and words in marks to the end."""
    quotations = prose.quotations_in(sentence)
    if len(quotations) != 1 or quotations[0].end < sentence.end - 1:
        return []
    colon = prose.token_from(quotations[0].start) - 1
    inside = prose.tokens[colon + 1 : sentence.last]
    if colon <= sentence.first or prose.tokens[colon].text != ":" or sum(1 for t in inside if t.is_word) < MIN_ALONE:
        return []
    subject = subject_after(prose, words, sentence.first, colon)
    if subject is None or subject[1] >= colon or not words.is_verb(prose.tokens[subject[1]]):
        return []
    # "His message was plain: “…”" is not said by the message.
    names = prose.tokens[slice(*subject)]
    person = words.language.pronouns.get(names[0].lower, frozenset()) & {"m", "f"}
    if not (person if len(names) == 1 and words.is_pronoun(names[0]) else all(t.is_capital for t in names)):
        return []
    quote = ((quotations[0].start, quotations[0].end),)
    return [Found(quote, "direct", (prose.span(colon, colon + 1),), prose.span(*subject))]
