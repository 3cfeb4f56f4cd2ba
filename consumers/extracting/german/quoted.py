"""Quoted words that no cue stands beside: with "so X", after a colon, in a clause with a cue, as parts of a report."""

from collections.abc import Sequence

from consumers.extracting.cues import Cue
from consumers.extracting.direct import words_in
from consumers.extracting.found import Found
from consumers.extracting.german.mood import is_finite, is_reporting
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import Segment, body_of, segment_at, segments_of
from consumers.extracting.german.sourced import FROM, so_phrase
from consumers.extracting.german.subjects import find_addressee, find_subject, subject_of
from consumers.extracting.german.titles import is_called, is_name
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span

MIN_WORDS = 3
STOPS = frozenset(".!?…")
"""Quoted words that may be a statement without a cue right beside them."""


def quoted_parts(prose: Prose, whole: Found) -> list[Found]:
    """Quotations in the words of ``whole`` as direct parts, without names, titles and who says it."""
    parts: list[Found] = []
    for quotation in prose.quotations_between(whole.start, whole.end):
        if not any(a <= quotation.start and quotation.end <= b for a, b in whole.quote):
            continue
        named = any(who and who[0] <= quotation.start < who[1] for who in (whole.speaker, whole.addressee))
        # "bezeichnete die Pläne als „Wortbruch“"
        called = whole.type == "reported" and is_called(prose, quotation)
        if named or (is_name(prose, quotation) and not called):
            continue
        parts.append(
            Found(
                ((quotation.start, quotation.end),),
                "direct",
                whole.cue,
                whole.speaker,
                whole.speaker_from,
                whole.addressee,
                part_of=(whole.start, whole.end),
            )
        )
    return parts


def find_quoted(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...], known: Sequence[Found]) -> list[Found]:
    """Direct statements among the sentence's quotations that ``known`` ones do not have."""
    quotations = prose.quotations_in(sentence)
    if not quotations:
        return []
    taken = {found.quote[0] for found in known}
    first, last = body_of(prose, sentence)
    phrases = Phrases(prose, last)
    segments = segments_of(prose, first, last)
    found: list[Found] = []
    for quotation in quotations:
        span = (quotation.start, quotation.end)
        if span in taken or is_name(prose, quotation):
            continue
        statement = (
            _so(phrases, first, quotation, span)
            or _told(phrases, quotation, span)
            or _after_colon(phrases, first, quotation, span)
            or beside_cue(phrases, first, quotation, span, segments, cues)
            or _before_verb(phrases, first, quotation, span)
            or _behind_noun(phrases, first, quotation, span)
        )
        if statement is not None:
            found.append(statement)
    return found


def _so(phrases: Phrases, first: int, quotation: Quotation, span: Span) -> Found | None:
    """„…“, so X  and the second half of  „…“, so X, „…“."""
    prose = phrases.prose
    index = prose.token_from(quotation.end)
    while phrases.lower(index) in {",", "–", "-"}:
        index += 1
    phrase = so_phrase(phrases, index) if phrases.lower(index) == "so" else None
    broken = False
    if phrase is None:
        start = prose.token_from(quotation.start)
        index = next((i for i in range(start - 2, max(first, start - 14), -1) if phrases.lower(i) == "so"), -1)
        if index <= first or phrases.lower(index - 1) != "," or not prose.is_quoted(index - 2):
            return None
        phrase = so_phrase(phrases, index)
        broken = prose.tokens[start + 1].is_small
        if phrase is None or phrase[2] not in {start - 1, start}:
            return None
    cue = (prose.span(index, index + 1),)
    return Found((span,), "direct", cue, prose.span(*phrase[:2]), continues=broken)


def _told(phrases: Phrases, quotation: Quotation, span: Span) -> Found | None:
    """„…“, heißt es in X."""
    prose = phrases.prose
    index = prose.token_from(quotation.end)
    while phrases.lower(index) in {",", "–", "-"}:
        index += 1
    if phrases.lower(index) not in prose.language.words("it_is_said") or phrases.lower(index + 1) != "es":
        return None
    source = next((i for i in range(index + 2, min(phrases.last, index + 8)) if phrases.lower(i) in FROM), None)
    end = phrases.read(source + 1, attach=True) if source is not None else None
    speaker = prose.span(source + 1, end) if source is not None and end else None
    return Found((span,), "direct", (prose.span(index, index + 2),), speaker, "here" if speaker else "carried")


