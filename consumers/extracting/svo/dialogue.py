"""Speech with its cue inside: « …, dit-il, … », and speech after a dash: "— …, — сказал он. — …"."""

from consumers.extracting.cues import Cue, cues_at
from consumers.extracting.found import Found
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.words import Words
from consumers.extracting.tokens import Span

DASHES = frozenset({"—", "–", "-", "―"})
LONG_DASHES = DASHES - {"-"}
MAX_ASIDE = 14
"""Tokens of "raconte la directrice de l’école"."""
MAX_SPEECH = 400
"""Tokens after a paragraph's dash within which the verb of saying has to come."""
MAX_BEFORE = 4
"""Words between a dash and the verb, or between the subject and the next sign."""

Phrase = tuple[int, int]
Aside = tuple[Cue, Phrase | None, int, int]
"""Cue, subject (none where verbs need none), where the aside begins and ends."""


def find_aside(prose: Prose, words: Words, sentence: Sentence, first: int, last: int) -> Aside | None:
    """A comma (or the end of a question), a verb of saying, its subject, a sign."""
    signs = {"?", "!", "…"}
    for index in range(first + 1, last - 2):
        glued = prose.tokens[index].text in LONG_DASHES and prose.tokens[index].end == prose.tokens[index + 1].start
        start = index + 1
        while start < last and prose.tokens[start].text in DASHES:
            start += 1
        dashed = glued or start > index + 1
        comma = glued or prose.tokens[index].text in {",", *signs}
        if not comma or (words.language.words("dashes") and not dashed):
            continue
        cue = _cue(prose, sentence, start, min(last, start + (MAX_BEFORE if dashed else 1)))
        if cue is None:
            continue
        subject = _subject(prose, words, cue, last)
        if subject is None and not (dashed and words.language.words("drops_pronoun")):
            continue
        end = max(subject[1], cue.last) if subject else cue.last
        while end < min(last, end + MAX_BEFORE) and prose.tokens[end].is_word:
            end += 1
        if end >= last or prose.tokens[end].text in {",", "»", "”"} | ENDS | DASHES:
            return cue, subject, index, end
    return None


def _cue(prose: Prose, sentence: Sentence, start: int, limit: int) -> Cue | None:
    """A verb of saying at ``start``, or with a few words before it: "— с порога сообщил …"."""
    for index in range(start, limit):
        if not prose.tokens[index].is_word:
            return None
        cue = next((cue for cue in cues_at(prose, sentence, index) if _tells(cue)), None)
        if cue is not None:
            return cue
    return None


def _tells(cue: Cue) -> bool:
    """Whether the form stands beside spoken words with its subject; no infinitive, no participle without auxiliary."""
    return (cue.takes("direct") or cue.takes("incise")) and cue.form.kind not in {"infinitive", "shared"}


def _subject(prose: Prose, words: Words, cue: Cue, last: int) -> Phrase | None:
    """Within the cue ("a-t-il dit"), or right after it ("dit-il", "raconte la directrice")."""
    if cue.form.kind == "inverted":
        return next(((index, index + 1) for index in cue.tokens if words.is_pronoun(prose.tokens[index])), None)
    begin = cue.last
    while begin < last and prose.tokens[begin].text in words.language.words("connectors"):
        begin += 1
    limit = min(last, begin + MAX_ASIDE)
    if begin >= limit:
        return None
    end = begin
    while end < limit and prose.tokens[end].is_word and not words.is_verb(prose.tokens[end]):
        end += 1
    if end == begin:
        return None
    if words.is_pronoun(prose.tokens[begin]):
        return begin, begin + 1
    return begin, _past_apposition(prose, words, end, limit) if words.language.words("asides") else end


