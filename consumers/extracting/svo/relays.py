"""The press within who speaks, and where and when it is said: "Reuters dẫn ba quan chức", "Ông Nam được TTXVN dẫn lời",
"IMF trong báo cáo". Token ranges.

Lists read: ``relays`` (verbs by which one passes words on), ``not_relays`` (longer words that begin alike),
``cited_by``, ``subject_ends`` (what ends the phrase for who speaks).
"""

from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.phrases import Phrase, is_phrase, segment_before, strip_lead
from consumers.extracting.svo.words import Words


def after_relay(prose: Prose, start: int, end: int) -> int:
    """Where whom the press quotes begins in ``start:end``: behind "Reuters dẫn lời"; else ``start``."""
    return max((i + n for i in range(start, end) if (n := _relay_at(prose, i, end))), default=start)


def _relay_at(prose: Prose, index: int, end: int) -> int:
    """Length of the verb by which one passes another's words on: "Reuters dẫn ba quan chức cho biết"."""
    length = phrase_at(prose, index, end, "relays")
    return 0 if phrase_at(prose, index, end, "not_relays") > length else length


def teller_start(prose: Prose, sentence: Sentence, subject: Phrase) -> int:
    """Where the press begins that passes the subject's words on: "“…”, hãng AFP dẫn lời ông Nam nói"."""
    start = segment_before(prose, sentence.first, subject[0])
    return start if start < subject[0] == after_relay(prose, start, subject[0]) else subject[0]


def quoted_by(prose: Prose, words: Words, start: int, end: int) -> Phrase | None:
    """ "Ông Nam được TTXVN dẫn lời": who is quoted stands first; the press after him is parted off later."""
    relayed = any(i + _relay_at(prose, i, end) == end for i in range(start + 2, end) if _relay_at(prose, i, end))
    first = strip_lead(prose, words, start, end)
    at = next((i for i in range(first + 1, end) if phrase_at(prose, i, end, "cited_by")), None) if relayed else None
    return (first, end) if at is not None and is_phrase(prose, words, first, at) else None


def before_occasion(prose: Prose, words: Words, start: int, end: int) -> int:
    """Where or when it is said is no part of who says it: "IMF trong báo cáo", "Bộ Y tế hôm qua ra thông báo"."""
    tokens = prose.tokens
    start = strip_lead(prose, words, start, end)
    cuts = (i for i in range(start + 1, end) if tokens[i].is_small and phrase_at(prose, i, end, "subject_ends"))
    cut = next(cuts, None)
    if cut is None:
        return end
    while cut > start + 1 and (words.is_adverb(tokens[cut - 1]) or tokens[cut - 1].lower in words.auxiliaries):
        cut -= 1
    return cut