def _after_colon(phrases: Phrases, first: int, quotation: Quotation, span: Span) -> Found | None:
    """„X zeigte sich zufrieden: „…““: whoever the clause before the colon is about."""
    start = phrases.prose.token_from(quotation.start)
    if start <= first or phrases.lower(start - 1) != ":" or not _is_sentence(phrases.prose, quotation):
        return None
    told = next((i for i in range(start - 2, max(first, start - 10), -1) if phrases.lower(i) == "so"), None)
    phrase = so_phrase(phrases, told) if told is not None and phrases.lower(told - 1) == "," else None
    if told is not None and phrase is not None:
        return Found((span,), "direct", (phrases.prose.span(told, told + 1),), phrases.prose.span(*phrase[:2]))
    verb = next((i for i in range(first, start - 1) if is_finite(phrases, i)), None)
    if verb is None:
        end = phrases.read(first, attach=True)
        end = phrases.apposition(first, end) if end else None
        rest = range(end, start - 1) if end else ()
        adverbs = phrases.prose.language.words("adverbs")
        subject = (first, end) if end and all(phrases.lower(i) in adverbs for i in rest) else None
    elif phrases.lower(verb) in phrases.prose.language.words("it_is_said"):
        source = next((i for i in range(first, start - 1) if phrases.lower(i) in FROM), None)
        end = phrases.read(source + 1, attach=True) if source is not None else None
        subject = (source + 1, min(end, verb) if source < verb else end) if source is not None and end else None
    else:
        # "Die Rechte seien klar: „…“": a report goes on, and its subject is what it is about.
        subject = None if is_reporting(phrases, verb) else subject_of(phrases, first, verb, start - 1)
    return Found(
        (span,), "direct", (), phrases.prose.span(*subject) if subject else None, "here" if subject else "carried"
    )


def _is_sentence(prose: Prose, quotation: Quotation) -> bool:
    """Words enough, or an end of their own: „Danke, Kiew!“"""
    ends = prose.tokens[prose.token_from(quotation.end) - 2].text in STOPS
    return words_in(prose, quotation) >= MIN_WORDS - ends


def beside_cue(
    phrases: Phrases, first: int, quotation: Quotation, span: Span, segments: Sequence[Segment], cues: Sequence[Cue]
) -> Found | None:
    """ "nannte den Plan einen „Fehler“": a cue in the clause in which the marks stand."""
    start = phrases.prose.token_from(quotation.start)
    number = segment_at(segments, start)
    if number < 0:
        return None
    segment = segments[number]
    here = [cue for cue in cues if any(segment.first <= token < segment.last for token in cue.tokens)]
    cue = min(here, key=lambda cue: abs(cue.first - start), default=None)
    if cue is None or not (
        cue.takes("report")
        or cue.takes("marks")
        or (cue.takes("called") and is_called(phrases.prose, quotation))
        or (cue.takes("direct") and words_in(phrases.prose, quotation) >= MIN_WORDS)
    ):
        return None
    if cue.form.lemma == "nennen" and any(
        phrases.lower(i) in {"sich", "man"} for i in range(segment.first, segment.last)
    ):
        # "die sich „Rat der Zwölf“ nennt", "das nennt man einen „Aktiensplit“": how it is called.
        return None
    subject = find_subject(phrases, first, cue)
    if subject is None or subject[0] <= start < subject[1]:
        return None
    speaker = phrases.prose.span(*subject)
    addressee = find_addressee(phrases, cue, speaker)
    if addressee and addressee[0] <= start < addressee[1]:
        return None
    to = phrases.prose.span(*addressee) if addressee else None
    return Found((span,), "direct", cue.spans(phrases.prose), speaker, "here", to)


def _before_verb(phrases: Phrases, first: int, quotation: Quotation, span: Span) -> Found | None:
    """ "„…“, freute sich die Trainerin": a verb right behind a sentence in marks says it, whatever it is."""
    prose = phrases.prose
    start, end = prose.token_from(quotation.start), prose.token_from(quotation.end)
    while end < phrases.last and phrases.lower(end) in {",", "–", "-"}:
        end += 1
    if start != first or words_in(prose, quotation) <= MIN_WORDS or not is_finite(phrases, end):
        return None
    if not end > prose.token_from(quotation.end) and prose.tokens[end - 2].text not in "!?.":
        return None
    subject = subject_of(phrases, first, end, phrases.last)
    if subject is None or subject[0] < end:
        return None
    return Found((span,), "direct", (prose.span(end, end + 1),), prose.span(*subject), "here")


def _behind_noun(phrases: Phrases, first: int, quotation: Quotation, span: Span) -> Found | None:
    """ "mit den Worten „…“", "die Feststellung „…“"."""
    prose = phrases.prose
    noun = prose.token_from(quotation.start) - 1
    if noun > first and phrases.lower(noun) == ":":
        noun -= 1
    if words_in(prose, quotation) <= MIN_WORDS or phrases.lower(noun) not in prose.language.words("worded"):
        return None
    verb = next((i for i in range(first, phrases.last) if is_finite(phrases, i)), None)
    subject = subject_of(phrases, first, verb, phrases.last) if verb is not None else None
    outside = subject is not None and not subject[0] <= noun < subject[1]
    speaker = prose.span(*subject) if subject is not None and outside else None
    return Found((span,), "direct", (prose.span(noun, noun + 1),), speaker, "here" if speaker else "nobody")
