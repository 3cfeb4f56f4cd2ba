"""Reported clauses that a conjunction opens: "X said that …", "X заявил, что …", "X nói rằng …". General rules."""

from collections.abc import Sequence

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.grammar import Grammar
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at, trimmed

MAX_GAP = 15
"""Tokens between the cue and its conjunction ("told the Senate on Monday that …")."""


def find_clauses(prose: Prose, sentence: Sentence, cues: Sequence[Cue], grammar: Grammar) -> list[Found]:
    """Indirect statements: from the conjunction to the end of the sentence or the next cue of the same kind."""
    takers = [cue for cue in cues if cue.takes("clause")]
    found: list[Found] = []
    for number, cue in enumerate(takers):
        limit = takers[number + 1].first if number + 1 < len(takers) else sentence.last
        opener = next((index for index in range(cue.last, min(limit, cue.last + MAX_GAP))
                       if not prose.is_quoted(index) and phrase_at(prose, index, limit, "that")), None)  # fmt: skip
        if opener is None:
            continue
        begin, end = trimmed(prose, opener, sentence.last)
        if end - begin < 2:
            continue
        speaker = grammar.subject(prose, sentence, cue, quote_first=False)
        found.append(
            Found(
                (prose.span(begin, end),),
                "indirect",
                cue.spans(prose),
                speaker,
                "here" if speaker else "carried",
                grammar.addressee(prose, sentence, cue, speaker),
            )
        )
    return found
