"""Indirect statements of a cue: a clause with dass, ob or a question word, a main clause, an infinitive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found, SpeakerFrom
from consumers.extracting.german.clause_kinds import clause_kind, is_subordinate, reports
from consumers.extracting.german.mood import is_finite, is_reporting
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import Segment, body_of, segment_at, segments_of
from consumers.extracting.german.subjects import find_addressee, find_subject, is_passive, is_relative, verb_of
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import trimmed

MAX_SKIP = 2
"""Segments between a cue and its clause ("sagte Meier, Chef der Halle, dass …")."""
MIN_RELATIVE = 3
"""Words of a relative clause that is told from a main one by its verb's place."""
WITHHELD = frozenset(
    (
        *("sagen", "verraten", "mitteilen", "bestätigen", "erklären", "erläutern", "angeben", "erwähnen", "bekennen"),
        *("kommentieren", "beantworten", "ausführen"),
    )
)
"""Cues that say nothing where "nicht" ends their clause, as "nicht bekannt" does; "er glaube nicht" says something."""
ACTS = frozenset(["planen", "verbieten", "erwarten"])
"""Cues that tell of somebody's words only where somebody is their subject."""
PLEDGES = frozenset(["verpflichten"])
"""Cues that say something only of oneself."""
CONDITIONS = frozenset(["wenn", "falls", "sofern"])
"""Openings of a clause in which saying is only supposed."""
NOBODY = frozenset(["niemand", "keiner"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule looks: the sentence's words, its segments, and the segment of the cue."""

    phrases: Phrases
    first: int
    last: int
    segments: tuple[Segment, ...]
    at: int


def find_indirect(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterable[Found]:
    """Indirect statements with a verb as their cue. A cue inside another one's clause is part of what is said."""
    first, last = body_of(prose, sentence)
    phrases = Phrases(prose, last)
    segments = segments_of(prose, first, last)
    claimed: list[tuple[int, int]] = []
    found: list[Found] = []
    for cue in cues:
        at = segment_at(segments, cue.first)
        if at < 0 or any(begin <= cue.first < end for begin, end in claimed):
            continue
        place = Place(phrases, first, last, segments, at)
        pieces = () if _is_withheld(place, cue) else _content(place, cue, cues)
        if not pieces or _is_act(phrases, cue, segments[at]):
            continue
        claimed.extend(pieces)
        subject = find_subject(phrases, first, cue)
        speaker = prose.span(*subject) if subject else None
        if speaker and any(begin <= subject[0] < end for begin, end in pieces if subject):
            speaker = None
        addressee = find_addressee(phrases, cue, speaker)
        found.append(
            Found(
                tuple(prose.span(*piece) for piece in pieces),
                "indirect",
                cue.spans(prose),
                speaker,
                _speaker_from(phrases, cue, speaker is not None),
                prose.span(*addressee) if addressee else None,
            )
        )
    return found


def _is_withheld(place: Place, cue: Cue) -> bool:
    """ "Er sagte nicht, wer …", "Dass sie geht, bestätigt er nicht", "Wenn sie sagt, dass …": nothing is said."""
    phrases, segment = place.phrases, place.segments[place.at]
    verb = verb_of(phrases, cue)
    if phrases.lower(segment.first) in CONDITIONS and verb > segment.first:
        return True
    if {phrases.lower(segment.first), phrases.lower(verb + 1)} & NOBODY:
        return True
    before = (segment.last - 1, cue.tokens[-1] - 1, cue.first - 1)
    negated = any(phrases.lower(index) == "nicht" for index in before if index >= segment.first)
    return cue.form.lemma in WITHHELD and negated


def _is_act(phrases: Phrases, cue: Cue, segment: Segment) -> bool:
    """ "Es ist geplant, dass …": an act that nobody tells of; "verpflichtete ihn, zu …": no pledge of his own."""
    if cue.form.lemma in PLEDGES:
        return not any(phrases.lower(index) == "sich" for index in range(segment.first, segment.last))
    return cue.form.lemma in ACTS and is_passive(phrases, cue)


def _speaker_from(phrases: Phrases, cue: Cue, has_speaker: bool) -> SpeakerFrom:
    if has_speaker:
        return "here"
    passive = phrases.lower(verb_of(phrases, cue)) in phrases.prose.language.words("passive")
    return "nobody" if passive else "carried"


def _content(place: Place, cue: Cue, cues: Sequence[Cue]) -> tuple[tuple[int, int], ...]:
    if place.segments[place.at].sign == "," or place.at == 0:
        pieces = _around(place, cue)
        if pieces:
            return pieces
    return _behind(place, cue, cues)


def _behind(place: Place, cue: Cue, cues: Sequence[Cue]) -> tuple[tuple[int, int], ...]:
    """What follows the cue's own segment."""
    phrases, segments = place.phrases, place.segments
    number = max(place.at, segment_at(segments, cue.tokens[-1]))
    if any(cue.first < other.first < segments[number].last and _opens(other) for other in cues):
        return ()
    for step in range(1, MAX_SKIP + 2):
        if number + step >= len(segments):
            return ()
        segment = segments[number + step]
        kind = clause_kind(phrases, segment)
        colon = segment.sign == ":" and step == 1
        if segment.sign in ";–—" and step > 0:
            return ()
        # "Die Namen lauten: Meier und Rau" says nothing.
        fits = colon and kind != "quoted" and cue.takes("direct") and cue.takes("v2")
        if kind == "that":
            fits = cue.takes("clause") or cue.takes("infinitive") or cue.takes("that")
        elif kind == "question" or kind == "infinitive":
            fits = cue.takes("infinitive") if kind == "infinitive" else cue.takes("clause") and step == 1
        elif kind == "main" and not fits:
            mood = reports(phrases, segment)
            if not mood and segment.sign == "," and _tells_who(phrases, segment):
                continue
            # "wurde bestätigt durch den Arzt, nur Meier fehlte": told by nobody it is told in its mood.
            plain = step == 1 and not is_passive(phrases, cue)
            fits = (cue.takes("v2") and (plain or mood)) or (cue.takes("v2k") and mood)
            fits = fits and (step == 1 or _passes(place, number, step))
        if fits and kind == "main" and not colon and _ends_clause(phrases, cue, segments[number]):
            fits = reports(phrases, segment)
        if fits:
            begin, end = segment.first, _taken_over(phrases, segment) or _end_of(place, number + step, cues, cue)
            begin, end = _thought(phrases, *trimmed(phrases.prose, begin, end))
            return ((begin, end),) if end - begin > 1 else ()
        if colon or kind in {"quoted"}:
            return ()
    return ()


def _tells_who(phrases: Phrases, segment: Segment) -> bool:
    """ "…, der auch eine Fabrik besitzt": a relative clause, its verb at the end."""
    finite = [i for i in range(segment.first, segment.last) if is_finite(phrases, i)]
    opens = is_relative(phrases, segment.first) and not phrases.is_noun(segment.first + 1)
    return opens and segment.last - segment.first > MIN_RELATIVE and finite == [segment.last - 1]


def _thought(phrases: Phrases, begin: int, end: int) -> tuple[int, int]:
    """ "er glaube, „dass …“": where the words in marks are the whole thought, they are what is said."""
    prose = phrases.prose
    if phrases.lower(begin) not in prose.language.pronouns or end - begin < 6 or phrases.lower(begin + 2) != ",":
        return begin, end
    quotation = prose.quotation_of(begin + 3)
    whole = quotation is not None and is_reporting(phrases, begin + 1) and prose.token_from(quotation.end) == end
    return (begin + 3, end) if whole else (begin, end)


def _opens(cue: Cue) -> bool:
    return cue.takes("clause") or cue.takes("infinitive")


def _passes(place: Place, number: int, step: int) -> bool:
    """The segments in between are appositions or relative clauses."""
    between = place.segments[number + 1 : number + step]
    return all(clause_kind(place.phrases, segment) == "other" for segment in between)


def _ends_clause(phrases: Phrases, cue: Cue, segment: Segment) -> bool:
    """A verb in last place ("als er mitteilte") hardly opens a main clause."""
    verb = verb_of(phrases, cue)
    opener = phrases.lower(segment.first)
    return opener in phrases.prose.language.words("subordinators") and verb > segment.first


def _taken_over(phrases: Phrases, segment: Segment) -> int | None:
    """ "sagte, der Plan sei gut und fügte hinzu": where the teller goes on within the clause."""
    told = next((i for i in range(segment.first, segment.last) if is_reporting(phrases, i)), None)
    if told is None or clause_kind(phrases, segment) != "main":
        return None
    joints = (i for i in range(told + 1, segment.last - 1) if phrases.lower(i) == "und")
    return next((i for i in joints if is_finite(phrases, i + 1) and not is_reporting(phrases, i + 1)), None)


def _end_of(place: Place, number: int, cues: Sequence[Cue], own: Cue) -> int:
    """Where what is said stops: at the sentence's end, or where the teller takes over again."""
    phrases, segments = place.phrases, place.segments
    within = is_subordinate(phrases, segments[place.at]) or is_relative(phrases, segments[place.at].first)
    for following in range(number + 1, len(segments)):
        segment = segments[following]
        # "Als sie bemerkte, dass …, ging sie": the main clause begins with its verb.
        if within and is_finite(phrases, segment.first):
            return segments[following - 1].last
        if segment.sign in ";" and not (clause_kind(phrases, segment) == "main" and reports(phrases, segment)):
            return segments[following - 1].last
        lower = phrases.lower(segment.first)
        second = phrases.lower(segment.first + 1)
        if lower == "so" and phrases.read(segment.first + 1) is not None and following == len(segments) - 1:
            return segments[following - 1].last
        taken_over = lower == "und" and is_finite(phrases, segment.first + 1) and not reports(phrases, segment)
        if taken_over and following > number and clause_kind(phrases, segments[number]) == "main":
            # "Er betonte, das sei neu, und dankte allen"
            return segments[following - 1].last
        heads = [cue for cue in cues if cue is not own and segment.first <= cue.first < segment.last]
        if (
            lower in {"und", "aber", "doch"}
            and heads
            and not reports(phrases, segment)
            and heads[0].first <= segment.first + 6
        ):
            return segments[following - 1].last
        if heads and heads[0].first == segment.first and following == len(segments) - 1:
            return segments[following - 1].last
        if lower == "wie" and heads and following == len(segments) - 1 and second:
            return segments[following - 1].last
    return place.last


def _around(place: Place, cue: Cue) -> tuple[tuple[int, int], ...]:
    """The cue's clause follows what is said, or stands in the middle of it: "Der Plan, sagte sie, sei gut"."""
    phrases, segments, at = place.phrases, place.segments, place.at
    if at == 0:
        return ()
    segment = segments[at]
    verb = verb_of(phrases, cue)
    if verb != segment.first or not (cue.takes("v2") or cue.takes("clause")):
        return ()
    begin = at - 1
    while begin > 0 and segments[begin].sign == ",":
        begin -= 1
    before = (segments[begin].first, segments[at - 1].last)
    if all(phrases.prose.is_quoted(i) or not phrases.prose.tokens[i].is_word for i in range(*before)):
        return ()
    subject = find_subject(phrases, place.first, cue)
    if subject is not None and subject[0] < segment.first:
        return ()
    behind = _goes_on(place, cue)
    broken = _breaks_off(phrases, segments[at - 1])
    inserted = behind is not None and (is_finite(phrases, behind[0]) or broken)
    if not inserted and not _is_said(phrases, segments[begin:at], cue):
        return ()
    pieces = [trimmed(phrases.prose, *before)]
    if behind is not None:
        pieces.append(behind)
    return tuple(piece for piece in pieces if piece[1] > piece[0])


def _breaks_off(phrases: Phrases, segment: Segment) -> bool:
    """A main clause that ends with its verb in second place ("Dies sei, sagte er, …")."""
    return is_finite(phrases, segment.last - 1) and clause_kind(phrases, segment) == "main"


def _is_said(phrases: Phrases, segments: Sequence[Segment], cue: Cue) -> bool:
    """A subordinate clause before the cue ("Als er kam, sagte …", "Da …, forderte …") is not what is said; dass is."""
    words = phrases.prose.language.words
    head = segments[0]
    lower = phrases.lower(head.first)
    if lower in words("that"):
        return True
    if lower in words("questions") and lower not in words("subordinators"):
        return True
    finite = [i for i in range(head.first, head.last) if is_finite(phrases, i)]
    asked = len(segments) > 1 and all(clause_kind(phrases, s) in {"question", "that"} for s in segments[1:])
    if not finite and lower in words("prepositions") and asked:
        # "Auf die Frage, ob er komme, sagte …"
        return False
    if is_subordinate(phrases, head) or lower in {"um", "ohne", "statt"}:
        # A clause with its own main clause behind it: "Wenn es regnet, wird es nass, sagte sie".
        return any(is_finite(phrases, s.first) for s in segments[1:])
    if finite and cue.takes("v2"):
        return True
    # "In der Halle, die leer steht, forderte …": the verb of a relative clause says nothing by itself.
    main = [s for s in segments if not is_subordinate(phrases, s) and not _tells_who(phrases, s)]
    return any(is_finite(phrases, i) for s in main for i in range(s.first, s.last)) and cue.takes("v2")


def _goes_on(place: Place, cue: Cue) -> tuple[int, int] | None:
    """The rest behind an inserted cue, when it goes on with what is said."""
    phrases, segments = place.phrases, place.segments
    last = max(place.at, segment_at(segments, cue.tokens[-1]))
    following = last + 1
    # An apposition to the speaker has no verb.
    # "Dies sei, sagte er, ein Wunsch gewesen": a clause that breaks off behind its verb goes on.
    broken = place.at > 0 and _breaks_off(phrases, segments[place.at - 1])
    while (
        following < len(segments)
        and not broken
        and segments[following].sign == ","
        and not any(is_finite(phrases, i) for i in range(segments[following].first, segments[following].last))
    ):
        following += 1
    if following >= len(segments) or segments[following].sign != ",":
        return None
    segment = segments[following]
    lower = phrases.lower(segment.first)
    words = phrases.prose.language.words
    if lower in words("subordinators") and lower not in {"weil", "da", "dass", "wenn", "obwohl"}:
        return None
    if lower in {"der", "die", "das", "dessen", "deren", "wo"} and not reports(phrases, segment):
        return None
    if phrases.prose.is_quoted(segment.first) and segment.first > 0:
        return None
    return trimmed(phrases.prose, segment.first, place.last)
