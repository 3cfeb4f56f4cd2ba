"""Source phrases: "وفقا للوزير، …", "…، بحسب الوزير", "وبرأي الوزير، …", "…، على حد قوله". Pure."""

from consumers.extracting.arabic.phrases import PARTING, Phrase, is_in, past_lead
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.contents import trimmed
from consumers.extracting.svo.sourced import quoted_parts

MAX_SOURCE = 24
MIN_WORDS = 2


def source_length(prose: Prose, index: int, last: int) -> int:
    """Tokens of a source phrase's opening words at ``index``, 0 where none begins."""
    length = max(phrase_at(prose, index, last, name) for name in ("sources", "sources_said", "sources_own"))
    return 0 if length and phrase_at(prose, index, last, "as") >= length else length


def find_sourced(prose: Prose, sentence: Sentence, start: int) -> list[Found]:
    """All of the sentence but the source phrase is what that source says."""
    for index in range(start, sentence.last):
        if prose.is_quoted(index) or not (length := source_length(prose, index, sentence.last)):
            continue
        led = past_lead(prose, start, index) >= index
        if not led and prose.tokens[index - 1].is_word and phrase_at(prose, index, sentence.last, "sources_own"):
            continue
        speaker, end = _source(prose, index, length, sentence.last)
        before = trimmed(prose, start, index)
        parted = end < sentence.last and (prose.tokens[end].text in PARTING or is_so(prose, end))
        after = trimmed(prose, end, sentence.last) if led or parted else (end, end)
        pieces = [piece for piece in ((before, after) if not led else (after,)) if _words(prose, piece)]
        if sum(_words(prose, piece) for piece in pieces) < MIN_WORDS:
            continue
        quoted = all(prose.is_quoted(i) for b, e in pieces for i in range(b, e) if prose.tokens[i].is_word)
        cue = prose.span(index, index + length)
        whole = Found(
            tuple(prose.span(*piece) for piece in pieces),
            "direct" if quoted else "indirect",
            (cue,),
            prose.span(*speaker) if speaker else None,
            "here" if speaker else "carried",
        )
        return [whole] if quoted else [whole, *quoted_parts(prose, whole)]
    return []


def is_so(prose: Prose, index: int) -> bool:
    """ "بحسب الوزير فإن": so begins what is said."""
    return prose.tokens[index].text.startswith("ف") and is_in(prose, index, "that")


def _source(prose: Prose, index: int, length: int, last: int) -> tuple[Phrase | None, int]:
    """Who the source is, None where a pronoun leans on its word; and where the phrase ends."""
    if phrase_at(prose, index, last, "sources_said") >= length:
        return None, index + length
    if phrase_at(prose, index, last, "sources_own") >= length:
        return (index, index + length), index + length
    end = index + length
    while end < min(last, index + MAX_SOURCE) and not prose.is_quoted(end):
        if prose.tokens[end].text in PARTING | ENDS or is_so(prose, end):
            break
        end += 1
    return ((index + length, end) if end > index + length else None), end


def _words(prose: Prose, piece: Phrase) -> int:
    return sum(1 for token in prose.tokens[piece[0] : piece[1]] if token.is_word)
