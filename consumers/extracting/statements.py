"""All statements of a text, in order: cue first, then quote, then speaker. Pure.

Each sentence is read by the general rules and then by the language's own; where two rules claim the same words the
earlier one wins. Quoted words inside a reported clause are kept as its parts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from consumers.extracting.clauses import find_clauses
from consumers.extracting.cues import find_cues
from consumers.extracting.direct import find_direct
from consumers.extracting.fields import with_fields
from consumers.extracting.found import Found
from consumers.extracting.grammar import GENERAL, Grammar
from consumers.extracting.interview import with_interview
from consumers.extracting.labelled import with_labelled
from consumers.extracting.language import grammar_of
from consumers.extracting.prose import Prose
from consumers.extracting.sources import find_sourced
from consumers.extracting.tokens import Span

MAX_CARRY = 6
"""Sentences without a statement after which nobody is the last speaker any more."""


def find_statements(prose: Prose, grammar: Grammar | None = None) -> tuple[Found, ...]:
    """Statements in text order with the speakers that the text names, carried over where it carries on."""
    own = grammar_of(prose.language.code)
    rules = grammar or (own if isinstance(own, Grammar) else GENERAL)
    found: list[Found] = []
    for sentence in prose.sentences:
        cues = rules.complete(prose, sentence, find_cues(prose, sentence))
        here: list[Found] = []
        if rules.general:
            for finder in (find_direct, find_clauses, find_sourced):
                _add(here, finder(prose, sentence, cues, rules))
        for own_finder in rules.finders:
            _add(here, own_finder(prose, sentence, cues))
        found.extend(sorted(here, key=lambda statement: (statement.start, -statement.end)))
    return _carry(prose, with_interview(prose, with_labelled(prose, with_fields(prose, rules.settle(prose, found)))))


def _add(here: list[Found], more: Iterable[Found]) -> None:
    """Adds statements whose words nobody has claimed; a direct part inside a clause stays as its part."""
    for statement in more:
        tellers = [other for other in here if _says_who(other, statement)]
        if statement.type == "reported" and any(other.end <= statement.start for other in tellers):
            # "Das kündigte X an": the sentence only says who said the one before.
            continue
        if tellers and statement.type == "indirect":
            if statement.sourced and statement.speaker:
                for other in tellers:
                    here[here.index(other)] = replace(other, via=(*other.via, statement.speaker))
            continue
        holders = [other for other in here if overlap(other, statement)]
        if not holders:
            here.append(statement)
        elif statement.type != "direct" and all(h.type == "direct" and inside(h, statement) for h in holders):
            whole = (statement.start, statement.end)
            for holder in holders:
                here[here.index(holder)] = replace(holder, part_of=whole)
            here.append(statement)
        elif statement.part_of is not None:
            here.append(statement)
        elif len(holders) == 1 and _is_relayed(holders[0], statement):
            here[here.index(holders[0])] = replace(holders[0], relays=True)
            here.append(replace(statement, via=(holders[0].speaker,) if holders[0].speaker else ()))


def _says_who(other: Found, statement: Found) -> bool:
    """Whether what ``statement`` takes for said is where ``other`` says who said it ("…, wie die Agentur meldete")."""
    return any(a <= cue[0] and cue[1] <= b for a, b in statement.quote for cue in other.cue)


def _is_relayed(holder: Found, statement: Found) -> bool:
    """ "Laut TASS sagte der Minister, dass …": a saying with its own cue and speaker inside what a source tells."""
    named = statement.type == "indirect" and statement.speaker is not None and statement.speaker_from == "here"
    return holder.sourced and named and inside(statement, holder) and _says_who(statement, holder)


def overlap(one: Found, other: Found) -> bool:
    """Whether two statements share a character."""
    return any(a < d and c < b for a, b in one.quote for c, d in other.quote)


def inside(part: Found, whole: Found) -> bool:
    """Whether all words of ``part`` are words of ``whole``."""
    return all(any(c <= a and b <= d for c, d in whole.quote) for a, b in part.quote)


def _carry(prose: Prose, found: Sequence[Found]) -> tuple[Found, ...]:
    """Gives statements without a speaker of their own the last one, if it is near enough."""
    last: Span | None = None
    last_at = -MAX_CARRY
    settled: list[Found] = []
    for statement in found:
        sentence = prose.sentence_at(statement.start)
        at = sentence.index if sentence else last_at
        if statement.speaker_from == "carried" and statement.speaker is None and at - last_at <= MAX_CARRY:
            statement = replace(statement, speaker=last)  # noqa: PLW2901
        if statement.speaker is not None:
            last, last_at = statement.speaker, at
        settled.append(statement)
    return tuple(settled)
