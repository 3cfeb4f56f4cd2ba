"""Sayings that are none: "did not say whether", "nobody promised that", "if he says that". Pure.

Lists of a language: ``negations``; ``withheld``: verbs that say nothing when negated; ``affirms_negated``: the only
ones that do say something then ("did not rule out that"), in a language where all others say nothing;
``not_negations``: words of several syllables that hold a negation and are none; ``hypotheticals``: words that open a
condition (if); ``named_as``: participles behind which a short name in marks stands ("a concert called “Dry Land”");
``refusing``: verbs that refuse, and ``unspoken``: what nobody has heard where it is refused ("declined to comment");
``nobody``: words that make a subject nobody, or one that does neither;
``for_words``: what is asked for where nothing is said ("calls seeking comment"). What is done and not said: ``deeds``.
"""

from collections.abc import Sequence

from consumers.extracting.deeds import deed_end
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.words import Words

UNWORDED = frozenset({"that", "infinitive", "clause", "object", "nothing"})
"""Openings of what is not quoted."""
NAMED = frozenset({"clause", "object", "nothing"})
"""Openings of what is only named."""
PARTS = "not_negations"
MAX_NAME = 5
"""Words of a name in marks."""
MAX_BACK = 12
"""Tokens from the word that opens a condition to the verb."""
MAX_REFUSED = 4
"""Tokens from a verb that refuses to what is refused ("to give an interview")."""


def without_unsaid(prose: Prose, words: Words, sentence: Sentence, claims: Sequence[Claim]) -> list[Claim]:
    """``claims`` less those that say nothing, and less what is only named beside ("declined to comment, citing X")."""
    kept: list[Claim] = []
    silent: tuple[int, int] | None = None
    for claim in claims:
        if _is_unsaid(prose, sentence, claim) or _is_done(prose, words, sentence, claim):
            silent = claim.subject
        elif (
            silent is None
            or claim.subject != silent
            or claim.cue.form.kind != "gerund"
            or claim.opening.by not in NAMED
        ):
            kept.append(claim)
    return kept


def _is_unsaid(prose: Prose, sentence: Sentence, claim: Claim) -> bool:
    """Whether the claim says that something is not said, or only supposes that it is."""
    if _is_naming(prose, claim) or _is_refused(prose, sentence, claim):
        return True
    if claim.opening.by not in UNWORDED:
        return False
    if _by_nobody(prose, claim) or _is_impersonal(prose, claim):
        return True
    if claim.side == "before":
        # "Whether he will come, the minister did not say."
        index = claim.begin - 1
        while index > sentence.first and not prose.tokens[index].is_word and not prose.is_quoted(index):
            index -= 1
        return not prose.is_quoted(index) and _is_withheld(prose, claim)
    return _is_withheld(prose, claim) or _is_supposed(prose, sentence, claim)


def _is_done(prose: Prose, words: Words, sentence: Sentence, claim: Claim) -> bool:
    """ "welcomed the guests": unless they are called something ("a disgrace"), or it is said of them ("claimed the lead
    was his")."""
    if claim.side != "after" or claim.opening.by not in NAMED:
        return False
    end = deed_end(prose, claim.cue.form.lemma, claim.cue.last, sentence.last)
    if end is None:
        return False
    led = prose.tokens[end - 1].lower in words.prepositions
    following = prose.tokens[end] if end < sentence.last else None
    return led or following is None or not (words.is_verb(following) or following.lower in words.determiners)


def _is_naming(prose: Prose, claim: Claim) -> bool:
    """Without an auxiliary, right before marks that hold a few words with a capital: what something is called."""
    cue = claim.cue
    quotation = prose.quotation_of(cue.last) if cue.last < len(prose.tokens) else None
    if cue.form.head[-1] not in prose.language.words("named_as") or claim.first != cue.first or quotation is None:
        return False
    first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
    inner = [token for token in prose.tokens[first:last] if token.is_word]
    return first == cue.last and 0 < len(inner) <= MAX_NAME and inner[0].is_capital and not inner[-1].text.endswith(".")


def _is_refused(prose: Prose, sentence: Sentence, claim: Claim) -> bool:
    """ "declined to comment", "refused to say whether": a saying that does not come about."""
    words, last = prose.language.words, claim.cue.last
    if claim.side == "after" and phrase_at(prose, last, sentence.last, "for_words"):
        return True
    if claim.cue.form.lemma.replace("_", " ") not in words("refusing"):
        return False
    for token in prose.tokens[last : min(sentence.last, last + MAX_REFUSED)]:
        if not token.is_word or prose.is_quoted(token.index):
            return False
        if token.lower in words("unspoken"):
            return True
    return False


def _by_nobody(prose: Prose, claim: Claim) -> bool:
    """ "No group claimed responsibility", "neither confirmed nor denied"."""
    nobody = prose.language.words("nobody")
    first = claim.subject[0] if claim.subject and not claim.shared else claim.first
    near = (first - 1, first, claim.first - 1)
    return any(index >= 0 and prose.tokens[index].lower in nobody for index in near)


def _is_impersonal(prose: Prose, claim: Claim) -> bool:
    """ "It is certain that": with "is" before it, an adjective of which a person has to be the subject."""
    subject = claim.subject
    alone = subject is not None and subject[1] - subject[0] == 1
    named = subject is not None and prose.tokens[subject[0]].lower in prose.language.words("impersonal")
    return claim.cue.takes("passive") and claim.first < claim.cue.first and alone and named


def _is_withheld(prose: Prose, claim: Claim) -> bool:
    words = prose.language.words
    negations, lemma = words("negations"), claim.cue.form.lemma.replace("_", " ")
    own = claim.subject or (claim.first, claim.first)
    inside = [t for t in prose.tokens[claim.first : claim.cue.last] if not own[0] <= t.index < own[1]]
    negated = any(t.lower in negations and not _is_part(prose, t.index) for t in inside)
    if claim.cue.form.head[0] in negations or not negated:
        return False
    if lemma in words("withheld"):
        return claim.opening.by == "that" or claim.side == "before"
    affirms = words("affirms_negated")
    return bool(affirms) and lemma not in affirms


def _is_part(prose: Prose, index: int) -> bool:
    """Whether the word is the end of another one of several syllables ("hàng không", flying)."""
    return index > 0 and f"{prose.tokens[index - 1].lower} {prose.tokens[index].lower}" in prose.language.words(PARTS)


def _is_supposed(prose: Prose, sentence: Sentence, claim: Claim) -> bool:
    """ "If the witnesses say that …": the condition opens the clause in which the verb stands."""
    conditions = prose.language.words("hypotheticals")
    if not conditions or claim.subject is None:
        return False
    index = min(claim.subject[0], claim.first) - 1
    floor = max(sentence.first, index - MAX_BACK)
    while index >= floor and prose.tokens[index].is_word and not prose.is_quoted(index):
        if prose.tokens[index].lower in conditions:
            return True
        index -= 1
    return False
