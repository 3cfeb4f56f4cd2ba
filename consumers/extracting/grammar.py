"""Whose words: the noun phrase that is a cue's subject. General rules for languages without their own.

The word lists that these rules read (``words`` of a language file): ``determiners``, ``prepositions``, ``of``
(prepositions that stay inside a phrase: of, de, von), ``joining`` (and, or), ``conjunctions`` (that, because),
``adverbs`` (words between subject and cue), ``sources`` (according to, laut), ``that`` (opens a reported clause).
"""

from collections.abc import Callable, Iterable, Sequence

from consumers.extracting.cues import Cue
from consumers.extracting.found import Found
from consumers.extracting.marks import Quotation
from consumers.extracting.prose import Prose
from consumers.extracting.sentences import Sentence
from consumers.extracting.tokens import Span

BOUNDARIES = frozenset(",;:()[]–—-/?!.…،。，：；、")
MAX_PHRASE = 30
"""Tokens."""

MAX_WORK = 400_000
"""Cues times tokens of one sentence."""

Phrase = tuple[int, int]
"""Token indices, end exclusive."""

Finder = Callable[[Prose, Sentence, tuple[Cue, ...]], Iterable[Found]]
"""A language's own rule: statements of one sentence, given its cues."""


def is_no_prose(sentence: Sentence, cues: Sequence[Cue]) -> bool:
    """So long, and so full of cues, that looking at every pair would take for ever: a list, or made to hold us up."""
    return len(cues) * (sentence.last - sentence.first) > MAX_WORK


class Grammar:
    """Rules without state; the data come with ``prose.language``."""

    general: bool = True
    """Whether the general rules (marks, conjunctions, source phrases) run before the language's own."""
    finders: tuple[Finder, ...] = ()
    """Run on every sentence after the general rules."""

    def settle(self, prose: Prose, found: list[Found]) -> list[Found]:
        """A last look over all statements of a text, in order, before speakers are carried over."""
        return found

    def complete(self, prose: Prose, sentence: Sentence, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        """The sentence's cues with auxiliaries added, false ones dropped."""
        return cues

    def subject(self, prose: Prose, sentence: Sentence, cue: Cue, *, quote_first: bool) -> Span | None:
        """Who says it, in characters. ``quote_first``: the quoted words stand before the cue."""
        right = self.phrase_after(prose, sentence, cue.last)
        left = self.phrase_before(prose, sentence, cue.first)
        phrase = (right or left) if quote_first else (left or right)
        return prose.span(*phrase) if phrase else None

    def antecedent(self, prose: Prose, span: Span) -> Span:
        """Whom a relative pronoun takes up; any other speaker is himself."""
        return span

    def is_name(self, prose: Prose, quotation: Quotation) -> bool:
        """Whether the marks hold a title or a nickname rather than somebody's words."""
        return False

    def addressee(self, prose: Prose, sentence: Sentence, cue: Cue, speaker: Span | None) -> Span | None:
        """To whom, where the sentence says so."""
        return None

    def phrase_after(self, prose: Prose, sentence: Sentence, start: int) -> Phrase | None:
        """A noun phrase that begins at ``start``."""
        language = prose.language
        index = start
        while index < sentence.last and index - start < MAX_PHRASE and not self._stops(prose, index):
            word = prose.tokens[index].lower
            if word in language.words("prepositions") and word not in language.words("of"):
                break
            if word in language.words("adverbs") and index > start:
                break
            if word in language.pronouns:
                return (index, index + 1) if index == start else (start, index)
            index += 1
        return (start, index) if index > start else None

    def phrase_before(self, prose: Prose, sentence: Sentence, end: int) -> Phrase | None:
        """A noun phrase that ends at ``end``."""
        language = prose.language
        while end > sentence.first and prose.tokens[end - 1].lower in language.words("adverbs"):
            end -= 1
        index = end
        while index > sentence.first and end - index < MAX_PHRASE and not self._stops(prose, index - 1):
            word = prose.tokens[index - 1].lower
            if word in language.words("prepositions") and word not in language.words("of"):
                break
            index -= 1
            if word in language.pronouns:
                return (index, index + 1)
            before = prose.tokens[index - 1].lower if index > sentence.first else ""
            if word in language.words("determiners") and before not in language.words("of"):
                break
        return (index, end) if index < end else None

    def _stops(self, prose: Prose, index: int) -> bool:
        token = prose.tokens[index]
        if prose.is_quoted(index):
            return True
        if token.text in BOUNDARIES:
            return not (token.text == "-" and prose.tokens[index - 1].end == token.start)
        return token.lower in prose.language.words("conjunctions") or token.lower in prose.language.words("joining")


GENERAL = Grammar()