def _past_apposition(prose: Prose, words: Words, comma: int, limit: int) -> int:
    """ "« …, explique Jean Morel, économiste à l’OFCE, … »": what he is, told without an article, or how old."""
    if comma + 2 >= limit or prose.tokens[comma].text != ",":
        return comma
    end = next((i for i in range(comma + 1, limit) if not prose.tokens[i].is_word), limit)
    inner = prose.tokens[comma + 1 : end]
    if not inner or end >= limit:
        return comma
    small = (
        words.determiners | words.prepositions | words.conjunctions | words.joining | words.language.words("clitics")
    )
    described = inner[0].is_small and inner[0].lower not in small and any(t.lower in words.of for t in inner[1:3])
    if not (described or inner[0].text.isdigit()) or any(words.is_verb(token) for token in inner):
        return comma
    return _past_apposition(prose, words, end, limit)


def _closing_aside(prose: Prose, words: Words, sentence: Sentence, first: int, last: int) -> Aside | None:
    """ "- … - đầu bếp Marco Belli thú nhận.": a dash, who says it, the verb, and the end."""
    if not words.language.words("aside_subject_first"):
        return None
    for index in range(first + 2, last - 2):
        parted = prose.tokens[index - 1].end < prose.tokens[index].start
        if prose.tokens[index].text not in DASHES or not parted:
            continue
        for at in range(index + 2, min(last, index + MAX_ASIDE)):
            if not prose.tokens[at - 1].is_word:
                break
            cue = next((cue for cue in cues_at(prose, sentence, at) if cue.takes("direct")), None)
            if cue is not None and (cue.last >= last or prose.tokens[cue.last].text in ENDS | DASHES):
                return cue, (index + 1, at), index, cue.last
    return None


def within_marks(prose: Prose, words: Words, sentence: Sentence, quotation: Quotation) -> Found | None:
    """The statement of a quotation whose cue stands inside its marks, None when it has none."""
    if not words.language.words("asides"):
        return None
    first, last = prose.token_from(quotation.start), prose.token_from(quotation.end)
    aside = find_aside(prose, words, sentence, first + 1, last - 1)
    if aside is None:
        return None
    cue, subject, begin, end = aside
    pieces = [(quotation.inner[0], prose.tokens[begin].start)]
    rest = trimmed(prose, end, last)
    while rest[0] < rest[1] and not prose.tokens[rest[0]].is_word:
        rest = (rest[0] + 1, rest[1])
    if rest[0] < rest[1] and any(token.is_word for token in prose.tokens[rest[0] : rest[1]]):
        pieces.append((prose.tokens[rest[0]].start, quotation.inner[1]))
    return _spoken(prose, tuple(pieces), cue, subject)


def _spoken(prose: Prose, pieces: tuple[Span, ...], cue: Cue, subject: Phrase | None) -> Found:
    speaker = prose.span(*subject) if subject else None
    return Found(pieces, "direct", cue.spans(prose), speaker, "here" if speaker else "carried")


def after_dash(prose: Prose, words: Words, sentence: Sentence) -> list[Found] | None:
    """A paragraph of speech after a dash, told with its first sentence; None when the sentence is in no such paragraph.

    Only a dash that a cue follows (", — сказал он") makes speech: a list may begin with dashes too.
    """
    dashes = DASHES if words.language.words("dashes") or words.language.words("aside_subject_first") else LONG_DASHES
    if not words.language.words("dashes") | words.language.words("dash_lines"):
        return None
    begin, stop = prose.paragraphs[sentence.paragraph]
    first, last = prose.token_from(begin), prose.token_from(stop)
    if prose.tokens[first].text not in dashes:
        return None
    whole = Sentence(sentence.index, first, last, begin, stop, sentence.paragraph)
    limit = min(last, first + MAX_SPEECH)
    aside = find_aside(prose, words, whole, first, limit) or _closing_aside(prose, words, whole, first, limit)
    if aside is None:
        return None
    if sentence.first != first:
        return []
    cue, subject, before, end = aside
    pieces = [trimmed(prose, first, before)]
    rest = trimmed(prose, end, last)
    if rest[0] < rest[1] and (prose.tokens[rest[0] - 1].text in DASHES or not words.language.words("dashes")):
        pieces.append(rest)
    return [_spoken(prose, tuple(prose.span(*piece) for piece in pieces), cue, subject)]
