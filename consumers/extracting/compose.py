"""From statements as printed to statements as told: marks off, halves joined, quoted parts folded in, actors named."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.citing import cited, is_citation, rules_of
from consumers.extracting.found import Found
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.strength import strength_of
from consumers.extracting.tokens import Span
from consumers.extracting.who import Speakers
from consumers.extracting.within import Mentions
from service.contracts import Evidence, Mention, Resolution, Statement, StatementType

TYPES: dict[str, StatementType] = {
    "direct": "direct",
    "indirect": "indirect",
    "indirect_free": "free_indirect",
    "free_indirect": "free_indirect",
    "reported": "reported",
}


def compose(
    prose: Prose, found: Sequence[Found], mentions: Mentions, speakers: Speakers, agencies: frozenset[str]
) -> tuple[Statement, ...]:
    """The statements of an extraction, in text order. ``agencies``: ids of news agencies, for ``via``."""

    def agencies_in(span: Span) -> list[Span]:
        named = (mention for mention in mentions.inside(span) if mention.actor in agencies)
        return [(mention.evidence.start, mention.evidence.end) for mention in named]

    statements = []
    wholes = frozenset(item.part_of for item in found if item.part_of is not None)
    spoken_to: dict[str | None, Mention] = {}
    for printed in joined(found):
        if printed.relays or is_citation(prose, printed):
            continue
        item = cited(prose, printed, agencies_in)
        quote = tuple(piece for span in item.quote for piece in _words(prose, span))
        if not quote:
            continue
        named = rules_of(prose).antecedent(prose, item.speaker) if item.speaker else None
        speaker = _teller(prose, item, speakers.mention(mentions.whole(named))) if named else None
        to = item.addressee if item.addressee != item.speaker else None
        addressee = speakers.mention(mentions.whole(to), speaks=False) if to else None
        actor = speaker.actor if speaker else None
        if addressee is not None and addressee.actor:
            spoken_to[actor] = addressee
        elif addressee is None and actor and item.type == "direct" and _says_you(prose, quote):
            addressee = spoken_to.get(actor)
        cue = Evidence.all_of(prose.text, item.cue)
        statements.append(
            Statement(
                quote=Evidence.all_of(prose.text, quote),
                type=_type(item, wholes),
                speaker=speaker,
                cue=cue[0] if cue else None,
                cue_parts=cue,
                strength=strength_of(prose, item.cue),
                addressee=addressee,
                about=_actors(mentions, quote),
                via=_via(mentions, item, (addressee, speaker), agencies),
                chain=_chain(item, addressee, speakers, agencies),
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
    quotations = prose.quotations_between(*span)
    whole = bool(quotations) and (quotations[0].start, quotations[0].end) == span
    pieces = list(quotations[0].parts) if whole else [_unmarked(quotations, span)]
    trimmed = [_trim(prose.text, *piece, ending=",،，" if whole else "") for piece in pieces]
    return [(begin, end) for begin, end in trimmed if begin < end]


def _unmarked(quotations: Sequence[Quotation], span: Span) -> Span:
    begin, end = span
    if quotations and quotations[0].start == begin and quotations[0].end <= end:
        begin += 1
    if quotations and quotations[-1].end == end:
        end -= 1
    return begin, max(begin, end)


def _trim(text: str, begin: int, end: int, *, ending: str) -> Span:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in ending):
        end -= 1
    return begin, end


def _type(item: Found, wholes: frozenset[Span]) -> StatementType:
    """``wholes``: reported clauses that have quoted parts."""
    if item.type in {"indirect", "indirect_free"} and (item.start, item.end) in wholes:
        return "mixed"
    return TYPES[item.type]


def _actors(mentions: Mentions, quote: Sequence[Span]) -> tuple[str, ...]:
    """Who is named in the quote, each once."""
    inside = (mention.actor for span in quote for mention in mentions.inside(span) if mention.actor)
    return tuple(dict.fromkeys(inside))


def _via(
    mentions: Mentions, item: Found, people: Sequence[Mention | None], agencies: frozenset[str]
) -> tuple[str, ...]:
    """Agencies that the statement came through: told to one, or told by one (``people``: addressee and speaker)."""
    through = [m.actor for m in people if m is not None and m.actor in agencies]
    named = [m.actor for span in item.via for m in mentions.inside(span) if m.actor in agencies]
    return tuple(dict.fromkeys(actor for actor in (*through, *named) if actor))


def _chain(item: Found, addressee: Mention | None, speakers: Speakers, agencies: frozenset[str]) -> tuple[Mention, ...]:
    """Who passed it on: an agency that it was told to, then the sources it is told after."""
    told = [addressee] if addressee is not None and addressee.actor in agencies else []
    return (*told, *(speakers.mention(span, speaks=False) for span in item.via))


def _teller(prose: Prose, item: Found, speaker: Mention) -> Mention:
    """The speaker; of a statement that names none itself, whoever spoke last, for that reason."""
    if item.speaker_from != "carried" or speaker.reason is None:
        return speaker
    sentence = prose.sentence_at(speaker.evidence.start)
    where = f" in sentence {sentence.index + 1}" if sentence else ""
    words = f"goes on from “{speaker.evidence.exact}”{where}: {speaker.reason.words}"
    reason = Resolution(code="carried", words=words, evidence=speaker.evidence)
    return speaker.model_copy(update={"reason": reason})


def _says_you(prose: Prose, quote: Sequence[Span]) -> bool:
    """ "möchte ich Ihnen mitteilen": a polite form inside a sentence, so its capital is no accident."""
    polite = prose.language.words("polite_you")
    if not polite:
        return False
    for begin, end in quote:
        for index in range(prose.token_from(begin) + 1, prose.token_from(end)):
            token, before = prose.tokens[index], prose.tokens[index - 1]
            if token.is_capital and token.lower in polite and before.is_word:
                return True
    return False
