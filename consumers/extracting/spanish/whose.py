"""Whose words a claim tells, where what stands beside its verb does not name them. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.contents import Opening
from consumers.extracting.svo.subjects import main_subject
from consumers.extracting.svo.words import Words

ASKED = frozenset({"preguntado", "preguntada", "preguntados", "preguntadas"})


def with_whole_subject(
    prose: Prose, words: Words, sentence: Sentence, claim: Claim, cues: Sequence[Cue], earlier: Claim | None
) -> Claim:
    """ "Preguntado por la defensa, reconoció que …" does not name who is asked; "una carta en la que promete …" goes
    back to the sentence's subject."""
    if claim.subject is None:
        return claim
    index, last = claim.subject
    if claim.shared and any(index <= cue.first < last for cue in cues):
        # "Apuntó que …  y advirtió que …": no subject, so none to share.
        return replace(claim, subject=None)
    if claim.side == "after" and (start := _of_both(prose, words, sentence, claim)) is not None:
        return replace(claim, subject=(start, last), begin=min(start, claim.begin))
    if claim.side == "before" and (end := _place(prose, words, claim.subject)) is not None:
        claim, last = replace(claim, subject=(index, end)), end
    if claim.side == "before" and prose.tokens[index].is_small and index + 1 < last:
        # "respondió tajante el presidente"
        manner = prose.tokens[index].lower not in words.determiners
        if manner and prose.tokens[index + 1].lower in words.determiners:
            return replace(claim, subject=(index + 1, last))
    if prose.tokens[index].lower in ASKED | words.language.words("sources"):
        return replace(claim, subject=None, shared=True)
    if claim.subject == (index, index + 1) and prose.tokens[index].lower == "donde":
        # "viajó a Roma, donde advirtió que …"; "«…», dijo Ana Ruiz en Roma, donde advirtió que …"
        subject = main_subject(prose, words, sentence, sentence.first, index) or (earlier.subject if earlier else None)
        return replace(claim, subject=subject, shared=True)
    pair = [token.lower for token in prose.tokens[max(0, index - 2) : index]]
    if prose.tokens[index].lower == "que" and len(pair) == 2 and pair[0] == "en" and pair[1] in words.determiners:
        subject = main_subject(prose, words, sentence, sentence.first, index - 2)
        return replace(claim, subject=subject, shared=True) if subject else claim
    return claim


def _of_both(prose: Prose, words: Words, sentence: Sentence, claim: Claim) -> int | None:
    """Where two begin who speak together, each with an apposition: "El cónsul, Juan Gil, y la jueza, Ana Ruiz,"."""
    plural = next(word for word in claim.cue.form.head if word != "se").endswith("n")
    index = claim.subject[0] if claim.subject else 0
    if not plural or claim.shared or index - 2 <= sentence.first or prose.tokens[index - 1].lower not in words.joining:
        return None
    first = main_subject(prose, words, sentence, sentence.first, index - 1)
    return first[0] if first and prose.tokens[index - 2].text == "," else None


def _place(prose: Prose, words: Words, subject: tuple[int, int]) -> int | None:
    """Where "en una cena" begins behind a name: it tells where it was said, not by whom."""
    for index in range(subject[0] + 1, subject[1] - 1):
        token, following = prose.tokens[index : index + 2]
        if token.lower == "en" and following.lower in words.determiners and prose.tokens[index - 1].is_capital:
            return index
    return None


def without_relative(prose: Prose, claim: Claim, cues: Sequence[Cue]) -> Claim:
    """ "alertó Grossi, quien añadió que …": what he added is a statement of its own."""
    if claim.subject is None or claim.side != "before":
        return claim
    first, last = claim.subject
    inner = [cue.first for cue in cues if first < cue.first < last and cue.takes("that")]
    comma = next((i for i in range(first, last) if prose.tokens[i].text == ","), None)
    if not inner or comma is None or comma > inner[0]:
        return claim
    opened = Opening(comma, "nothing") if claim.opening.start > inner[0] else claim.opening
    return replace(claim, subject=(first, comma), end=min(claim.end, comma), opening=opened)


def is_of_others(prose: Prose, claim: Claim) -> bool:
    """ "los analistas que pronosticaban una crisis": which ones they are, not that they say it here."""
    if claim.subject is None or claim.subject[1] - claim.subject[0] != 1 or not claim.subject[0]:
        return False
    relative, before = prose.tokens[claim.subject[0]], prose.tokens[claim.subject[0] - 1]
    worded = claim.opening.by in {"that", "quote", "colon"}
    bare = (before.is_word and before.lower not in prose.language.words("determiners")) or prose.is_quoted(before.index)
    return relative.lower == "que" and bare and not worded


def is_cleft(prose: Prose, claim: Claim) -> bool:
    """ "Lo que exigen los vecinos son …"; "…, y que no descarta …" goes on with what somebody says."""
    if claim.subject is None or not claim.subject[0]:
        return False
    first = claim.subject[0]
    return prose.tokens[first].lower == "que" and prose.tokens[first - 1].lower in {"lo", "y", "e"}
