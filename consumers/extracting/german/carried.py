"""Reports carried on without a cue: whole sentences in reporting mood, and hearsay with sollen."""

from collections.abc import Iterable

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.german.clause_kinds import is_subordinate
from consumers.extracting.german.mood import is_conditional, is_finite, is_reporting
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import Segment, body_of, segments_of
from consumers.extracting.german.subjects import RELATIVES
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence

WANTED = frozenset(["soll", "sollen"])


def find_carried(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterable[Found]:
    """The sentence as a whole when the verb of a main clause stands in reporting mood, or says "soll … haben"."""
    first, last = body_of(prose, sentence)
    if first >= last:
        return []
    phrases = Phrases(prose, last)
    span = (prose.tokens[first].start, sentence.end)
    segments = segments_of(prose, first, last)
    main = [(segment, verb) for segment in segments if (verb := _main_verb(phrases, segment)) is not None]
    mood = next((mood for segment, verb in main if (mood := _mood(phrases, segment, verb)) is not None), None)
    if mood == "reporting":
        return [Found((span,), "indirect_free", speaker_from="carried")]
    if mood == "conditional":
        return [Found((span,), "indirect_free", speaker_from="carried", continues=True)]
    if any(_is_hearsay(phrases, segment) for segment in segments):
        return [Found((span,), "free_indirect", speaker_from="carried")]
    if any(phrases.lower(verb) in WANTED for _, verb in main):
        # "So sollen die Schulen mehr Geld erhalten": what is wanted, behind somebody's demand.
        return [Found((span,), "free_indirect", speaker_from="carried", continues=True)]
    return []


def _main_verb(phrases: Phrases, segment: Segment) -> int | None:
    """The finite verb of a segment; those of subordinate clauses do not count ("als ob er sei", "damit er komme")."""
    if is_subordinate(phrases, segment) or (segment.sign == "," and phrases.lower(segment.first) in RELATIVES):
        return None
    return next((i for i in range(segment.first, segment.last) if is_finite(phrases, i)), None)


def _mood(phrases: Phrases, segment: Segment, verb: int) -> str | None:
    """Mood of a main clause; None of a question ("was er tue")."""
    if segment.sign == "," and phrases.lower(segment.first) in phrases.prose.language.words("questions"):
        return None
    if is_reporting(phrases, verb) or _is_told_plural(phrases, segment, verb):
        return "reporting"
    return "conditional" if is_conditional(phrases, verb) else "plain"


def _is_told_plural(phrases: Phrases, segment: Segment, verb: int) -> bool:
    """ "Die Behörden hätten nichts erlaubt": the plural reports in this form, where nothing is only possible."""
    words = phrases.prose.language.words
    if phrases.lower(verb) not in words("told_plural") or verb == segment.first:
        return False
    return not any(phrases.lower(index) in words("possible") for index in range(segment.first, segment.last))


def _is_hearsay(phrases: Phrases, segment: Segment) -> bool:
    """ "soll gesagt haben", "sollen verletzt worden sein": a past that is told, not a plan."""
    starts = phrases.prose.where(WANTED, segment.first, segment.last)
    if not starts or phrases.prose.is_quoted(starts[0]):
        return False
    tail = phrases.lower(segment.last - 1)
    before = phrases.lower(segment.last - 2)
    return tail in {"haben", "sein"} and (before == "worden" or before.endswith(("t", "en")))
