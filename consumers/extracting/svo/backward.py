"""What was said stands in the sentence before: "Об этом сообщил министр". List read: ``about_this``."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue, spans_of
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.claims import verb_group
from consumers.extracting.svo.phrases import strip_lead
from consumers.extracting.svo.subjects import subject_after, subject_before
from consumers.extracting.svo.words import Words, is_said_by_them

MAX_AGENCY = 8
"""Tokens of who passes on what somebody said of "this"."""
MAX_NEAR = 16
"""Statements of the sentence before that are looked at."""


def find_backward(prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]) -> Found | None:
    """The sentence before, when this one only says who said it: in the same paragraph, or a short one before."""
    start, via = _past_agency(prose, words, sentence, cues)
    if via is not None:
        inner = replace(sentence, first=start, start=prose.tokens[start].start)
        told = find_backward(prose, words, inner, [cue for cue in cues if cue.first >= start])
        return replace(told, via=(via,)) if told is not None else None
    length = phrase_at(prose, sentence.first, sentence.last, "about_this")
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if not length or before is None or not _is_next(prose, before, sentence):
        return None
    cue = next((cue for cue in cues if cue.takes("direct")), None)
    if cue is None:
        return None
    tokens = (*range(sentence.first, sentence.first + length), *cue.tokens)
    quote = ((before.start, before.end),)
    subject = _subject_between(prose, words, sentence, cue, sentence.first + length)
    if subject is not None:
        # "Про це голова МЗС заявив у четвер."
        return Found(quote, "indirect", spans_of(prose, tokens), prose.span(*subject))
    start = cue.last
    in_paper = start < sentence.last and prose.tokens[start].lower in words.language.words("at")
    if in_paper and is_said_by_them(prose, cue):
        start += 1
    else:
        start = strip_lead(prose, words, start, sentence.last)
    subject = subject_after(prose, words, start, sentence.last)
    if subject is None:
        return None
    return Found(quote, "indirect", spans_of(prose, tokens), prose.span(*subject))


def _past_agency(
    prose: Prose, words: Words, sentence: Sentence, cues: Sequence[Cue]
) -> tuple[int, tuple[int, int] | None]:
    """Behind "Как передаёт ТАСС," where "this" follows, and who passes it on."""
    leads = prose.tokens[sentence.first].lower in words.language.words("as")
    if not leads or not cues or cues[0].first > sentence.first + 2:
        return sentence.first, None
    for index in range(cues[0].last + 1, min(sentence.last - 1, cues[0].last + MAX_AGENCY)):
        if prose.tokens[index].text == "," and phrase_at(prose, index + 1, sentence.last, "about_this"):
            return index + 1, prose.span(cues[0].last, index)
    return sentence.first, None


def _is_next(prose: Prose, before: Sentence, sentence: Sentence) -> bool:
    """Whether ``before`` is what "this" means: a headline is not, nor the end of a long paragraph."""
    if before.paragraph == sentence.paragraph:
        return True
    begin, end = prose.paragraphs[before.paragraph]
    opens = prose.sentences[sentence.index].start == prose.paragraphs[sentence.paragraph][0]
    ended = prose.text[begin:end].rstrip().endswith((".", "»", '"', "”"))
    return opens and ended and before.paragraph == sentence.paragraph - 1 and before.start == begin


def _subject_between(prose: Prose, words: Words, sentence: Sentence, cue: Cue, start: int) -> tuple[int, int] | None:
    """Who stands between "this" and the verb, where nothing but adverbs and a hearer does otherwise."""
    first, _ = verb_group(prose, words, cue, start)
    begin = strip_lead(prose, words, start, first)
    if first - begin < 1 or not any(token.is_word for token in prose.tokens[begin:first]):
        return None
    subject = subject_before(prose, words, start, first)
    after = subject_after(prose, words, strip_lead(prose, words, cue.last, sentence.last), sentence.last)
    # "Про це Суспільному повідомила речниця": who follows the verb without a preposition is the one.
    follows = cue.last < sentence.last and prose.tokens[cue.last].lower not in words.prepositions
    return None if after is not None and follows and prose.tokens[cue.last].is_word else subject


def without_told(found: Sequence[Found]) -> list[Found]:
    """Without sentences told from behind that already have their own teller, or tell of somebody else's words."""
    kept: list[Found] = []
    for statement in found:
        backward = bool(statement.cue) and statement.cue[0][0] >= statement.end and statement.type == "indirect"
        near = kept[-MAX_NEAR:] if backward and len(statement.quote) == 1 else ()
        if not any(other.start < statement.end and statement.start < other.end for other in near):
            kept.append(statement)
    return kept
