"""Where sentences and paragraphs end, in any script, without a language model.

Made for asking whether two names stand together: a stop that may belong to an abbreviation or an ordinal ("20. Mai",
"Dr. Li") does not end a sentence, so two sentences are rather taken for one than one torn apart.
"""

import re
from bisect import bisect_right
from itertools import pairwise

_CLOSERS = "\"'”“’»›」』)\\]"
_STOP = re.compile(rf"[。！？]+[{_CLOSERS}]*|[.!?…؟۔।]+[{_CLOSERS}]*(?=\s)")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_AFTER = re.compile(r"\s*[\"'„“«‹「『(\[—–-]*\s*(\S)")
_SHORT = re.compile(
    r"(?:bzw|usw|vgl|ca|ggf|etc|inkl|evtl|sog|approx|vs|mr|ms|st|no|nr"
    r"|ул|ред|им|см|др|пр|гг|тыс|млн|млрд|руб|проф|тов|акад)\Z"
)
_LONGEST = 12
"""Characters looked back over to find the word before a stop."""


class Passages:
    """Ends of the sentences and paragraphs of ``text``."""

    def __init__(self, text: str) -> None:
        self._paragraphs = [found.end() for found in re.finditer(r"\n+", text)]
        ends = set(self._paragraphs)
        for found in _STOP.finditer(text):
            following = _AFTER.match(text, found.end())
            starts = following is None or not following[1].islower()
            if starts and (
                text[found.start()] != "." or _may_end(text[max(0, found.start() - _LONGEST) : found.start()])
            ):
                ends.add(found.end())
        self._sentences = sorted(ends)

    def sentence(self, offset: int) -> int:
        """Number of the sentence in which the character stands."""
        return bisect_right(self._sentences, offset)

    def paragraph(self, offset: int) -> int:
        """Number of the paragraph in which the character stands."""
        return bisect_right(self._paragraphs, offset)

    def sentence_spans(self, length: int) -> list[tuple[int, int]]:
        """All sentences of a text of ``length`` characters as offsets, end exclusive."""
        bounds = [0, *(end for end in self._sentences if 0 < end < length), length]
        return list(pairwise(bounds)) if length else []


def _may_end(before: str) -> bool:
    """Whether a full stop after ``before`` may end a sentence: not after an initial, "Dr", "млн" or "20"."""
    found = _LAST_WORD.search(before)
    if found is None:
        return True
    word = found[0]
    if word.isdigit():
        return len(word) > 2
    return len(word) > 3 or (len(word) > 1 and word.islower() and not _SHORT.match(word))
