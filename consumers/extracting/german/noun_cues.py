"""Nouns of saying that open a clause: "die Auffassung, dass …", "mit dem Argument, die Lage sei …"."""

from collections.abc import Iterable

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found, SpeakerFrom
from consumers.extracting.german.clause_kinds import clause_kind, reports
from consumers.extracting.german.mood import is_finite
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import body_of, segments_of
from consumers.extracting.german.subjects import subject_of
from consumers.extracting.grammar import Phrase
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import trimmed

MAX_OWNER = 8
"""Tokens from the noun to its clause: the noun and whose it is."""


def find_noun_cued(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterable[Found]:
    """A clause right behind a noun of saying; the speaker is its genitive, else the sentence's subject."""
    first, last = body_of(prose, sentence)
    phrases = Phrases(prose, last)
    segments = segments_of(prose, first, last)
    nouns = prose.language.words("saying_nouns")
    for number, segment in enumerate(segments[:-1]):
        tail = range(segment.last - 1, max(segment.first, segment.last - MAX_OWNER) - 1, -1)
        at = next((i for i in tail if prose.tokens[i].lower in nouns and prose.tokens[i].is_capital), None)
        if (
            at is None
            or segments[number + 1].sign != ","
            or any(is_finite(phrases, i) for i in range(at, segment.last))
        ):
            continue
        clause = segments[number + 1]
        kind = clause_kind(phrases, clause)
        if not (kind in {"that", "infinitive"} or (kind == "main" and reports(phrases, clause))):
            continue
        owner = _owner(phrases, first, at, segment.last)
        begin, end = trimmed(prose, clause.first, _clause_end(phrases, clause.first, last))
        speaker = prose.span(*owner) if owner else None
        cue = (prose.tokens[at].start, prose.tokens[at].end)
        rumour = prose.tokens[at].lower in prose.language.words("rumours")
        said_by: SpeakerFrom = "here" if speaker else "nobody" if rumour else "carried"
        return [Found((prose.span(begin, end),), "indirect", (cue,), speaker, said_by)]
    return []


def _owner(phrases: Phrases, first: int, noun: int, last: int) -> Phrase | None:
    if noun + 1 < last and phrases.lower(noun + 1) in phrases.prose.language.words("genitive") | {"von", "vom"}:
        start = noun + 2 if phrases.lower(noun + 1) in {"von", "vom"} else noun + 1
        end = phrases.read(start)
        if end is not None:
            return (start, end)
    verb = next((i for i in range(noun - 1, first - 1, -1) if is_finite(phrases, i)), None)
    if verb is None:
        verb = next((i for i in range(noun, last) if is_finite(phrases, i)), None)
    subject = subject_of(phrases, first, verb, last) if verb is not None else None
    return None if subject is None or subject[0] <= noun < subject[1] else subject


def _clause_end(phrases: Phrases, start: int, last: int) -> int:
    """The clause ends where the sentence's own verb comes ("die Forderung, … zu …, blieb erfolglos")."""
    for index in range(start + 2, last):
        if phrases.lower(index - 1) == "," and is_finite(phrases, index) and not phrases.prose.is_quoted(index):
            return index - 1
    return last
