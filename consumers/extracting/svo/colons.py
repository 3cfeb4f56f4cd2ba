"""Behind a colon: the reason for what is asked, and the words in marks that follow what is said. Pure."""

from collections.abc import Sequence

from consumers.extracting.found import FoundType
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.words import Words, first_infinitive

Phrase = tuple[int, int]


def without_reason(
    prose: Prose, words: Words, claim: Claim, pieces: tuple[Phrase, ...]
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """ "He urged them to pay faster: millions are missing": what is asked for, and the reason behind the colon."""
    asked = claim.cue.takes("infinitive") and claim.opening.by in {"infinitive", "clause"}
    if not asked or claim.side == "before" or len(pieces) != 1:
        return pieces, ()
    first, last = pieces[0]
    colon = next((i for i in range(first, last) if prose.tokens[i].text == ":" and not prose.is_quoted(i)), None)
    worded = colon is not None and any(words.is_verb(token) for token in prose.tokens[colon + 1 : last])
    if colon is None or not worded or first_infinitive(prose, words, first, colon) is None:
        return pieces, ()
    rest = trimmed(prose, colon + 1, last)
    quoted = rest[0] < rest[1] and prose.is_quoted(rest[0])
    return (pieces, ()) if quoted or rest[0] >= rest[1] else ((trimmed(prose, first, colon),), (rest,))


def colon_quote(
    prose: Prose,
    sentence: Sentence,
    claim: Claim,
    pieces: Sequence[Phrase],
    result: list[tuple[Claim, tuple[Phrase, ...], FoundType]],
    taken: int,
) -> int:
    """Adds the words in marks that follow what is said behind a colon; where the words taken end then."""
    colon = pieces[-1][1]
    if colon + 1 >= sentence.last or prose.tokens[colon].text not in {":", "："}:
        return taken
    quotation = prose.quotation_of(colon + 1)
    if quotation is None or prose.is_quoted(colon):
        return taken
    last = prose.token_from(quotation.end)
    result.append((claim, ((colon + 1, last),), "direct"))
    return last
