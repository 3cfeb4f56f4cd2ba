"""Source phrases: laut X, nach Angaben X, X zufolge, …, so X, wie X mitteilte, demnach, wonach, es heißt."""

from collections.abc import Iterable

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.german.mood import is_conditional, is_finite, is_reporting
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import body_of, segment_at, segments_of
from consumers.extracting.german.subjects import RELATIVES, find_subject, is_relative, subject_of, verb_of
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import trimmed
from consumers.extracting.tokens import Span

Pieces = tuple[Span, ...]
MIN_WORDS = 3
_RELATIVE_DATIVE = frozenset(["dem", "der", "denen", "welchem", "welcher"])
FROM = frozenset(["in", "im", "aus", "von", "vonseiten", "bei", "beim", "seitens"])
_BEFORE_SO = frozenset([",", "–", "(", "“", '"', "«"])
_AFTER_SO = frozenset([",", ")", "–", ";", ".", ":"])
_PLACES = frozenset(["in", "im", "auf", "am", "bei", "beim", "vor", "nach"])
"""What opens where or when it was said: "so X im Fernsehen"."""
MAX_SO = 14
"""Tokens of a speaker after "so"."""


def find_sourced(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterable[Found]:
    """The sentence without its source phrase is what the source says. One phrase a sentence: the first that holds."""
    first, last = body_of(prose, sentence)
    phrases = Phrases(prose, last)
    rules = (_wie, _so, _laut, _nach, _zufolge, _demnach, _heisst)
    found = [statement for rule in rules if (statement := rule(phrases, first, cues)) is not None]
    return [min(found, key=lambda statement: statement.cue[0])] if found else []


def _found(phrases: Phrases, first: int, cut: tuple[int, int], cue: Pieces, speaker: Span | None) -> Found | None:
    """The clause around tokens ``cut``: to the next semicolon or ", und/aber" with a clause of its own."""
    prose = phrases.prose
    begin, end = _bounds(phrases, first, *cut)
    pieces = [trimmed(prose, *piece) for piece in ((begin, cut[0]), (cut[1], end))]
    pieces = [piece for piece in pieces if any(t.is_word for t in prose.tokens[slice(*piece)])]
    words = sum(1 for piece in pieces for t in prose.tokens[slice(*piece)] if t.is_word)
    if words < MIN_WORDS:
        return None
    spans = tuple(prose.span(*piece) for piece in pieces)
    if all(prose.is_quoted(index) for piece in pieces for index in range(*piece) if prose.tokens[index].is_word):
        # "Seiner Ansicht nach „sind wir Zeugen“": all of it stands in marks.
        return Found(spans, "direct", cue, speaker, "here" if speaker else "carried") if len(spans) == 1 else None
    return Found(spans, "indirect", cue, speaker, "here" if speaker else "carried", sourced=True)


def _bounds(phrases: Phrases, first: int, cut_first: int, cut_last: int) -> tuple[int, int]:
    """The clause round the phrase: a bracket, a relative or subordinate clause, or all up to a colon or semicolon."""
    begin, end = first, phrases.last
    for index in range(cut_first - 1, first - 1, -1):
        lower = phrases.lower(index)
        if phrases.prose.is_quoted(index):
            continue
        if lower in {";", ":", "("}:
            begin = index + 1
            if lower == "(":
                end = next((i for i in range(cut_last, phrases.last) if phrases.lower(i) == ")"), end)
            break
        if index > first and phrases.lower(index - 1) == "," and _opens_clause(phrases, index, cut_first):
            begin = index + 1 if lower in {"und", "aber", "doch", "wobei"} else index
            break
    for index in range(cut_last, end):
        if not phrases.prose.is_quoted(index) and phrases.lower(index) in {";", ":"}:
            end = index
            break
    return begin, end


def _opens_clause(phrases: Phrases, index: int, phrase: int) -> bool:
    """Whether the phrase stands in a clause of its own that begins here: no verb of that clause comes before it."""
    lower = phrases.lower(index)
    words = phrases.prose.language.words
    if lower in {"und", "aber", "doch", "wobei", "während"}:
        return True
    own = lower in RELATIVES or lower in words("subordinators")
    return own and not any(is_finite(phrases, i) for i in range(index, phrase))


def _laut(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    for index in phrases.prose.where(phrases.prose.language.words("sources"), first, phrases.last):
        if phrases.prose.is_quoted(index):
            continue
        if phrases.prose.tokens[index].text == "laut" and index and phrases.lower(index - 1) in {"zu", "sehr", "so"}:
            continue
        relative = _relative(phrases, first, index, index + 1)
        if relative is not None:
            return relative
        end = _source_end(phrases, index + 1, in_front=index == first)
        if end is not None:
            return _found(
                phrases,
                first,
                (index, end),
                (phrases.prose.span(index, index + 1),),
                phrases.prose.span(index + 1, end),
            )
    return None


def _relative(phrases: Phrases, first: int, index: int, pronoun: int) -> Found | None:
    """ "ein Gutachten, laut dem …": what the thing before the comma says."""
    prose = phrases.prose
    if phrases.lower(pronoun) not in _RELATIVE_DATIVE or phrases.lower(index - 1) != "," or index - 2 < first:
        return None
    if phrases.is_noun(pronoun + 1) or phrases.is_adjective(pronoun + 1):
        return None
    start = next((i for i in range(index - 2, max(first, index - 15) - 1, -1) if phrases.read(i) == index - 1
                  and phrases.lower(i) in prose.language.words("determiners")), None)  # fmt: skip
    end = next((i for i in range(pronoun + 1, phrases.last) if phrases.lower(i) in {";", ":"}), phrases.last)
    begin, end = trimmed(prose, pronoun + 1, end)
    speaker = prose.span(start, index - 1) if start is not None else None
    return Found((prose.span(begin, end),), "indirect", (prose.span(index, pronoun),), speaker) if begin < end else None


def _source_end(phrases: Phrases, start: int, *, in_front: bool) -> int | None:
    """End of the source: in front of the verb it reaches to the verb, elsewhere as far as one phrase goes."""
    end = phrases.read(start, attach=in_front)
    if end is None:
        return None
    if in_front and end < phrases.last and not is_finite(phrases, end):
        limit = next((i for i in range(end, min(phrases.last, end + 12)) if is_finite(phrases, i)), None)
        between = phrases.prose.tokens[end:limit] if limit else ()
        if (
            limit is not None
            and all(t.text != ":" for t in between)
            and phrases.lower(end) in phrases.prose.language.words("attach")
        ):
            return limit
    if in_front and phrases.lower(end) == "," and is_relative(phrases, end + 1):
        # "Laut einem Bericht, den das Amt vorlegte, sinkt …"
        closing = (i for i in range(end + 2, phrases.last - 1) if phrases.lower(i) == "," and is_finite(phrases, i + 1))
        return next(closing, end)
    return phrases.apposition(start, end)


def _nach(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    """nach (eigenen, ersten …) Angaben [X]; X's Meinung nach; aus Sicht X."""
    prose = phrases.prose
    for index in prose.where(("nach", "unter", "aus"), first, phrases.last):
        if prose.is_quoted(index):
            continue
        if phrases.lower(index) == "aus":
            if (view := _view(phrases, first, index)) is not None:
                return view
            continue
        relative = _relative(phrases, first, index, index + 1)
        if relative is not None and phrases.lower(index) == "nach":
            return relative
        noun = next((i for i in range(index + 1, min(index + 5, phrases.last)) if _is_source_noun(phrases, i)), None)
        if phrases.lower(index) == "unter":
            noun = index + 1 if phrases.lower(index + 1) == "berufung" and phrases.lower(index + 2) == "auf" else None
            if noun is not None:
                end = _source_end(phrases, index + 3, in_front=index == first)
                as_told = any(phrases.lower(i) == "wie" for i in range(max(first, index - MAX_SO), index))
                if end is None or as_told or any(cue.first < index for cue in cues):
                    continue
                return _found(phrases, first, (index, end), (prose.span(index, index + 3),), prose.span(index + 3, end))
            continue
        later = phrases.lower(index - 1) in prose.language.words("time_spans") if index > first else False
        if noun is not None and not later and all(_modifies(phrases, i) for i in range(index + 1, noun)):
            return _after_noun(phrases, first, index, noun)
        back = _backwards(phrases, first, index)
        if back is not None and any(_is_source_noun(phrases, i) for i in range(back, index)):
            if phrases.lower(back) in {"seiner", "ihrer"} and back + 2 == index:
                cue = (prose.span(back + 1, index + 1),)
                return _found(phrases, first, (back, index + 1), cue, prose.span(back, back + 1))
            return _found(phrases, first, (back, index + 1), (prose.span(index, index + 1),), prose.span(back, index))

    return None


def _view(phrases: Phrases, first: int, index: int) -> Found | None:
    """ "aus Sicht der Regierung", "aus Sicht von X"; "aus deutscher Sicht" is nobody's."""
    prose, noun = phrases.prose, index + 1
    if phrases.lower(noun) in prose.language.words("determiners"):
        noun += 1
    start = noun + (2 if phrases.lower(noun + 1) in {"von", "vom"} else 1)
    whose = start > noun + 1 or phrases.lower(start) in prose.language.words("genitive")
    end = _source_end(phrases, start, in_front=index == first) if whose else None
    if end is None or phrases.lower(noun) not in prose.language.words("view_nouns"):
        return None
    return _found(phrases, first, (index, end), (prose.span(index, noun + 1),), prose.span(start, end))


def _after_noun(phrases: Phrases, first: int, index: int, noun: int) -> Found | None:
    prose = phrases.prose
    start = noun + 1
    if any(phrases.lower(i) == "eigenen" for i in range(index + 1, noun)):
        # "nach eigenen Angaben": the sentence's subject is the source.
        verb = next((i for i in range(first, phrases.last) if is_finite(phrases, i)), None)
        subject = subject_of(phrases, first, verb, phrases.last) if verb is not None else None
        speaker = prose.span(*subject) if subject else None
        return _found(phrases, first, (index, noun + 1), (prose.span(index, noun + 1),), speaker)
    if phrases.lower(start) in {"von", "vom", "aus", "der", "des"} and phrases.lower(start) in {"von", "vom", "aus"}:
        start += 1
    end = None
    if start > noun + 1 or phrases.lower(start) in phrases.prose.language.words("genitive") or phrases.is_noun(start):
        end = _source_end(phrases, start, in_front=index == first)
    if end is None:
        end = _source_end(phrases, index + 1, in_front=index == first) or noun + 1
        return _found(phrases, first, (index, end), (prose.span(index, index + 1),), prose.span(index + 1, end))
    return _found(phrases, first, (index, end), (prose.span(index, noun + 1),), prose.span(start, end))


def _is_source_noun(phrases: Phrases, index: int) -> bool:
    token = phrases.prose.tokens[index]
    nouns = phrases.prose.language.words("source_nouns")
    return token.is_capital and (
        token.lower in nouns or token.lower.endswith(("angaben", "berichten", "bericht", "informationen", "meldungen"))
    )


def _modifies(phrases: Phrases, index: int) -> bool:
    token = phrases.prose.tokens[index]
    if (
        token.is_capital
        and token.lower.endswith("s")
        and phrases.lower(index - 1) == "nach"
        and _is_source_noun(phrases, index + 1)
    ):
        # "nach Meiers Meinung"
        return True
    return phrases.is_adjective(index) or phrases.lower(index) in phrases.prose.language.words("determiners")


def _backwards(phrases: Phrases, first: int, end: int) -> int | None:
    """Where the phrase that ends at ``end`` begins."""
    best = None
    for start in range(end - 1, max(first, end - 20) - 1, -1):
        if phrases.prose.is_quoted(start) and phrases.lower(start) not in {"„", "»", '"'}:
            continue
        if phrases.lower(start) in {";", ":"} or (phrases.lower(start) in phrases.prose.language.words("prepositions")):
            if start > first and phrases.lower(start) not in phrases.prose.language.words("attach"):
                break
            continue
        reached = phrases.read(start, attach=True)
        if reached == end or (reached is not None and phrases.apposition(start, reached) in {end, end - 1}):
            best = start
        elif reached is None and is_finite(phrases, start):
            break
    return best


def _zufolge(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    for index in phrases.prose.where(("zufolge",), first + 1, phrases.last):
        if phrases.prose.is_quoted(index):
            continue
        pronoun = phrases.lower(index - 1) in {"ihm", "ihr", "ihnen"}
        start = index - 1 if pronoun else _backwards(phrases, first, index)
        if start is not None:
            cue = (phrases.prose.span(index, index + 1),)
            return _found(phrases, first, (start, index + 1), cue, phrases.prose.span(start, index))
    return None


def _so(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    """ "…, so X" and "…, so X, …"."""
    prose = phrases.prose
    for index in prose.where(("so",), first + 1, phrases.last - 1):
        if prose.is_quoted(index) or phrases.lower(index - 1) not in _BEFORE_SO:
            continue
        found = so_phrase(phrases, index)
        if found is None:
            continue
        start, end, rest = found
        return _found(phrases, first, (index, rest), (prose.span(index, index + 1),), prose.span(start, end))
    return None


def so_phrase(phrases: Phrases, index: int) -> tuple[int, int, int] | None:
    """Speaker after "so" at ``index`` as (first, last) and where the insertion ends; None when it is another "so"."""
    start = index + 1
    while phrases.lower(start) in {"etwa", "auch", "zumindest", "jedenfalls", "weiter", "wörtlich", "gestern", "heute"}:
        start += 1
    end = phrases.read(start, attach=True)
    if end is None or not phrases.is_nominative((start, end)) or end - start > MAX_SO:
        return None
    end = phrases.apposition(start, end)
    tail = end
    words = phrases.prose.language.words
    while tail < phrases.last and (
        phrases.lower(tail) in words("adverbs") or phrases.lower(tail) in {"gegenüber", "am"}
    ):
        tail = phrases.read(tail + 1) or tail + 1
    while phrases.lower(tail) in _PLACES and (place := phrases.read(tail + 1, attach=True)) is not None:
        tail = place
    if tail < phrases.last and phrases.lower(tail) not in _AFTER_SO and not phrases.prose.is_quoted(tail):
        return None
    return start, end, tail + 1 if phrases.lower(tail) == ")" else tail


def _wie(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    """ "Wie X mitteilte, …", "…, wie X mitteilte", "…, wie X mitteilte, …"."""
    prose = phrases.prose
    segments = segments_of(prose, first, phrases.last)
    for cue in cues:
        number = segment_at(segments, cue.first)
        start = number
        # "Wie Karl Meier, Leiter der Halle, mitteilte": the opener stands a few segments before its verb.
        while (
            start > 0
            and start > number - 3
            and phrases.lower(segments[start].first) not in {"wie", "so"}
            and not any(is_finite(phrases, i) for i in range(segments[start - 1].first, segments[start - 1].last))
        ):
            start -= 1
        if start < 0:
            continue
        segment, end = segments[start], segments[number].last
        opener, second = phrases.lower(segment.first), phrases.lower(segment.first + 1)
        if opener not in {"wie", "so"} or second in {"viele", "viel", "lange", "sehr"}:
            continue
        if opener == "so" and cue.first > segment.first + 1:
            continue
        if segment.sign not in {"", ",", "–"} or (start and verb_of(phrases, cue) < end - 6):
            continue
        if start and opener == "wie" and not _told_before(phrases, segments[start - 1].first, segment.first):
            continue
        subject = find_subject(phrases, first, cue)
        if (
            (start < number or subject is None)
            and opener == "wie"
            and (name := phrases.read(segment.first + 1, attach=True)) is not None
        ):
            subject = segment.first + 1, phrases.apposition(segment.first + 1, name)
        speaker = prose.span(*subject) if subject else None
        return _found(phrases, first, (segment.first, end), cue.spans(prose), speaker)
    return None


def _told_before(phrases: Phrases, first: int, last: int) -> bool:
    """A whole clause stands before ", wie …"; "in Orten, wie die Behörde sie nannte" is none."""
    return any(is_finite(phrases, index) for index in range(max(0, first), last)) or phrases.prose.is_quoted(
        max(0, last - 2)
    )


def _demnach(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    """ "Demnach sei …" and "ein Bericht, wonach …"."""
    prose = phrases.prose
    if phrases.lower(first) == "demnach" or (phrases.lower(first + 1) == "demnach" and is_finite(phrases, first)):
        index = first if phrases.lower(first) == "demnach" else first + 1
        return _found(phrases, first, (index, index + 1), (prose.span(index, index + 1),), None)
    for index in prose.where(("demnach",), first + 2, phrases.last - 1):
        if prose.is_quoted(index):
            continue
        before = index - 1 - (phrases.lower(index - 1) in prose.language.words("objects"))
        reports = is_reporting(phrases, before) or is_conditional(phrases, before)
        if is_finite(phrases, before) and not reports:
            return _found(phrases, first, (index, index + 1), (prose.span(index, index + 1),), None)
    for index in prose.where(("wonach", "demzufolge"), first + 1, phrases.last - 3):
        if phrases.lower(index - 1) == "," and not prose.is_quoted(index):
            start = next((i for i in range(index - 2, max(first, index - 15) - 1, -1) if phrases.read(i) == index - 1
                          and phrases.lower(i) in prose.language.words("determiners")), None)  # fmt: skip
            end = next((i for i in range(index + 1, phrases.last) if phrases.lower(i) == ";"), phrases.last)
            begin, end = trimmed(prose, index + 1, end)
            speaker = prose.span(start, index - 1) if start is not None else None
            return Found((prose.span(begin, end),), "indirect", (prose.span(index, index + 1),), speaker)
    return None


def _heisst(phrases: Phrases, first: int, cues: tuple[Cue, ...]) -> Found | None:
    """ "…, heißt es in X", "In X hieß es, …", "Es heißt, dass …"."""
    prose = phrases.prose
    segments = segments_of(prose, first, phrases.last)
    told = prose.where(prose.language.words("it_is_said"), first, phrases.last)
    for index in sorted({*told, *(place - 1 for place in told)}):
        pair = {phrases.lower(index), phrases.lower(index + 1)}
        if index < first or index + 1 >= phrases.last or "es" not in pair or prose.is_quoted(index):
            continue
        number = segment_at(segments, index)
        segment = segments[number]
        cue = (prose.span(index, index + 2),)
        at = next((i for i in range(segment.first, segment.last) if phrases.lower(i) in FROM), None)
        end = phrases.read(at + 1, attach=True) if at is not None else None
        speaker = prose.span(at + 1, min(end, segment.last)) if at is not None and end else None
        if index == segment.first and number > 0:
            return _found(phrases, first, (segment.first, segment.last), cue, speaker)
        if number + 1 < len(segments):
            begin, last = trimmed(prose, segments[number + 1].first, phrases.last)
            if not prose.is_quoted(begin) and last - begin >= MIN_WORDS:
                return Found((prose.span(begin, last),), "indirect", cue, speaker, "here" if speaker else "carried")
    return None
