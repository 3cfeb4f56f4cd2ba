"""Round a colon: a second part with a source of its own, or a quotation that the sentence before announces."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import find_cues
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.claims import find_claims
from consumers.extracting.svo.sourced import source_in
from consumers.extracting.svo.words import Words

COLONS = frozenset(":：")
PARTS = COLONS | {";"}
OPEN = frozenset({"colon", "nothing"})
"""Openings behind which nothing but the quotation comes."""


def sourced_part(prose: Prose, words: Words, sentence: Sentence) -> tuple[Sentence, Sentence] | None:
    """ "Банк просит не волноваться: резервы, по его данным, растут": the sentence in two, where the second part has a
    source and the first has none."""
    if not words.language.words("sources_around"):
        return None
    signs = [i for i in range(sentence.first + 1, sentence.last - 1) if prose.tokens[i].text in PARTS]
    if not signs or prose.is_quoted(signs[-1]):
        return None
    sign = signs[-1]
    if source_in(prose, words, sentence.first, sign) or not source_in(prose, words, sign + 1, sentence.last):
        return None
    head = replace(sentence, last=sign, end=prose.tokens[sign - 1].end)
    return head, replace(sentence, first=sign + 1, start=prose.tokens[sign + 1].start)


def with_announced(prose: Prose, words: Words, sentence: Sentence, found: Sequence[Found]) -> list[Found]:
    """``found`` of a sentence that is one quotation, by whom the sentence before announces it: "The paper writes:"."""
    before = prose.sentences[sentence.index - 1] if found and sentence.index else None
    if before is None or before.paragraph == 0 or prose.tokens[before.last - 1].text not in COLONS:
        return list(found)
    claims = find_claims(prose, words, before, find_cues(prose, before))
    last = claims[-1] if claims else None
    if last is None or last.subject is None or not last.cue.takes("direct") or last.opening.by not in OPEN:
        return list(found)
    cue, speaker = last.cue.spans(prose), prose.span(*last.subject)
    return [replace(one, cue=cue, speaker=speaker, speaker_from="here") for one in found]
