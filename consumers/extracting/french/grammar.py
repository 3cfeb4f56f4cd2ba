"""The rules of French put together: the claims of each part of a sentence, what else tells of speech."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.french.claims import french_claims
from consumers.extracting.french.ends import with_ends
from consumers.extracting.french.layout import parts, relayed, sourced_before
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.rules import ClauseGrammar
from consumers.extracting.svo.words import Words, words_of

MAX_ASIDE = 10
"""Tokens between an auxiliary and its participle."""


class FrenchGrammar(ClauseGrammar):
    """Clauses as in every language with subject, verb, object; participles share an auxiliary, a semicolon parts."""

    def complete(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        """Participles joined to an auxiliary that stands before an aside or a negation."""
        return tuple(_with_auxiliary(prose, sentence, cue) for cue in cues)

    def claims(self, prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> list[Claim]:
        """The cues that are verbs of saying here."""
        return french_claims(prose, words, sentence, cues)

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order; each part between semicolons is read for itself."""
        found: list[Found] = []
        for part in parts(prose, sentence):
            found.extend(self._part(prose, part, tuple(cue for cue in cues if part.first <= cue.first < part.last)))
        return found

    def _part(self, prose: Prose, part: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        words = words_of(prose.language)
        told = relayed(prose, words, part, cues)
        if told is not None:
            inner = replace(part, last=told[0], end=prose.tokens[told[0] - 1].end)
            within = tuple(cue for cue in cues if cue.last <= inner.last)
            passed = with_ends(prose, words, inner, super().find(prose, inner, within))
            if any(one.cue and one.speaker for one in passed):
                return [replace(one, via=(*one.via, told[1])) for one in passed]
        here = with_ends(prose, words, part, super().find(prose, part, cues))
        return [*sourced_before(prose, words, part, here), *here] if here else []


def _with_auxiliary(prose: Prose, sentence: Sentence, cue: Cue) -> Cue:
    """ "a, une nouvelle fois, accusé", "n’a pas exclu"."""
    at = cue.first - 1
    if cue.form.kind != "shared" or at <= sentence.first:
        return cue
    have = None
    if prose.tokens[at].lower in prose.language.words("negating"):
        have = at - 1 if cue.form.lemma in prose.language.words("affirms_negated") else None
    elif prose.tokens[at].text == ",":
        back = range(at - 1, max(sentence.first, at - MAX_ASIDE), -1)
        have = next((i - 1 for i in back if prose.tokens[i].text == ","), None)
    if have is None:
        return cue
    head = (prose.tokens[have].lower, *cue.form.head)
    form = next((form for form in prose.language.cues_from(head[0], head[1]) if form.head == head), None)
    return Cue(form, (have, *cue.tokens)) if form else cue
