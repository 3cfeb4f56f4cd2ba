"""Whose words a claim tells, where what stands beside its verb does not name them. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.subjects import main_subject
from consumers.extracting.svo.words import Words

ASKED = frozenset({"preguntado", "preguntada", "preguntados", "preguntadas"})


def with_whole_subject(prose: Prose, words: Words, sentence: Sentence, claim: Claim, cues: Sequence[Cue]) -> Claim:
    """ "Preguntado por la defensa, reconoció que …" does not name who is asked; "una carta en la que promete …" goes
    back to the sentence's subject."""
    if claim.subject is None:
        return claim
    index = claim.subject[0]
    if claim.shared and any(index <= cue.first < claim.subject[1] for cue in cues):
        # "Apuntó que …  y advirtió que …": no subject, so none to share.
        return replace(claim, subject=None)
    if claim.side == "before" and prose.tokens[index].is_small and index + 1 < claim.subject[1]:
        # "respondió tajante el presidente"
        manner = prose.tokens[index].lower not in words.determiners
        if manner and prose.tokens[index + 1].lower in words.determiners:
            return replace(claim, subject=(index + 1, claim.subject[1]))
    if prose.tokens[index].lower in ASKED | words.language.words("sources"):
        return replace(claim, subject=None, shared=True)
    pair = [token.lower for token in prose.tokens[max(0, index - 2) : index]]
    if prose.tokens[index].lower == "que" and len(pair) == 2 and pair[0] == "en" and pair[1] in words.determiners:
        subject = main_subject(prose, words, sentence, sentence.first, index - 2)
        return replace(claim, subject=subject, shared=True) if subject else claim
    return claim


def without_relative(prose: Prose, claim: Claim, cues: Sequence[Cue]) -> Claim:
    """ "alertó Grossi, quien añadió que …": what he added is a statement of its own."""
    if claim.subject is None or claim.side != "before":
        return claim
    first, last = claim.subject
    inner = [cue.first for cue in cues if first < cue.first < last and cue.takes("that")]
    comma = next((i for i in range(first, last) if prose.tokens[i].text == ","), None)
    if not inner or comma is None or comma > inner[0]:
        return claim
    return replace(claim, subject=(first, comma), end=min(claim.end, comma))


def is_cleft(prose: Prose, claim: Claim) -> bool:
    """ "Lo que exigen los vecinos son …"; "…, y que no descarta …" goes on with what somebody says."""
    if claim.subject is None or not claim.subject[0]:
        return False
    first = claim.subject[0]
    return prose.tokens[first].lower == "que" and prose.tokens[first - 1].lower in {"lo", "y", "e"}
