"""Folding of text for comparison: one character becomes one character, so offsets stay.

Two strengths: ``fold_case`` lower-cases and levels typography (apostrophes, hyphens, spaces, ё, Arabic variants)
and the two ways of writing Chinese;
``fold`` strips Latin and Greek accents as well. Letters of their own (й, ї, ў, Kazakh letters) stay.
Input is NFC.
"""

import unicodedata
from functools import cache

from service.actors.traditional import SIMPLIFIED

TYPOGRAPHY = {
    **dict.fromkeys("’ʼ‘`´＇ʻʹ′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f\u2007\u3000\t\n\r", " "),
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ё": "е",
    "ѐ": "е",
    "İ": "i",
    "·": "·",
    "•": "·",
    "・": "·",
    **SIMPLIFIED,
}
NO_DECOMPOSITION = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h"}
RANGES = ((0x20, 0x2000), (0x2C60, 0x2E00), (0xA640, 0xAB70), (0xFF01, 0xFF5F))


def lower(char: str) -> str:
    """Lower case where that is one character, else ``char`` itself."""
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


def full_width(char: str) -> str:
    """ASCII for the full-width forms of it, else ``char`` itself."""
    return chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char


def bare(char: str) -> str:
    """Latin and Greek letters without their accents."""
    if char in NO_DECOMPOSITION:
        return NO_DECOMPOSITION[char]
    base = unicodedata.normalize("NFD", char)[0]
    return base if base != char and unicodedata.name(base, "").startswith(("LATIN", "GREEK")) else char


@cache
def tables() -> tuple[dict[int, str], dict[int, str]]:
    """Translation tables (case, case and accents), made on first use."""
    case: dict[int, str] = {}
    accents: dict[int, str] = {}
    chars = [chr(code) for first, end in RANGES for code in range(first, end)]
    for char in [*chars, *TYPOGRAPHY]:
        plain = TYPOGRAPHY.get(char) or lower(full_width(char))
        plain = TYPOGRAPHY.get(plain, plain)
        stripped = bare(plain)
        if plain != char:
            case[ord(char)] = plain
        if stripped != char:
            accents[ord(char)] = stripped
    return case, accents


def fold_case(text: str) -> str:
    """Same length as ``text``."""
    return text.translate(tables()[0])


def fold(text: str) -> str:
    """Same length as ``text``; accents gone too."""
    return text.translate(tables()[1])
