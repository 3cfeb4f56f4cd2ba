"""What was said stands in the sentence before ("Das teilte die Polizei mit")."""

from collections.abc import Iterable

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.segments import body_of
from consumers.extracting.german.subjects import find_subject, out_of, verb_of
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence


def find_backward(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterable[Found]:
    """The sentence before, when this one only says who said it."""
    first, last = body_of(prose, sentence)
    if not cues or sentence.index == 0 or prose.tokens[first].text not in {"Das", "Dies"}:
        return []
    cue = cues[0]
    phrases = Phrases(prose, last)
    shown = cue.form.lemma == "hervorgehen"
    if verb_of(phrases, cue) != first + 1 or not (cue.takes("v2") or cue.takes("clause") or shown):
        return []
    before = prose.sentences[sentence.index - 1]
    if before.paragraph != sentence.paragraph:
        return []
    subject = out_of(phrases, first, first + 1) if shown else find_subject(phrases, first + 1, cue)
    if subject is None or subject[0] <= first:
        return []
    return [Found(((before.start, before.end),), "indirect", cue.spans(prose), prose.span(*subject))]
