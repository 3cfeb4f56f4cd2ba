"""NFC of text that may be hostile.

The usual algorithm sorts every run of combining marks by insertion: sixty thousand marks on one letter take seconds,
and nothing else runs meanwhile. Here long runs are put in order first; the result is the same (UAX #15, canonical
ordering is a stable sort).
"""

import re
import unicodedata
from functools import cache

END = 0x20000
"""Beyond this code point Unicode has no marks that are ordered."""
LONG = 32
"""Marks in a row from which on the order is made here; UAX #15 calls more than 30 no text of any language."""


def nfc(text: str) -> str:
    """``text`` in Unicode's composed normal form, in linear time but for the sorting of marks."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _long_runs().sub(_in_order, text))


def _in_order(run: re.Match[str]) -> str:
    marks = [mark for written in run[0] for mark in unicodedata.normalize("NFD", written)]
    return "".join(sorted(marks, key=unicodedata.combining))


@cache
def _long_runs() -> re.Pattern[str]:
    marks = [code for code in range(0x300, END) if unicodedata.combining(chr(code))]
    marks += [code for code in (0x0344, 0x0F73, 0x0F75, 0x0F81) if code not in marks]
    ranges: list[list[int]] = []
    for code in sorted(marks):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[{inside}]{{{LONG},}}")
