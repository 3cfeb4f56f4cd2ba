"""What tells of speech in a French sentence beside its verbs: semicolons, who passes it on, a source before it. Pure.

Lists read: ``relaying`` (rapporter: verbs of who passes a statement on), ``joining``, ``relatives``.
"""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.sourced import find_sourced
from consumers.extracting.svo.subjects import subject_after
from consumers.extracting.svo.words import Words
from consumers.extracting.tokens import Span


def parts(prose: Prose, sentence: Sentence) -> list[Sentence]:
    """The sentence cut at semicolons outside marks."""
    cuts = [i for i in range(sentence.first, sentence.last) if prose.tokens[i].text == ";" and not prose.is_quoted(i)]
    if not cuts:
        return [sentence]
    made: list[Sentence] = []
    first = sentence.first
    for cut in (*cuts, sentence.last):
        if cut > first:
            start, end = prose.tokens[first].start, prose.tokens[cut - 1].end
            made.append(replace(sentence, first=first, last=cut, start=start, end=end))
        first = cut + 1
    return made


def _size(prose: Prose, first: int, last: int) -> int:
    return sum(1 for token in prose.tokens[first:last] if token.is_word)


def relayed(prose: Prose, words: Words, part: Sentence, cues: Sequence[Cue]) -> tuple[int, Span] | None:
    """ "Le ministre dément toute fuite, rapporte Reuters": where the verb's comma stands, and who passes it on."""
    cue = cues[-1] if len(cues) > 1 else None
    if cue is None or cue.form.lemma not in words.language.words("relaying") or cue.form.kind != "finite":
        return None
    comma = cue.first - 1
    subject = subject_after(prose, words, cue.last, part.last)
    if comma <= part.first or prose.tokens[comma].text != "," or prose.is_quoted(comma) or subject is None:
        return None
    return (comma, prose.span(*subject)) if not _size(prose, subject[1], part.last) else None


def sourced_before(prose: Prose, words: Words, part: Sentence, found: Sequence[Found]) -> list[Found]:
    """ "Un pas « décisif », à en croire le maire, et que le préfet salue": before the first claim stands a source."""
    first = min(_begin(prose, one) for one in found)
    while first > part.first and prose.tokens[first - 1].lower in words.joining | words.relatives | words.conjunctions:
        first -= 1
    if first <= part.first + 1 or prose.tokens[first - 1].text != ",":
        return []
    return find_sourced(prose, words, replace(part, last=first - 1, end=prose.tokens[first - 2].end))


def _begin(prose: Prose, found: Found) -> int:
    """The statement's first token; of one that "qui" opens, that word: whom it takes up may be the source."""
    start = prose.token_from(min([found.start, *(span[0] for span in (found.speaker, *found.cue) if span)]))
    last = prose.token_from(found.cue[0][0]) if found.cue else start
    return next((i for i in range(start, last) if prose.tokens[i].lower == "qui"), start)
