"""Entities beside the catalogue's mentions: which of the two holds where both read the same words. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from consumers.extracting.ner.entity import KINDS, Entity
from consumers.extracting.tokens import Token
from service.contracts import Evidence, Kind, Mention, Statement

CONFIDENCE = 0.7
"""Of an entity nobody has listed: about the precision measured on news."""


def with_entities(
    text: str, tokens: Sequence[Token], entities: Iterable[Entity], mentions: Sequence[Mention]
) -> tuple[Mention, ...]:
    """``mentions`` and, with no actor, the entities that touch none of them, in text order.

    The catalogue overrides what is recognised. Only a country may stand in a longer name: it is that of a person ("Mali
    Hansen"), who is mentioned then and the country is not, or of an organisation or place ("Springer Russland"), and
    then both are mentioned.
    """
    named = sorted((m for m in mentions if m.how != "title"), key=lambda mention: mention.evidence.start)
    dropped: set[int] = set()
    found: list[Mention] = []
    at = 0
    for entity in entities:
        start, end = tokens[entity.first].start, tokens[entity.last - 1].end
        while at < len(named) and named[at].evidence.end <= start:
            at += 1
        touching = []
        behind = at
        while behind < len(named) and named[behind].evidence.start < end:
            touching.append(named[behind])
            behind += 1
        if not all(_is_part(mention, start, end) for mention in touching):
            continue
        if entity.label == "PER":
            if not all(mention.how == "name" and " " not in mention.evidence.exact for mention in touching):
                continue
            dropped.update(id(mention) for mention in touching)
        evidence = Evidence.of(text, start, end)
        found.append(Mention(evidence=evidence, kind=KINDS[entity.label], actor=None, confidence=CONFIDENCE))
    kept = [mention for mention in mentions if id(mention) not in dropped]
    return tuple(sorted((*kept, *found), key=lambda mention: (mention.evidence.start, -mention.evidence.end)))


def _is_part(mention: Mention, start: int, end: int) -> bool:
    """Whether a country is named in, and not by, what is named at ``start:end``."""
    evidence = mention.evidence
    inside = start <= evidence.start and evidence.end <= end
    return inside and (start, end) != (evidence.start, evidence.end) and mention.kind == "place"


def with_kinds(statements: Sequence[Statement], mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """``statements`` whose unknown speakers are of the kind that is named in their words, a person before others."""
    kinds = [(m.evidence.start, m.evidence.end, m.kind) for m in mentions if m.actor is None]
    starts = [start for start, _, _ in kinds]

    def kind_of(speaker: Mention) -> Kind | None:
        start, end = speaker.evidence.start, speaker.evidence.end
        inside = kinds[bisect_left(starts, start) : bisect_left(starts, end)]
        found = {kind for _, stop, kind in inside if stop <= end}
        return next((kind for kind in ("person", "organisation") if kind in found), None)

    told = []
    for statement in statements:
        speaker = statement.speaker
        kind = kind_of(speaker) if speaker is not None and speaker.actor is None and speaker.how == "name" else None
        if speaker is not None and kind is not None and kind != speaker.kind:
            told.append(statement.model_copy(update={"speaker": speaker.model_copy(update={"kind": kind})}))
        else:
            told.append(statement)
    return tuple(told)
