"""Where no names are read: addresses of the web and of mail, handles, host names. Linear in the text."""

import re
from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]

ADDRESS = re.compile(
    r"""(?:https?|ftp)://[^\s<>"»”]{1,4000}
      | \bwww\.[^\s<>"»”]{1,4000}
      | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}
      | (?<!\w)@\w{1,64}
      | (?<![\w.-])(?:[\w-]{1,63}\.){1,6}(?:com|org|net|info|int|gov|edu|news|press|media|tv|eu|io|[a-z]{2})
        (?:/[^\s<>"»”]{0,4000})?(?![\w-])(?!\.\w)
    """,
    re.VERBOSE,
)
"""URLs (RFC 3986, as people write them), mail addresses (RFC 5322, the common part), handles, bare host names."""

_SIGN = re.compile(r"@|://|\.[a-z][a-z]|www\.")
"""One of these stands in every address."""


def address_spans(text: str) -> list[Span]:
    """Spans of addresses in order."""
    if not _SIGN.search(text):
        return []
    return [match.span() for match in ADDRESS.finditer(text)]


class Zones:
    """Spans to look a position up in. Overlapping spans are joined."""

    def __init__(self, spans: Iterable[Span]) -> None:
        joined: list[list[int]] = []
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        self._whole = frozenset(zip((start for start, _ in joined), (end for _, end in joined), strict=True))
        self._starts = [start for start, _ in joined]
        self._ends = [end for _, end in joined]

    def is_one(self, start: int, end: int) -> bool:
        """Whether ``start:end`` is exactly one of them: an outlet that is called as its host ("24.kg")."""
        return (start, end) in self._whole

    def touches(self, start: int, end: int) -> bool:
        """Whether ``start:end`` shares a character with one of them."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start
