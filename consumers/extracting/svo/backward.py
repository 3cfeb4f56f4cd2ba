"""What was said stands in the sentence before: "Об этом сообщил министр". List read: ``about_this``."""

from collections.abc import Sequence

from consumers.extracting.cues import Cue, spans_of
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.phrases import strip_lead
from consumers.extracting.svo.subjects import subject_after
from consumers.extracting.svo.words import Words

MAX_NEAR = 16
"""Statements of the sentence before that are looked at."""


def find_backward(prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> Found | None:
    """The sentence before, in the same paragraph, when this one only says who said it."""
    length = phrase_at(prose, sentence.first, sentence.last, "about_this")
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if not length or before is None or before.paragraph != sentence.paragraph:
        return None
    cue = next((cue for cue in cues if cue.takes("direct")), None)
    if cue is None or cue.first - sentence.first > length + 2:
        return None
    start = cue.last
    in_paper = start < sentence.last and prose.tokens[start].lower in words.language.words("at")
    if in_paper and prose.tokens[cue.last - 1].lower in words.language.words("they_say"):
        start += 1
    else:
        start = strip_lead(prose, words, start, sentence.last)
    subject = subject_after(prose, words, start, sentence.last)
    if subject is None:
        return None
    tokens = (*range(sentence.first, sentence.first + length), *cue.tokens)
    return Found(((before.start, before.end),), "indirect", spans_of(prose, tokens), prose.span(*subject))


def without_told(found: Sequence[Found]) -> list[Found]:
    """Without sentences told from behind that already have their own teller, or tell of somebody else's words."""
    kept: list[Found] = []
    for statement in found:
        backward = bool(statement.cue) and statement.cue[0][0] >= statement.end and statement.type == "indirect"
        near = kept[-MAX_NEAR:] if backward and len(statement.quote) == 1 else ()
        if not any(other.start < statement.end and statement.start < other.end for other in near):
            kept.append(statement)
    return kept
