"""Words in marks that no verb of saying stands beside: what somebody calls it, and parts of somebody's sentence."""

from collections.abc import Sequence

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.german.mood import is_finite, is_reporting
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.quoted import MIN_WORDS, beside_cue
from consumers.extracting.german.segments import body_of, segments_of
from consumers.extracting.german.subjects import subject_of
from consumers.extracting.german.titles import is_called, is_name
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span, Token

MIN_FRAGMENT = 4
"""Quoted words, the first of them small, that are part of somebody's sentence and no title."""


def find_judged(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
    """Words in marks that somebody calls or judges something with: "nannte die Absage einen „Vertrauensbruch“"."""
    quotations = prose.quotations_in(sentence)
    if not quotations:
        return []
    first, last = body_of(prose, sentence)
    phrases = Phrases(prose, last)
    segments = segments_of(prose, first, last)
    found: list[Found] = []
    for quotation in quotations:
        judging = prose.language.words("judging")
        called = is_called(prose, quotation)
        named = is_name(prose, quotation)
        if named and not called:
            continue
        beside = tuple(c for c in cues if c.form.lemma in judging) if named else cues
        span = (quotation.start, quotation.end)
        statement = beside_cue(phrases, first, quotation, span, segments, beside)
        statement = statement or _fragment(phrases, first, quotation, span)
        found += [statement] if statement else []
    return found


def _fragment(phrases: Phrases, first: int, quotation: Quotation, span: Span) -> Found | None:
    """A part of a sentence ("will „in den kommenden Wochen noch einmal prüfen“"), or one of the first person."""
    prose = phrases.prose
    start, end = prose.token_from(quotation.start), prose.token_from(quotation.end)
    inner = [token for token in prose.tokens[start + 1 : end - 1] if token.is_word]
    own = start == first and any(token.lower in prose.language.words("first_person") for token in inner)
    if not (own and len(inner) >= MIN_WORDS) and not _is_part(phrases, start, inner):
        return None
    verb = next(
        (i for i in (*range(start - 1, first - 1, -1), *range(end, phrases.last)) if is_finite(phrases, i)), None
    )
    about = verb is not None and not is_reporting(phrases, verb)
    about = about and not (own and verb is not None and phrases.lower(verb) in prose.language.words("copulas"))
    subject = subject_of(phrases, first, verb, phrases.last) if about and verb is not None else None
    speaker = prose.span(*subject) if subject and not subject[0] <= start < subject[1] else None
    return Found((span,), "direct", (), speaker, "here" if speaker else "carried")


def _is_part(phrases: Phrases, start: int, inner: Sequence[Token]) -> bool:
    """Words of a sentence: the first of them small, little words among them."""
    words = phrases.prose.language.words
    functions = words("determiners") | words("prepositions") | words("auxiliaries") | words("adverbs")
    if len(inner) < MIN_FRAGMENT or not inner[0].is_small or not any(token.lower in functions for token in inner):
        return False
    # "Der Saal zeigt „die Kinder von Riga“"
    return len(inner) > MIN_FRAGMENT or not (phrases.is_noun(start - 1) or inner[0].lower in words("definite"))
