"""German: who says it and to whom, from the verb's place in its clause."""

from collections.abc import Iterator
from dataclasses import replace

from consumers.extracting.cues import Cue, find_cues
from consumers.extracting.direct import find_direct
from consumers.extracting.found import Found
from consumers.extracting.german.above import with_speakers_above
from consumers.extracting.german.backward import find_backward
from consumers.extracting.german.carried import find_carried
from consumers.extracting.german.indirect import find_indirect
from consumers.extracting.german.judged import find_judged
from consumers.extracting.german.mood import is_finite
from consumers.extracting.german.noun_cues import find_noun_cued
from consumers.extracting.german.phrases import Phrases
from consumers.extracting.german.quoted import find_quoted, quoted_parts
from consumers.extracting.german.reported import find_reported
from consumers.extracting.german.segments import body_of
from consumers.extracting.german.sourced import find_sourced
from consumers.extracting.german.subjects import find_addressee, find_subject, is_relative
from consumers.extracting.german.titles import is_name
from consumers.extracting.grammar import Finder, Grammar, Phrase
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span

MAX_APART = 25
"""Tokens between "hat" and "gesagt"."""
JUDGING = frozenset(["marks", "called"])
"""What cues take that say something only beside marks."""

FINDERS: tuple[Finder, ...] = (find_sourced, find_indirect, find_noun_cued, find_backward)
WHOLE: tuple[Finder, ...] = (find_carried, find_reported)
"""Take sentences as they are, with the words in marks that others have found."""


