"""Vietnamese: the tone of oa, oe and uy stands on the first vowel in the older spelling, on the second in the newer;
bodies of the United Nations with its short names."""

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


UNITED_NATIONS = "Liên hợp quốc"
OF = "của "


def spellings(name: str) -> Iterator[tuple[str, str]]:
    """(spelling, rule) of ``name``: every tone on the other vowel; other words for the United Nations it is of."""
    yield from _tones(name)
    head, united, tail = name.partition(UNITED_NATIONS)
    if not united or not head.strip():
        return
    bare = head.removesuffix(OF)
    for lead in (bare, bare + OF):
        for words in (UNITED_NATIONS, "Liên hiệp quốc", "LHQ"):
            spelt = lead + words + tail
            if spelt != name:
                yield spelt, "vi: short for the United Nations"
                yield from _tones(spelt)


def _tones(name: str) -> Iterator[tuple[str, str]]:
    for table in (NEWER, OLDER):
        parts = re.split(ENDS.format("|".join(table)), name)
        spelt = "".join(table.get(part, part) for part in parts)
        if spelt != name:
            yield spelt, "vi: tone on the other vowel"
