"""The rules put together: every verb of saying of a sentence becomes a statement or is dropped. Pure."""

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.grammar import Grammar, is_no_prose
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import ENDS, Sentence
from consumers.extracting.sources import phrase_at
from consumers.extracting.sov.clauses import find_clauses, find_sourced
from consumers.extracting.sov.phrases import Phrase
from consumers.extracting.sov.quoted import SIGNS, after_dash, alone, find_direct, parts_of, unlisted_cue
from consumers.extracting.ticker import find_ticker
from consumers.extracting.told_later import told_later


class VerbLastGrammar(Grammar):
    """Subject, object, verb."""

    general = False

    def __init__(self) -> None:
        self.finders = (self.find,)

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """With the tellers of quotations over several paragraphs."""
        return told_later(found)

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order."""
        if is_no_prose(sentence, cues):
            return []
        cues = _with_unlisted(prose, sentence, cues)
        spoken = after_dash(prose, sentence)
        if spoken is not None:
            return spoken
        if (told := find_backward(prose, sentence, cues)) is not None:
            return [told]
        found = find_direct(prose, sentence, cues)
        taken = max((after_statement(prose, statement) for statement in found), default=sentence.first)
        reported = find_sourced(prose, sentence) if not found else []
        opening = min((prose.token_from(statement.start) for statement in found), default=sentence.first)
        earlier = tuple(cue for cue in cues if cue.last < opening and prose.tokens[opening - 1].text != ":")
        clauses = find_clauses(prose, sentence, earlier, sentence.first) if found else []
        clauses += find_clauses(prose, sentence, cues, taken, _speaker(prose, sentence, found))
        reported += [clause for clause in clauses if not any(overlap(clause, other) for other in reported)]
        for statement in reported:
            found.append(statement)
            found.extend(parts_of(prose, statement))
        return found or find_ticker(prose, sentence) or alone(prose, sentence)


def _with_unlisted(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """With the verb that ends the sentence behind деп, where no list has it and a sentence of its own stands before."""
    words = prose.language.words
    finite = tuple(words("finite_endings"))
    known = {index for cue in cues for index in cue.tokens}
    for index in range(sentence.first + 1, sentence.last - 1):
        if prose.is_quoted(index) or not prose.tokens[index - 1].lower.endswith(finite):
            continue
        cue = unlisted_cue(prose, sentence, index)
        ends = cue is not None and (cue.last >= sentence.last or prose.tokens[cue.last].text in ENDS)
        if cue is not None and ends and not known & set(cue.tokens):
            return tuple(sorted((*cues, cue), key=lambda one: one.first))
    return cues


def _speaker(prose: Prose, sentence: Sentence, found: list[Found]) -> Phrase | None:
    """Who says the last words in marks of the sentence, where the sentence itself names him."""
    span = found[-1].speaker if found else None
    if span is None or span[0] < sentence.start:
        return None
    return prose.token_from(span[0]), prose.token_from(span[1])


def find_backward(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Found | None:
    """ "Бұл туралы министр хабарлады": what is said is the sentence before, in the same paragraph."""
    length = phrase_at(prose, sentence.first, sentence.last, "about_this")
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if not length or not cues or before is None or before.paragraph != sentence.paragraph:
        return None
    start = sentence.first + length
    told = next((cue for cue in cues if cue.first > start), None)
    if told is None or any(prose.tokens[i].text in SIGNS for i in range(start, told.first)):
        return None
    cue = (prose.span(sentence.first, start), *told.spans(prose))
    return Found(((before.start, before.end),), "indirect", cue, prose.span(start, told.first))


def after_statement(prose: Prose, statement: Found) -> int:
    """The first token after a statement, its cue and speaker."""
    spans = [*statement.quote, *statement.cue, *([statement.speaker] if statement.speaker else [])]
    return prose.token_from(max(end for _, end in spans))


def overlap(one: Found, other: Found) -> bool:
    """Whether two statements share a character."""
    return any(a < d and c < b for a, b in one.quote for c, d in other.quote)
