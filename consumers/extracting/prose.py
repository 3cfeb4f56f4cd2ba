"""A text laid out for reading: tokens, paragraphs, sentences and quotations over one string, with quick look-ups."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from consumers.extracting.language import Language
from consumers.extracting.marks import Quotation, find_quotations
from consumers.extracting.sentences import Sentence, split_paragraphs, split_sentences
from consumers.extracting.tokens import Span, Token, tokenize
from service.actors.fold import fold
from service.contracts.article import Region


@dataclass(frozen=True, eq=False)
class Prose:
    """``tokens`` cover the whole text; sentences and quotations only what is prose."""

    text: str
    language: Language
    tokens: tuple[Token, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def outer(self) -> tuple[Quotation, ...]:
        """Closed quotations that stand in no other one."""
        return tuple(quotation for quotation in self.quotations if quotation.closed and quotation.depth == 0)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Word, lower case → the tokens that are it."""
        places: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            places.setdefault(token.lower, []).append(index)
        return places

    def where(self, words: Iterable[str], first: int, last: int) -> list[int]:
        """Those of tokens ``first:last`` that are one of ``words`` (lower case), in order. For rare words: others
        are not looked at."""
        found: list[int] = []
        for word in words:
            if (places := self._places.get(word)) is not None:
                found += places[bisect_left(places, first) : bisect_left(places, last)]
        return sorted(found)

    @cached_property
    def _quoted(self) -> list[int]:
        quoted = [-1] * len(self.tokens)
        for number, quotation in enumerate(self.outer):
            for index in range(self.token_from(quotation.start), self.token_from(quotation.end)):
                quoted[index] = number
        return quoted

    @cached_property
    def _behind_capitals(self) -> dict[str, tuple[int, int]]:
        """Word behind another with a capital → the first and the last token where it stands so."""
        places: dict[str, tuple[int, int]] = {}
        for before, token in pairwise(self.tokens):
            if before.is_capital:
                places[token.text] = places.get(token.text, (token.index,))[0], token.index
        return places

    def names_in_full(self, word: str, first: int, last: int) -> bool:
        """Whether the word stands behind another one of its name outside tokens ``first:last``: "Claudia Sheinbaum"."""
        earliest, latest = self._behind_capitals.get(word, (first, first))
        return earliest < first or latest >= last

    def token_from(self, offset: int) -> int:
        """Index of the first token that starts at or after ``offset``."""
        return bisect_left(self._starts, offset)

    def quotation_of(self, token: int) -> Quotation | None:
        """The outermost quotation the token (a mark or a word) stands in."""
        number = self._quoted[token]
        return self.outer[number] if number >= 0 else None

    def is_quoted(self, token: int) -> bool:
        return self._quoted[token] >= 0

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character, None between sentences and outside prose."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 and offset < self.sentences[index].end else None

    def quotations_in(self, sentence: Sentence) -> tuple[Quotation, ...]:
        """Outer quotations that begin in the sentence."""
        return self.quotations_between(sentence.start, sentence.end)

    def quotations_between(self, start: int, end: int) -> tuple[Quotation, ...]:
        """Outer quotations that begin at or after ``start`` and before ``end`` (characters)."""
        starts = self._outer_starts
        return self.outer[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def _outer_starts(self) -> list[int]:
        return [quotation.start for quotation in self.outer]

    def span(self, first: int, last: int) -> Span:
        """Characters of tokens ``first:last`` (end exclusive, not empty)."""
        return self.tokens[first].start, self.tokens[last - 1].end


def read_prose(text: str, language: Language, regions: Sequence[Region] = ()) -> Prose:
    """Lays out ``text``; what stands in ``regions`` belongs to no paragraph. Linear in the text."""
    unaccented = {fold(word): word for word in language.words("unaccented")}
    tokens = tokenize(
        text, language.elisions, language.words("enclitics"), language.words("acronyms"), unaccented, language.respelled
    )
    paragraphs = split_paragraphs(text, regions)
    quotations = find_quotations(text, paragraphs)
    sentences = split_sentences(
        text,
        tokens,
        paragraphs,
        quotations,
        abbreviations=language.abbreviations,
        ordinal_dot=language.ordinal_dot,
        letters=language.words("letters"),
    )
    return Prose(text, language, tokens, paragraphs, sentences, quotations)
