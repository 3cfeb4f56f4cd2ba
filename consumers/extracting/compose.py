"""From statements as printed to statements as told: marks off, halves joined, quoted parts folded in, actors named."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span
from consumers.extracting.who import Speakers
from service.contracts import Evidence, Mention, Statement, StatementType

OPENING = "„“”«»‹›‚‘「『\"'"
CLOSING = "“”«»‹›‘’」』\"'"
TYPES: dict[str, StatementType] = {
    "direct": "direct",
    "indirect": "indirect",
    "indirect_free": "free_indirect",
    "free_indirect": "free_indirect",
    "reported": "reported",
}


def compose(
    prose: Prose, found: Sequence[Found], mentions: Sequence[Mention], speakers: Speakers, agencies: frozenset[str]
) -> tuple[Statement, ...]:
    """The statements of an extraction, in text order. ``agencies``: ids of news agencies, for ``via``."""
    statements = []
    for item in joined(found):
        quote = tuple(piece for span in item.quote for piece in _words(prose, span))
        if not quote:
            continue
        speaker = speakers.mention(item.speaker) if item.speaker else None
        addressee = speakers.mention(item.addressee) if item.addressee and item.addressee != item.speaker else None
        cue = Evidence.all_of(prose.text, item.cue)
        statements.append(
            Statement(
                quote=Evidence.all_of(prose.text, quote),
                type=_type(prose, item, found),
                speaker=speaker,
                cue=cue[0] if cue else None,
                cue_parts=cue,
                addressee=addressee,
                about=_actors(mentions, quote),
                via=_via(mentions, item, (addressee, speaker), agencies),
            )
        )
    return tuple(statements)


def joined(found: Sequence[Found]) -> list[Found]:
    """Broken quotes in one piece; quoted parts of a reported clause are told by the clause."""
    wholes = {(item.start, item.end): item for item in found if item.part_of is None}
    kept: list[Found] = []
    for item in found:
        whole = wholes.get(item.part_of) if item.part_of else None
        if whole is not None and whole.type != "reported":
            continue
        if item.continues and item.type == "direct" and kept and kept[-1].type == "direct":
            kept[-1] = replace(kept[-1], quote=(*kept[-1].quote, *item.quote))
            continue
        kept.append(item)
    return kept


def _words(prose: Prose, span: Span) -> list[Span]:
    """The span without the marks at its rims; a quotation of several paragraphs gives its parts."""
    whole = next((q for q in prose.outer if (q.start, q.end) == span), None)
    pieces = list(whole.parts) if whole else [_unmarked(prose, span)]
    trimmed = [_trim(prose.text, *piece, ending=",،，" if whole else "") for piece in pieces]
    return [(begin, end) for begin, end in trimmed if begin < end]


def _unmarked(prose: Prose, span: Span) -> Span:
    begin, end = span
    opens = [q for q in prose.outer if q.start == begin and q.end <= end]
    if opens and begin < end:
        begin += 1
    closes = [q for q in prose.outer if q.end == end and q.start >= span[0]]
    return (begin, end - 1) if closes and end > begin else (begin, end)


def _trim(text: str, begin: int, end: int, *, ending: str) -> Span:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in ending):
        end -= 1
    return begin, end


def _type(prose: Prose, item: Found, found: Sequence[Found]) -> StatementType:
    if item.type == "indirect" or item.type == "indirect_free":
        whole = (item.start, item.end)
        if any(part.part_of == whole for part in found):
            return "mixed"
    return TYPES[item.type]


def _actors(mentions: Sequence[Mention], quote: Sequence[Span]) -> tuple[str, ...]:
    """Who is named in the quote, each once."""
    inside = (
        mention.actor
        for mention in mentions
        if mention.actor and any(a <= mention.evidence.start and mention.evidence.end <= b for a, b in quote)
    )
    return tuple(dict.fromkeys(inside))


def _via(
    mentions: Sequence[Mention], item: Found, people: Sequence[Mention | None], agencies: frozenset[str]
) -> tuple[str, ...]:
    """Agencies that the statement came through: told to one, or told by one (``people``: addressee and speaker)."""
    through = [m.actor for m in people if m is not None and m.actor in agencies]
    named = [m.actor for m in mentions if m.actor in agencies and any(a <= m.evidence.start < b for a, b in item.via)]
    return tuple(dict.fromkeys(actor for actor in (*through, *named) if actor))
