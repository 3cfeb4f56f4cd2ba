"""Words are the same, whichever way they are looked for."""

import re
import unicodedata

from consumers.matching.folding import SOLID, fold, words

SOLID_SIGN = re.compile(f"[{SOLID}]")
MARK = ("Mn", "Mc")


def test_a_mark_belongs_to_its_word_and_a_solid_sign_is_a_word() -> None:
    """For every character of the planes that have any."""
    for code in range(0x80, 0x32000):
        sign = chr(code)
        kind = unicodedata.category(sign)
        if kind in MARK and 0x300 <= code < 0x20000:
            assert words(f"a{sign}b") == [f"a{sign}b"], hex(code)
        elif SOLID_SIGN.match(sign):
            assert words(f"a{sign}b") == ["a", sign, "b"], hex(code)
        elif kind != "Cs":
            joins = re.match(r"[^\W_]", sign)
            assert words(f"a{sign}b") == ([f"a{sign}b"] if joins else ["a", "b"]), hex(code)


def test_apostrophes_dashes_and_spaces_are_one_of_each() -> None:
    assert fold("L’été – non\u00a0sécable") == "l'été - non sécable"
    assert fold("STRASSE Straße") == "strasse strasse"
