"""Vietnamese: the tone of oa, oe and uy stands on the first vowel in the older spelling, on the second in the newer."""

import re
from collections.abc import Iterator

PAIRS = {
    "oa": ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
    "oe": ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
    "uy": ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
}
"""Older and newer spelling by tone: hòa and hoà, khỏe and khoẻ, thủy and thuỷ."""
NEWER = {old: new for olds, news in PAIRS.values() for old, new in zip(olds.split(), news.split(), strict=True)}
NEWER |= {old.capitalize(): new.capitalize() for old, new in NEWER.items()}
OLDER = {new: old for old, new in NEWER.items()}
ENDS = r"(?<![qQ])({})(?!\w)"
"""Only where the syllable ends with them (hoàng has one spelling) and not in quý."""


def spellings(name: str) -> Iterator[tuple[str, str]]:
    """(spelling, rule) of ``name`` with every tone on the other vowel."""
    for table in (NEWER, OLDER):
        parts = re.split(ENDS.format("|".join(table)), name)
        spelt = "".join(table.get(part, part) for part in parts)
        if spelt != name:
            yield spelt, "vi: tone on the other vowel"
