"""The rules of Arabic put together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from consumers.extracting.arabic.claims import is_lone
from consumers.extracting.arabic.lines import find_line, headlines, text_start
from consumers.extracting.arabic.phrases import is_by, is_in, phrase_after
from consumers.extracting.arabic.sourced import find_sourced
from consumers.extracting.arabic.verbal import find_verbal
from consumers.extracting.cues import Cue, cues_at
from consumers.extracting.found import Found
from consumers.extracting.grammar import Grammar, is_no_prose
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.svo.unclaimed import alone
from consumers.extracting.tokens import Span

MAX_NEAR = 8
"""Statements on either side that are looked at."""
MAX_CARRY = 6
"""Sentences back that a verb alone may reach."""


class ArabicGrammar(Grammar):
    """Verb, who says it, what is said."""

    general = False

    def __init__(self) -> None:
        self.finders = (self.find,)

    def find(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        """Statements of one sentence, in text order."""
        if line := find_line(prose, sentence):
            return line
        if is_no_prose(sentence, cues):
            return []
        start = text_start(prose, sentence)
        told = find_verbal(prose, sentence, start, tuple(cue for cue in cues if cue.first >= start))
        return told or find_sourced(prose, sentence, start) or alone(prose, sentence)

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """Without quotations told twice; a verb alone is whose the sentence before is, of the gender it shows."""
        once = [one for number, one in enumerate(found) if one.cue or not _is_told(found, number)]
        settled: list[Found] = []
        spoken: list[tuple[int, Span]] = []
        for statement in once:
            sentence = prose.sentence_at(statement.cue[0][0] if statement.cue else statement.start)
            at = sentence.index if sentence else 0
            if statement.speaker is None and statement.speaker_from == "carried" and sentence is not None:
                statement = replace(statement, speaker=_carried(prose, statement, sentence, spoken))  # noqa: PLW2901
            if statement.speaker is not None:
                spoken.append((at, statement.speaker))
            settled.append(statement)
        lines = [told for told in headlines(prose, settled) if not any(_meets(told, one) for one in settled)]
        return sorted([*settled, *lines], key=lambda statement: statement.start) if lines else settled


def _meets(told: Found, other: Found) -> bool:
    return any(a < d and c < b for a, b in told.quote for c, d in other.quote)


def _is_told(found: Sequence[Found], number: int) -> bool:
    """Whether a statement near by, which says who, holds the words of this one."""
    near = found[max(0, number - MAX_NEAR) : number + MAX_NEAR]
    return any(other.cue and _holds(other, found[number]) for other in near)


def _holds(whole: Found, part: Found) -> bool:
    return all(any(a <= c and d <= b for a, b in whole.quote) for c, d in part.quote)


def _carried(prose: Prose, statement: Found, sentence: Sentence, spoken: Sequence[tuple[int, Span]]) -> Span | None:
    """The last speaker near enough whose gender fits the verb, unless the sentence before is about somebody else."""
    feminine = _is_feminine(prose.text[slice(*statement.cue[0])]) if statement.cue else None
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if before is not None and before.paragraph == sentence.paragraph and statement.cue:
        cue = next(cues_at(prose, before, before.first), None)
        silent = not spoken or spoken[-1][0] < before.index
        told = cue is not None and silent and not is_lone(prose, cue)
        subject = phrase_after(prose, cue.last, before.last) if cue is not None and told else None
        if cue is None and feminine is not None and not _spoken_since(prose, spoken, before):
            # "استقبل الرئيس السفير. وأكد أن": a paragraph's first verb, of the same gender.
            verb = prose.tokens[before.first].lower
            alike = is_in(prose, before.first, "meets") and _is_feminine(verb) in {feminine, None}
            subject = phrase_after(prose, before.first + 1, before.last) if alike else None
        if subject is not None and not is_by(prose, subject[0]):
            return prose.span(*subject)
    near = takewhile(lambda one: sentence.index - one[0] <= MAX_CARRY, reversed(spoken))
    fitting = (span for _, span in near if feminine is None or _is_woman(prose, span) in {feminine, None})
    return next(fitting, None)


def _spoken_since(prose: Prose, spoken: Sequence[tuple[int, Span]], before: Sentence) -> bool:
    """Whether ``before`` does not begin its paragraph, or a statement stands in it."""
    first = prose.paragraphs[before.paragraph][0] == before.start
    return not first or bool(spoken and spoken[-1][0] >= before.index)


def _is_feminine(verb: str) -> bool | None:
    """Whether the verb has a feminine subject: "قالت", "تقول"; None where its form does not tell."""
    bare = verb.removeprefix("و").removeprefix("ف")
    if bare.startswith(("ب", "م", "قول")):
        # "بالقول", "مضيفا": a noun shows no gender of its subject, or only one that its own verb gives.
        return None
    if bare.startswith(("ت", "ست")) and not bare.endswith("ت"):
        return True if bare[:1] == "ت" and bare[:2] not in {"تا", "تع", "تو"} else None
    return bare.endswith("ت")


def _is_woman(prose: Prose, span: Span) -> bool | None:
    """By the first word, what somebody is: "المديرة"; None where that is a name or a group."""
    word = prose.text[slice(*span)].split()[0].rstrip("،")
    return (
        True
        if word.endswith("ة")
        else False
        if word.startswith("ال") and not word.endswith(("ين", "ون", "ات"))
        else None
    )
