"""Whom a report without a cue is by, where the sentence before it says nothing but is about somebody who may speak.

"Die Trainerin nahm die Schuld auf sich. Sie habe zu spät gewechselt.": she, and not whoever spoke before.
"""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.found import Found
from consumers.extracting.german.mood import is_finite
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import body_of
from consumers.extracting.german.subjects import subject_of
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span

MIN_NAME = 2
"""Capitalised words in a row, without an article among them, that are a name."""


def with_speakers_above(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with speakers for reports in reporting mood that have none of their own."""
    told = {number for statement in found for number in _sentences(prose, statement)}
    settled: list[Found] = []
    for statement in found:
        sentence = prose.sentence_at(statement.start)
        open_ = statement.type == "indirect_free" and statement.speaker is None and sentence is not None
        speaker = _above(prose, sentence, told) if open_ and sentence is not None else None
        settled.append(replace(statement, speaker=speaker, speaker_from="here") if speaker else statement)
    return settled


def _sentences(prose: Prose, statement: Found) -> set[int]:
    """Numbers of the sentences in which something of the statement stands."""
    spans = [*statement.quote, *statement.cue, *([statement.speaker] if statement.speaker else [])]
    here = [prose.sentence_at(start) for start, _ in spans]
    return {sentence.index for sentence in here if sentence is not None}


def _above(prose: Prose, sentence: Sentence, told: set[int]) -> Span | None:
    before = prose.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.paragraph != sentence.paragraph or before.index in told:
        return None
    first, last = body_of(prose, before)
    phrases = Phrases(prose, last)
    verb = next((i for i in range(first, last) if not prose.is_quoted(i) and is_finite(phrases, i)), None)
    subject = subject_of(phrases, first, verb, last) if verb is not None else None
    return prose.span(*subject) if subject is not None and _may_speak(prose, *subject) else None


def _may_speak(prose: Prose, first: int, last: int) -> bool:
    """A name of two words or more, somebody's title, or a body of people."""
    words = prose.language.words
    run = 0
    for token in prose.tokens[first:last]:
        if token.text == ",":
            break
        if token.lower.endswith((*words("bodies"), *words("person_titles"))):
            return True
        run = run + 1 if token.is_word and token.is_capital and token.lower not in words("determiners") else 0
        if run >= MIN_NAME:
            return True
    return False
