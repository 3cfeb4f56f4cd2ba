"""What kind of clause a segment is: opened by dass or a question word, a main clause, an infinitive, something else."""

from collections.abc import Sequence

from consumers.extracting.german.mood import is_conditional, is_finite, is_joined_infinitive, is_reporting
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import Segment

PURPOSES = frozenset(["um", "ohne", "statt", "anstatt"])
"""Openings of an infinitive that says why or how something is done ("forderte Ruhe, um zu schlafen")."""


def clause_kind(phrases: Phrases, segment: Segment) -> str:
    words = phrases.prose.language.words
    start = segment.first
    if phrases.lower(start) in {"und", "aber", "sondern", "oder", "jedoch"} and start + 1 < segment.last:
        return "joined"
    if phrases.lower(start) in {"nur", "auch", "sowohl", "weder", "zumindest"} and phrases.lower(start + 1) in words(
        "that"
    ):
        start += 1
    if phrases.prose.is_quoted(start):
        quotation = phrases.prose.quotation_of(start)
        if quotation and phrases.prose.token_from(quotation.end) >= segment.last:
            inner = phrases.lower(start + 1)
            return "that" if inner in words("that") else "quoted"
        return "main"
    lower = phrases.lower(start)
    if lower in words("that"):
        return "that"
    if lower in words("questions") and not (
        lower in {"welche", "welcher", "welches", "welchen"} and phrases.is_noun(start - 2)
    ):
        return "question"
    if (
        lower in words("prepositions")
        and phrases.lower(start + 1) in words("questions")
        and phrases.lower(start + 1) != "was"
    ):
        return (
            "question" if phrases.lower(start + 1).startswith("welch") and not phrases.is_noun(start - 2) else "other"
        )
    if lower in PURPOSES or (lower == "so" and phrases.lower(start + 1) in words("that")):
        return "other"
    finite = [index for index in range(start, segment.last) if is_finite(phrases, index)]
    if segment.last - start > 2 and phrases.lower(segment.last - 2) == "zu":
        # "die Frau halten zu können": the word before zu is an infinitive, too.
        finite = [index for index in finite if index != segment.last - 3]
    if any(phrases.lower(index) == "zu" for index in range(start, segment.last)) and not finite:
        return "infinitive"
    if not finite and any(is_joined_infinitive(phrases.lower(index)) for index in range(segment.last - 1, start, -1)):
        return "infinitive"
    if lower in words("subordinators") and finite and finite[0] == start + 1:
        # "Er erklärte, damit solle alles gut werden."
        return "main"
    if lower in words("subordinators") or (
        lower in {"der", "die", "das", "dem", "den", "deren", "dessen", "denen"}
        and (finite and finite[-1] >= segment.last - 2 and not _verb_second(phrases, segment, finite))
    ):
        return "other"
    if finite and finite[0] > start:
        return "main"
    return "other" if not finite else "first"


def _verb_second(phrases: Phrases, segment: Segment, finite: Sequence[int]) -> bool:
    """The first finite verb follows one phrase ("der Plan sei gut"), not the clause's end ("der gut ist")."""
    if phrases.lower(segment.first + 1).isdigit():
        # "der 1963 untertauchte und später aufstieg"
        return False
    end = phrases.read(segment.first, attach=True)
    return end is not None and finite[0] == end


def reports(phrases: Phrases, segment: Segment) -> bool:
    return any(is_reporting(phrases, i) or is_conditional(phrases, i) for i in range(segment.first, segment.last))


def is_subordinate(phrases: Phrases, segment: Segment) -> bool:
    """Opened by a word that puts the verb last; "Als Kind habe sie", "Damit sei sie" have it in second place."""
    if phrases.lower(segment.first) not in phrases.prose.language.words("subordinators"):
        return False
    finite = next((i for i in range(segment.first + 1, segment.last) if is_finite(phrases, i)), None)
    if finite == segment.first + 1:
        return False
    return finite is None or phrases.read(segment.first + 1) != finite or finite >= segment.last - 2
