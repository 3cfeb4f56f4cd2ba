"""Words in marks that no verb of saying in their sentence claims: alone, behind "she laughed.", behind a colon."""

from consumers.extracting.cues import find_cues
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim, find_claims
from consumers.extracting.svo.phrases import Phrase
from consumers.extracting.svo.subjects import main_subject
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
    """ "Lee was blunt: “…”", "Le maire est formel : « … »": somebody, a verb, and words in marks to the end."""
    quotations = prose.quotations_in(sentence)
    colon = prose.token_from(quotations[-1].start) - 1 if quotations else sentence.first
    if colon - 1 <= sentence.first or prose.tokens[colon].text != ":" or prose.is_quoted(colon):
        return []
    end = prose.token_from(quotations[-1].end)
    said = sum(1 for token in prose.tokens[colon + 1 : end] if token.is_word)
    if said < MIN_ALONE or any(token.is_word for token in prose.tokens[end : sentence.last]):
        return []
    first = sentence.first
    if prose.tokens[first].lower in words.language.words("aside_openers"):
        # "Interrogée, la ministre élude : « … »"
        first = next((i + 1 for i in range(first, colon) if prose.tokens[i].text == ","), first)
    subject = main_subject(prose, words, sentence, first, colon)
    if subject is None or not _acts(prose, words, subject[1], colon) or not _is_somebody(prose, words, subject):
        return []
    quote = ((quotations[-1].start, quotations[-1].end),)
    return [Found(quote, "direct", (prose.span(colon, colon + 1),), prose.span(*subject))]


def _acts(prose: Prose, words: Words, start: int, end: int) -> bool:
    """Whether a verb stands right behind the subject, small words or an aside between them."""
    small = prose.language.words("clitics") | prose.language.words("negations")
    if start < end and prose.tokens[start].text == ",":
        # "El alcalde, molesto, cortó a la periodista"
        start = next((i for i in range(start + 1, end) if prose.tokens[i].text == ","), start) + 1
    while start < end and prose.tokens[start].lower in small:
        start += 1
    return start < end and (words.is_verb(prose.tokens[start]) or prose.tokens[start - 1].lower in small)


def _is_somebody(prose: Prose, words: Words, subject: Phrase) -> bool:
    """Not "His message was plain: “…”": a name, a pronoun of a person, or a noun for one. Lists read: ``persons``, or
    where they are told by what they are not ``sayings`` (an answer, a slogan), with ``papers``; ``impersonal_verbs``,
    whose pronoun is nobody (il faut)."""
    lists, inside = prose.language.words, prose.tokens[slice(*subject)]
    if len(inside) == 1 and words.is_pronoun(inside[0]):
        nobody = prose.tokens[subject[1]].lower in lists("impersonal_verbs")
        return not nobody and bool(words.language.pronouns.get(inside[0].lower, frozenset()) & {"m", "f"})
    if all(token.is_capital for token in inside):
        return True
    if inside[0].lower not in words.determiners:
        return bool(lists("sayings")) and inside[0].is_capital
    if any(token.lower in lists("persons") for token in inside[1:3]):
        return True
    return bool(lists("sayings")) and not any(t.lower in lists("papers") | lists("sayings") for t in inside[:3])
