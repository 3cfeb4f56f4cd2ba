"""News laid out in fields: "Джерело: X" tells who said the paragraph above, "Пряма мова X: “…”" what X said.

Lists of a language: ``source_fields`` and ``speech_fields``, the labels of the two; ``other_fields``, labels that show
a text to be laid out so ("Деталі"). One label alone proves nothing: a source may be a credit at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at, trimmed
from consumers.extracting.tokens import Span

MAX_WHO = 12
"""Tokens between a label and its colon."""
MIN_FIELDS = 2
COLONS = frozenset(":：")


@dataclass(frozen=True, slots=True)
class Field:
    """A line: tokens from ``first`` to ``end`` are its label, ``colon`` stands behind it, ``last`` ends it."""

    kind: str
    first: int
    end: int
    colon: int
    last: int


def with_fields(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with what the fields tell, where their paragraphs hold no statement yet."""
    if not prose.language.words("source_fields"):
        return list(found)
    fields = list(_fields(prose))
    if len(fields) < MIN_FIELDS:
        return list(found)
    source = next((field for field in fields if field.kind == "source_fields"), None)
    speaker = _source(prose, source) if source else None
    told: list[Found] = []
    if source is not None and speaker is not None:
        told += _lead(prose, source, speaker)
    for field in fields:
        if field.kind == "speech_fields":
            told += _speech(prose, field, speaker)
    new = [one for one in told if not any(_touch(one, other) for other in found)]
    return sorted([*found, *new], key=lambda one: (one.start, -one.end))


def _fields(prose: Prose) -> Iterator[Field]:
    """In text order. The line of the source is prose to nobody else, so it stands between two paragraphs."""
    for number, (start, end) in enumerate(prose.paragraphs):
        first, last = prose.token_from(start), prose.token_from(end)
        stop = prose.paragraphs[number + 1][0] if number + 1 < len(prose.paragraphs) else len(prose.text)
        lines: list[tuple[int, int, tuple[str, ...]]] = [(first, last, ("speech_fields", "other_fields"))]
        if number:
            lines.append((last, prose.token_from(stop), ("source_fields",)))
        for begin, bound, kinds in lines:
            for kind in kinds:
                length = phrase_at(prose, begin, bound, kind)
                behind = range(begin + length, min(bound, begin + length + MAX_WHO)) if length else range(0)
                colon = next((i for i in behind if prose.tokens[i].text in COLONS), None)
                if colon is not None and (kind == "speech_fields" or colon == begin + length):
                    yield Field(kind, begin, begin + length, colon, bound)


def _source(prose: Prose, field: Field) -> Span | None:
    """The first of those whom the field names, without where they said it."""
    words = prose.language.words
    end = begin = field.colon + 1
    while end < field.last:
        token = prose.tokens[end]
        if not token.is_word or token.lower in words("prepositions") - words("genitive"):
            break
        end += 1
    return prose.span(begin, end) if begin < end else None


def _lead(prose: Prose, field: Field, speaker: Span) -> list[Found]:
    """The paragraph above the source, said by it."""
    above = [(s, e) for s, e in prose.paragraphs if e <= prose.tokens[field.first].start]
    first, last = trimmed(prose, prose.token_from(above[-1][0]), prose.token_from(above[-1][1]))
    if first >= last:
        return []
    return [Found((prose.span(first, last),), "indirect", (prose.span(field.first, field.end),), speaker)]


def _speech(prose: Prose, field: Field, source: Span | None) -> list[Found]:
    """The quotation of a field, by whom its label names or else by the source."""
    first, last = trimmed(prose, field.end, field.colon)
    speaker = prose.span(first, last) if first < last else source
    cue = (prose.span(field.first, field.end),)
    quoted = prose.quotations_between(prose.tokens[field.colon].end, prose.tokens[field.last - 1].end)
    spans = tuple((quotation.start, quotation.end) for quotation in quoted)
    return [Found(spans[:1], "direct", cue, speaker)] if spans and speaker is not None else []


def _touch(one: Found, other: Found) -> bool:
    return other.start < one.end and one.start < other.end
