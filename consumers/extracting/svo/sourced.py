"""Source phrases: "according to X, …", "по словам X, …", "по его словам", "selon X", "theo X"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.claims import Claim
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.subjects import subject_after
from consumers.extracting.svo.words import Words, is_name
from consumers.extracting.tokens import Span

MAX_AROUND = 8
"""Tokens of "in the first expert's view"."""
POSSESSIVE = ("'s", "’s", "s'", "s’")

Phrase = tuple[int, int]


def find_sourced(prose: Prose, words: Words, sentence: Sentence) -> list[Found]:
    """All of the sentence but the phrase is what that source says."""
    for cue, phrase in _sources(prose, words, sentence):
        begin = min(cue[0][0], phrase[0])
        end = max(cue[-1][1], phrase[1])
        start = _clause_start(prose, sentence, begin)
        if begin > start and prose.tokens[start].lower in words.leading | words.joining:
            start += 1
        pieces = [
            piece for piece in (trimmed(prose, start, begin), trimmed(prose, end, sentence.last)) if piece[0] < piece[1]
        ]
        if not any(prose.tokens[i].is_small or prose.is_quoted(i) for b, e in pieces for i in range(b, e)):
            # Names alone are a credit: "Theo AFP, Reuters".
            continue
        quoted = all(prose.is_quoted(i) for b, e in pieces for i in range(b, e) if prose.tokens[i].is_word)
        whole = Found(
            tuple(prose.span(*piece) for piece in pieces),
            "direct" if quoted else "indirect",
            tuple(prose.span(*part) for part in cue),
            prose.span(*phrase),
        )
        return [whole] if quoted else [whole, *quoted_parts(prose, whole)]
    return []


def _clause_start(prose: Prose, sentence: Sentence, begin: int) -> int:
    """Behind the last ":" or ";" before the source: "Торговцы считают убытки: склад, по их словам, не застрахован"."""
    if not prose.language.words("sources_around"):
        return sentence.first
    signs = (
        i + 1 for i in range(sentence.first, begin) if prose.tokens[i].text in {":", ";"} and not prose.is_quoted(i)
    )
    return max(signs, default=sentence.first)


def _sources(prose: Prose, words: Words, sentence: Sentence) -> Iterator[tuple[tuple[Phrase, ...], Phrase]]:
    """Cue and source, as token ranges, of every source phrase in order."""
    quoted = any(quotation.start >= sentence.start for quotation in prose.quotations_in(sentence))
    for index in range(sentence.first, sentence.last):
        if prose.is_quoted(index):
            continue
        around = _around(prose, words, index, sentence.last)
        if around is not None:
            yield ((index, index + 1), (around[1], around[1] + 1)), around
            continue
        length = source_at(prose, index, sentence.last)
        if not length and quoted and index == sentence.first:
            length = phrase_at(prose, index, sentence.last, "sources_of_quoted")
        if length:
            leads = not any(token.is_word for token in prose.tokens[sentence.first : index])
            phrase = subject_after(prose, words, index + length, sentence.last, leads=leads)
            phrase = _between_commas(prose, words, sentence, index, phrase) if phrase else None
            if phrase is not None:
                tail = phrase[1]
                while tail > phrase[0] + 1 and prose.tokens[tail - 1].lower in words.language.words("source_tails"):
                    tail -= 1
                cue = ((index, index + length), (tail, phrase[1])) if tail < phrase[1] else ((index, index + length),)
                yield cue, (phrase[0], tail)


def _between_commas(prose: Prose, words: Words, sentence: Sentence, index: int, phrase: Phrase) -> Phrase:
    """ "Узбекистан, по словам министра, готов помочь": the comma ends a source that parts subject and verb."""
    comma = next((i for i in range(*phrase) if prose.tokens[i].text == "," and not prose.is_quoted(i)), None)
    if comma is None or index <= sentence.first or prose.tokens[index - 1].text != ",":
        return phrase
    last = sentence.last
    while last > phrase[1] and not prose.tokens[last - 1].is_word:
        last -= 1
    told = any(words.is_verb(token) for token in prose.tokens[sentence.first : index])
    return phrase if told or phrase[1] < last else (phrase[0], comma)


def source_at(prose: Prose, index: int, last: int) -> int:
    """Length of a source phrase at ``index``, 0 when there is none. Where its word means other things too (Vietnamese
    "theo"), only at the head of a clause.
    """
    length = phrase_at(prose, index, last, "sources")
    if phrase_at(prose, index, last, "not_sources") > length:
        return 0
    before = prose.tokens[index - 1] if index else None
    led = before is not None and before.lower in prose.language.words("leading")
    paused = not prose.language.words("sources_paused") or before is None or not before.is_word or led
    return length if paused else 0


def source_in(prose: Prose, words: Words, first: int, last: int) -> bool:
    """Whether a source phrase begins outside quotation marks."""
    return any(
        not prose.is_quoted(index)
        and (source_at(prose, index, last) > 0 or _around(prose, words, index, last) is not None)
        for index in range(first, last)
    )


def _around(prose: Prose, words: Words, index: int, last: int) -> Phrase | None:
    """ "по его словам": the pronoun stands within the phrase. ``sources_around`` holds "по~словам"."""
    if index + 2 >= last:
        return None
    first = prose.tokens[index].lower
    pairs = words.language.words("sources_around")
    for at in range(index + 2, min(last, index + MAX_AROUND)):
        middle = prose.tokens[at - 1]
        if not middle.is_word or prose.is_quoted(at):
            return None
        if f"{first}~{prose.tokens[at].lower}" in pairs:
            whose = middle.lower in words.language.words("possessives") and at == index + 2
            return (index + 1, at) if whose or middle.lower.endswith(POSSESSIVE) else None
    return None


def passed_on(prose: Prose, words: Words, sentence: Sentence, claims: Sequence[Claim]) -> list[Found]:
    """ "По его словам, …, сообщает БЕЛТА": what a source says, and the agency that passes it on."""
    first, last = sentence.first, sentence.last
    if len(claims) != 1 or claims[0].side != "before" or claims[0].subject is None or claims[0].begin <= first:
        return []
    if not source_at(prose, first, last) and _around(prose, words, first, last) is None:
        return []
    inner = replace(sentence, last=claims[0].begin, end=prose.tokens[claims[0].begin - 1].end)
    via = (prose.span(*claims[0].subject),)
    return [replace(found, via=via) for found in find_sourced(prose, words, inner)]


def quoted_parts(prose: Prose, whole: Found) -> list[Found]:
    """Quotations within a statement that is not all quotation."""
    span: Span = (whole.start, whole.end)
    return [
        Found(((q.start, q.end),), "direct", whole.cue, whole.speaker, whole.speaker_from, part_of=span)
        for q in prose.quotations_between(whole.start, whole.end)
        if any(start <= q.start and q.end <= end for start, end in whole.quote)
        and not is_name(prose, prose.token_from(q.start))
    ]
