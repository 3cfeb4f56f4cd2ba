"""What stands right before and after a place in a text. Every look is bounded, so a long line costs no more."""

import re
from collections.abc import Set
from dataclasses import dataclass

REACH = 48
"""Characters looked back and ahead for one word."""
LINE_REACH = 120
"""Characters to each side from which capitals of a line are judged."""
LONGEST_ABBREVIATION = 4
"""Characters of a word whose dot need not end a sentence ("Gen.", "V.")."""
NEAR = 240
"""Characters to each side that count as near."""

BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)([ \u00a0]|['’]s )$")
AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*)")
SENTENCE_END = re.compile(r"(?:^|[.!?…:;\n«»„“”\"(\[•—–][\s\"'«„“”(\[]*|[\n])$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word beside a name. ``first``: it begins a sentence, so its capital says nothing."""

    text: str
    start: int
    first: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def word_before(text: str, start: int, letters: Set[str] = frozenset()) -> Word | None:
    """The word that a space alone parts from ``start``. ``letters``: what is called by one letter, no initials."""
    low = max(0, start - REACH)
    found = BEFORE.search(text[low:start])
    if not found or ends_sentence(found[1]) or (found[1][-1] == "." and found[1][:-1] in letters):
        return None
    position = low + found.start()
    return Word(found[1], position, begins_sentence(text, position))


def ends_sentence(word: str) -> bool:
    """Whether a word with its dot ends a sentence: no abbreviation, but a long word or an acronym ("… die EU.")."""
    plain = word.removesuffix(".")
    if plain == word:
        return False
    return len(word) > LONGEST_ABBREVIATION or (len(plain) > 1 and plain.isalnum() and plain.isupper())


def word_after(text: str, end: int) -> Word | None:
    """The word that a space alone parts from ``end``."""
    found = AFTER.match(text[end : end + REACH])
    return Word(found[1], end + found.start(1), False) if found else None


def begins_sentence(text: str, start: int) -> bool:
    return start == 0 or bool(SENTENCE_END.search(text[max(0, start - 6) : start]))


def around(text: str, start: int, end: int, reach: int = NEAR) -> str:
    """The text near ``start:end``."""
    return text[max(0, start - reach) : end + reach]


def line_around(text: str, start: int, end: int) -> str:
    """The line of ``start:end``, at most ``LINE_REACH`` to each side."""
    before = text[max(0, start - LINE_REACH) : start].rpartition("\n")[2]
    after = text[end : end + LINE_REACH].partition("\n")[0]
    return before + text[start:end] + after


def is_shouted(text: str, start: int, end: int) -> bool:
    """Whether the line is in capitals, so that acronyms look like words and words like acronyms."""
    line = line_around(text, start, end)
    letters = [char for char in line if char.isupper() or char.islower()]
    return len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def is_title_case(text: str, start: int, end: int) -> bool:
    """Whether most longer words of the line are capitalised, as in English headlines."""
    words = re.findall(r"[^\W\d_]{4,}", line_around(text, start, end))
    return len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