class GermanGrammar(Grammar):
    """Subject and addressee by word order, articles and endings."""

    general = False

    def __init__(self) -> None:
        self.finders = (
            self._direct,
            _find_told,
            find_judged,
            _find_whole,
        )

    def _direct(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> list[Found]:
        cues = _saying(cues)
        found = find_direct(prose, sentence, cues, self)
        found = [self._told_later(prose, sentence, statement) for statement in found]
        return [*found, *find_quoted(prose, sentence, cues, found)]

    def _told_later(self, prose: Prose, sentence: Sentence, statement: Found) -> Found:
        """Words in marks over several paragraphs: who says them may stand behind the last."""
        closing = prose.sentence_at(statement.end - 1)
        if statement.cue or closing is None or closing.index <= sentence.index:
            return statement
        cues = self.complete(prose, closing, find_cues(prose, closing))
        after = prose.token_from(statement.end)
        cue = next((c for c in cues if c.first in {after, after + 1} and c.takes("direct")), None)
        speaker = self.subject(prose, closing, cue, quote_first=True) if cue else None
        if cue is None or speaker is None:
            return statement
        return replace(statement, cue=cue.spans(prose), speaker=speaker, speaker_from="here")

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        settled: list[Found] = []
        known = {statement.quote for statement in found if statement.type == "direct"}
        for statement in found:
            # A condition or a wish reports something only where a report is going on.
            weak = statement.type in {"indirect_free", "free_indirect"} and statement.continues
            if weak and not _goes_on(prose, settled, statement):
                continue
            settled.append(statement)
            if statement.type != "direct":
                parts = [part for part in quoted_parts(prose, statement) if part.quote not in known]
                known.update(part.quote for part in parts)
                settled += parts
        return with_speakers_above(prose, settled)

    def complete(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        """Participles get their auxiliary; those without one, and bare infinitives, are no cues."""
        phrases = Phrases(prose, sentence.last)
        verbs = (cue for cue in cues if _is_verb(phrases, sentence, cue))
        completed = (_with_auxiliary(phrases, sentence, cue) for cue in verbs)
        return tuple(cue for cue in completed if cue is not None)

    def subject(self, prose: Prose, sentence: Sentence, cue: Cue, *, quote_first: bool) -> Span | None:
        first, last = body_of(prose, sentence)
        phrase = find_subject(Phrases(prose, last), first, cue)
        return prose.span(*phrase) if phrase else None

    def is_name(self, prose: Prose, quotation: Quotation) -> bool:
        return is_name(prose, quotation)

    def addressee(self, prose: Prose, sentence: Sentence, cue: Cue, speaker: Span | None) -> Span | None:
        phrase = find_addressee(Phrases(prose, body_of(prose, sentence)[1]), cue, speaker)
        return prose.span(*phrase) if phrase else None

    def phrase_after(self, prose: Prose, sentence: Sentence, start: int) -> Phrase | None:
        end = Phrases(prose, sentence.last).read(start)
        return (start, end) if end else None


def _saying(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Without cues that only say something beside marks."""
    return tuple(cue for cue in cues if not cue.form.takes <= JUDGING) if cues else cues


def _find_told(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterator[Found]:
    """What every finder finds that looks at no judging, in their order."""
    saying = _saying(cues)
    for finder in FINDERS:
        yield from finder(prose, sentence, saying)


def _find_whole(prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> Iterator[Found]:
    saying = _saying(cues)
    for finder in WHOLE:
        yield from finder(prose, sentence, saying)


def _is_verb(phrases: Phrases, sentence: Sentence, cue: Cue) -> bool:
    """Nouns ("die Frage", "Berichten zufolge") and adjectives ("die beklagte Lücke") look like cues and are none."""
    token = phrases.prose.tokens[cue.first]
    if phrases.is_adjective(cue.first) and phrases.is_led_to(cue.first):
        return False
    if not token.is_capital:
        return True
    heads = cue.first == sentence.first or not phrases.prose.tokens[cue.first - 1].is_word
    if token.lower + "n" == cue.form.lemma:
        # "Berichte über …": at a sentence's head rather a noun than somebody speaking of himself.
        return False
    return heads and cue.form.kind in {"finite", "participle"}


def _with_auxiliary(phrases: Phrases, sentence: Sentence, cue: Cue) -> Cue | None:
    prose, kind = phrases.prose, cue.form.kind
    before = cue.first - 1
    quotation = prose.quotation_of(before) if before >= sentence.first else None
    opens = before < sentence.first or prose.tokens[before].text == ","
    opens = opens or (quotation is not None and quotation.start == sentence.start)
    if kind == "finite" and cue.form.tail is None and not opens:
        # "berichtet": with an auxiliary in its clause it is the participle.
        forms = prose.language.cues.get(cue.form.head[0], ())
        participle = next((f for f in forms if f.kind == "participle" and f.lemma == cue.form.lemma), None)
        completed = _with_auxiliary(phrases, sentence, replace(cue, form=participle)) if participle else None
        return completed or cue
    if kind == "infinitive":
        # "werde … mitteilen" and "wollte … sagen" are no sayings; a plural present looks like an infinitive.
        return cue if cue.form.head[0] == cue.form.lemma and _is_plural_verb(prose, sentence, cue) else None
    if kind != "participle":
        return cue
    words = prose.language.words
    after = prose.tokens[cue.last] if cue.last < sentence.last else None
    if after is not None and after.lower in words("perfect") | words("passive"):
        return replace(cue, tokens=(*cue.tokens, cue.last))
    index = cue.first - 1
    low = max(sentence.first, cue.first - MAX_APART)
    while index >= low:
        token = prose.tokens[index]
        if not prose.is_quoted(index):
            if token.text in ":;":
                return None
            if token.lower in words("perfect") | words("passive"):
                return replace(cue, tokens=(index, *cue.tokens))
            if token.text == ",":
                index = _insertion(phrases, low, index)
        index -= 1
    return None


def _insertion(phrases: Phrases, low: int, comma: int) -> int:
    """The comma that opens the apposition or relative clause which ``comma`` closes; -1 when it closes none."""
    opening = next((i for i in range(comma - 1, low, -1) if phrases.lower(i) == ","), None)
    if opening is None:
        return -1
    relative = is_relative(phrases, opening + 1) or phrases.lower(opening + 1) in phrases.prose.language.words(
        "subordinators"
    )
    bare = not any(is_finite(phrases, i) for i in range(opening + 1, comma))
    return opening if relative or bare else -1


def _is_plural_verb(prose: Prose, sentence: Sentence, cue: Cue) -> bool:
    """ "…, sagen Experten", "Experten sagen": next to a plural subject, with no other verb that would govern it."""
    words = prose.language.words
    window = range(max(sentence.first, cue.first - MAX_APART), min(sentence.last, cue.last + 2))
    before = [prose.tokens[i] for i in window if i < cue.first and not prose.is_quoted(i)]
    tail = []
    for token in reversed(before):
        if token.text in ",;:–":
            break
        tail.append(token.lower)
    if any(word in words("auxiliaries") or word == "zu" for word in tail):
        return False
    following = prose.tokens[cue.last].lower if cue.last < sentence.last else ""
    return following not in words("auxiliaries")


def _goes_on(prose: Prose, settled: list[Found], statement: Found) -> bool:
    """The sentence before is a statement too, in the same paragraph."""
    here = prose.sentence_at(statement.start)
    if here is None or here.index == 0 or not settled:
        return False
    before = prose.sentences[here.index - 1]
    told = max(settled[-1].end, *(cue[1] for cue in settled[-1].cue), 0)
    return before.paragraph == here.paragraph and told > before.start
