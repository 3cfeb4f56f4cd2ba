"""What does an article say that its story did not know: statements, numbers, actors.

Everything is judged by the words themselves, never by what was extracted from them: a copy that was cut reads a little
differently (another speaker, a quote that ends earlier), and that must not look like news. So a statement is new when
its words are; a number or an actor when it stands in a sentence that is.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby

from consumers.matching.folding import fold, words
from consumers.matching.passages import Passages
from consumers.stories.copies import prose
from consumers.stories.known import Known
from consumers.stories.shingles import shingles, text_words
from service.contracts import Extraction, Statement

GRAM = 3
UNKNOWN = 0.5
"""A passage is new when at least so much of it is …"""
RUN = 10
"""… or when so many runs in a row are (a dozen words): something was added to what was known."""
LEAST = 3
"""Runs that a passage must have to be judged at all: five words. Fewer are enough when an actor says them, all new."""
LEAST_SENTENCE = 6
LAST_DAY = 31

_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?![\w:/]|[.,-]\d)")
_ORDINAL = re.compile(r"\.\s+[^\W\d]")
_OPENING = re.compile(r"\s*(?:\S+\s+){0,8}")


@dataclass(frozen=True)
class News:
    """What is new: positions of statements, numbers as digits, actor ids."""

    statements: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.statements or self.numbers or self.actors)


def facts(extraction: Extraction) -> Known:
    """What an article says, by itself."""
    article = extraction.article
    text = prose(article.text, article.regions)
    return Known(frozenset(shingles(text_words(text), GRAM)), frozenset(_numbers(text)), _actors(extraction))


def news(extraction: Extraction, known: Known, here: Known | None = None) -> tuple[News, Known]:
    """What ``extraction`` adds to ``known``, and what is known with it. ``here``: its ``facts``, where they are had."""
    here = here or facts(extraction)
    if here.grams <= known.grams:
        return News(), known | here
    said = tuple(
        position
        for position, statement in enumerate(extraction.statements)
        if _is_new(_quoted(statement), known, _least(statement))
    )
    if all(extraction.statements[position].type == "free_indirect" for position in said):
        said = ()  # by itself too weak a sign: a footer after a quotation reads like one
    text = prose(extraction.article.text, extraction.article.regions)
    numbers, actors = _in_new_sentences(extraction, text, known)
    return News(said, numbers, actors), known | here


def _in_new_sentences(extraction: Extraction, text: str, known: Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """New numbers said of an actor (others are dates and the outlet's own), and new actors in new sentences."""
    article = extraction.article
    aside = [(region.start, region.end) for region in article.regions]
    credited = {agency.actor for agency in article.provenance.agencies}
    named = sorted(
        (mention.evidence.start, mention.actor)
        for mention in extraction.mentions
        if mention.actor is not None
        and mention.how != "pronoun"
        and not any(start <= mention.evidence.start < end for start, end in aside)
    )
    starts = [start for start, _ in named]
    numbers: dict[str, None] = {}
    actors: dict[str, None] = {}
    for start, end in Passages(text).sentence_spans(len(text)):
        here = named[bisect_left(starts, start) : bisect_left(starts, end)]
        if not here:
            continue
        sentence = text[start:end]
        opening = _OPENING.match(text)
        dateline = opening.end() - start if opening else 0
        numbers.update(dict.fromkeys(value for value in _numbers(sentence, dateline) if value not in known.numbers))
        if any(actor not in known.actors for _, actor in here) and _is_new(sentence, known, LEAST_SENTENCE):
            actors.update(dict.fromkeys(actor for _, actor in here if actor not in known.actors | credited))
    return tuple(numbers), tuple(actors)


def _least(statement: Statement) -> int:
    """A few words count when it is known who says them and they come to an end: a text that was cut breaks off."""
    last = statement.quote[-1]
    ended = (last.exact[-1:] + last.suffix[:1]).strip()
    closed = any(unicodedata.category(sign).startswith("P") for sign in ended)
    return 1 if closed and statement.speaker and statement.speaker.actor else LEAST


def _is_new(passage: str, known: Known, least: int) -> bool:
    unknown = [gram not in known.grams for gram in shingles(words(fold(passage)), GRAM)]
    if len(unknown) < least:
        return False
    if len(unknown) < LEAST:
        return all(unknown)
    longest = max((sum(1 for _ in run) for is_unknown, run in groupby(unknown) if is_unknown), default=0)
    return sum(unknown) >= UNKNOWN * len(unknown) or longest >= RUN


def _numbers(text: str, dateline: int = 0) -> list[str]:
    """Numbers as digits without separators. Left out: years, dates, times, what a cut end may have shortened, and what
    may be a day of the month: an ordinal ("21. Mai"), or before ``dateline`` ("ASTANA, 21 May")."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = "".join(str(unicodedata.decimal(sign)) for sign in match[0] if sign.isdecimal())
        value = int(digits)
        is_year = len(digits) == 4 and 1900 <= value < 2100
        is_day = value <= LAST_DAY and (match.start() < dateline or _ORDINAL.match(text, match.end()))
        if not is_year and not is_day and match.end() < len(text):
            found.append(digits)
    return found


def _quoted(statement: Statement) -> str:
    return " ".join(piece.exact for piece in statement.quote)


def _actors(extraction: Extraction) -> frozenset[str]:
    mentioned = (mention.actor for mention in extraction.mentions)
    speaking = (statement.speaker.actor for statement in extraction.statements if statement.speaker)
    return frozenset(actor for actor in (*mentioned, *speaking) if actor is not None)
