"""The text that a feed's entry brings along, and whether it is the whole text."""

import re
from collections.abc import Sequence
from functools import cache

from consumers.fetching.blocks import Line, html_lines
from consumers.fetching.words import either
from service.contracts import FeedEntry

WHOLE = 500
"""Characters from which on an entry's content is taken for the whole text, unless it ends as teasers do."""
SHORT = 200
"""Likewise where the entry has a summary beside it that is at most half as long: agency reports are short."""
WHOLE_SUMMARY = 2500
"""Likewise of a summary, where some feeds put their texts."""
MUCH_LONGER = 1.5
"""A summary is preferred from here on, unless it begins as the content does: then it was made of that, with scripts."""
_ENDS = r"…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|^[^«‹]*[»›]|→|>>?"
"""A closing mark is an arrow only where no opening one stands before it."""


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf"(?:{_ENDS})\s*$|(?:{either('goes_on')})\W*[\w\s]{{0,60}}$", re.IGNORECASE)


@cache
def _appended() -> re.Pattern[str]:
    return re.compile(either("appended"), re.IGNORECASE)


def lines_of_entry(entry: FeedEntry) -> list[Line]:
    """The content, or a summary that is clearly longer, line by line; without the line that blog programs append, and
    without a first line that only repeats the title."""
    best, summary = (html_lines(markup) if markup else [] for markup in (entry.content, entry.summary))
    if _length(summary) > MUCH_LONGER * _length(best) and not (best and _opening(summary) == _opening(best)):
        best = summary
    lines = [line for line in best if not _appended().fullmatch(line.text[:500])]
    if len(lines) > 1 and entry.title and lines[0].text.casefold() == entry.title.casefold():
        lines = lines[1:]
    return lines


def is_whole(entry: FeedEntry, lines: Sequence[Line]) -> bool:
    """Whether the entry's page need not be fetched."""
    length = _length(lines)
    if not entry.content:
        enough = length >= WHOLE_SUMMARY
    else:
        summary = _length(html_lines(entry.summary)) if entry.summary else 0
        enough = length >= WHOLE or (summary > 0 and length >= max(SHORT, 2 * summary))
    if not enough:
        return False
    return _goes_on().search(lines[-1].text[-200:]) is None


def _opening(lines: Sequence[Line]) -> str:
    return " ".join(" ".join(line.text for line in lines).split())[:40]


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)
