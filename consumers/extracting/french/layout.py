"""What tells of speech in a French sentence beside its verbs: a headline's marks, a colon, who passes it on. Pure.

Lists read: ``relaying`` (rapporter: verbs of who passes a statement on), ``persons`` (maire, ministre), ``impersonal``
(il faut), ``joining``, ``relatives``.
"""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.phrases import Phrase
from consumers.extracting.svo.sourced import find_sourced
from consumers.extracting.svo.subjects import main_subject, subject_after
from consumers.extracting.svo.words import Words
from consumers.extracting.tokens import Span

MIN_QUOTE = 4
"""Words of a quotation that speaks for itself, at the head of a headline or behind a colon."""


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


def headline(prose: Prose, sentence: Sentence) -> tuple[list[Found], Sentence]:
    """ "« Je n’ai rien vu » : le gardien raconte sa nuit": a headline quotes before it says whom. And what follows."""
    quotations = prose.quotations_in(sentence)
    if sentence.paragraph or not quotations or quotations[0].start != sentence.start:
        return [], sentence
    end = prose.token_from(quotations[0].end)
    if end + 1 >= sentence.last or prose.tokens[end].text != ":" or _size(prose, sentence.first, end) < MIN_QUOTE:
        return [], sentence
    said = Found(((quotations[0].start, quotations[0].end),), "direct", (prose.span(end, end + 1),), None, "nobody")
    return [said], replace(sentence, first=end + 1, start=prose.tokens[end + 1].start)


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


def by_colon(prose: Prose, words: Words, part: Sentence) -> list[Found]:
    """ "Le maire est formel : « … »": somebody, then the words that show it; only where a person is the subject."""
    colon = next(
        (i for i in range(part.first, part.last - 1) if prose.tokens[i].text == ":" and not prose.is_quoted(i)), None
    )
    quotation = prose.quotation_of(colon + 1) if colon is not None else None
    if colon is None or quotation is None or quotation.start != prose.tokens[colon + 1].start:
        return []
    end = prose.token_from(quotation.end)
    if _size(prose, end, part.last) or _size(prose, colon + 1, end) < MIN_QUOTE:
        return []
    first = part.first
    if prose.tokens[first].lower in words.language.words("aside_openers"):
        # "Interrogée, la ministre élude : « … »"
        first = next((i + 1 for i in range(first, colon) if prose.tokens[i].text == ","), first)
    subject = main_subject(prose, words, part, first, colon)
    if subject is None or subject[1] >= colon or not _is_person(prose, words, subject):
        return []
    said = ((quotation.start, quotation.end),)
    return [Found(said, "direct", (prose.span(colon, colon + 1),), prose.span(*subject))]


def _is_person(prose: Prose, words: Words, subject: Phrase) -> bool:
    first, last = subject
    if words.is_pronoun(prose.tokens[first]):
        return last - first == 1 and prose.tokens[last].lower not in words.language.words("impersonal")
    inside = prose.tokens[first:last]
    persons = words.language.words("persons")
    named = len(inside) > 1 and all(token.is_capital for token in inside)
    return named or (inside[0].lower in words.determiners and any(token.lower in persons for token in inside[1:3]))
