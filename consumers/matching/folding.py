"""Text as it is searched: without case, with one kind of apostrophe, dash and space; every place leads back.

NFC text folds character by character, so folding the phrase and folding the text meet. A character may fold to several
("ß" → "ss"), which is why offsets need a map.
"""

import re
import unicodedata
from functools import cache, cached_property, lru_cache

_ALIKE = tuple(
    (dict.fromkeys("‘’ʼ＇", "'") | dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\u00a0\u202f\u2009", " ")).items()
)
SOLID = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: written without spaces, each character is a word of its own."""
_PERHAPS_SPECIAL = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0591-\u1dff\u20d0-\U000e0fff]")
"""Ranges that hold all combining marks and all of ``SOLID``, and little that European or Vietnamese texts have …"""
_PLAIN_WORD = re.compile(r"[^\W_]+")
"""… so that words of most texts are found in a quarter of the time."""


def fold(text: str) -> str:
    """NFC ``text`` for comparing."""
    if not text.isascii():
        for sign, plain in _ALIKE:  # a dozen looks for one character each are much faster than a table for all
            text = text.replace(sign, plain)
    return text.casefold()


def words(folded: str) -> list[str]:
    """The words of folded text in order; characters of scripts without spaces one by one."""
    return (_word() if _PERHAPS_SPECIAL.search(folded) else _PLAIN_WORD).findall(folded)


def word_spans(folded: str) -> list[tuple[int, int]]:
    """Where ``words`` stand."""
    return [found.span() for found in _word().finditer(folded)]


class FoldedText:
    """A text ready to be searched for phrases."""

    def __init__(self, text: str) -> None:
        self.folded, self._text = fold(text), text

    @cached_property
    def _starts(self) -> dict[int, int] | None:
        """Made for a text in which something is found: it takes a while. Equal lengths mean one for one, since no
        character folds to nothing."""
        return None if len(self.folded) == len(self._text) else _starts(self._text)

    def find(self, phrase: str) -> tuple[int, int] | None:
        """First place of a folded ``phrase``, bounded by words, as offsets; any white space is a space."""
        for found in _pattern(phrase).finditer(self.folded):
            span = self._back(*found.span())
            if span:
                return span
        return None

    def _back(self, start: int, end: int) -> tuple[int, int] | None:
        if self._starts is None:
            return start, end
        begin, after = self._starts.get(start), self._starts.get(end)
        return None if begin is None or after is None else (begin, after)


def _starts(text: str) -> dict[int, int]:
    """Folded offset → offset, where a character begins, and for the end."""
    starts, at = {}, 0
    for index, character in enumerate(text):
        starts[at] = index
        at += len(fold(character))
    starts[at] = len(text)
    return starts


@cache
def _marks() -> str:
    """Combining marks as a character class: Python's ``\\w`` leaves them out, and Hindi would fall to pieces."""
    marks = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{SOLID}]|[^\W_{SOLID}](?:[^\W_{SOLID}]|[{_marks()}])*")


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Edges that are letters must not go on as a word; those of scripts without spaces may."""
    inside = r"\s+".join(re.escape(part) for part in phrase.split())
    letter = rf"[^\W_{SOLID}]|[{_marks()}]"
    before = f"(?<!{letter})" if re.match(rf"[^\W_{SOLID}]", phrase) else ""
    after = f"(?!{letter})" if re.search(rf"(?:[^\W_{SOLID}]|[{_marks()}])\Z", phrase) else ""
    return re.compile(before + inside + after)
