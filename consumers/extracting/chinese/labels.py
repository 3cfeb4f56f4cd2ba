"""Speakers named by a label and a colon: lines of a ticker, headlines, the turns of a printed interview."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from consumers.extracting.chinese.layout import GAP_SIGN, Layout, all_quoted, bare, lay_out, pattern
from consumers.extracting.chinese.script import simplified
from consumers.extracting.chinese.subjects import subject
from consumers.extracting.found import Found, FoundType
from consumers.extracting.prose import Prose
from consumers.extracting.tokens import Span

LABEL = re.compile(r"(?P<who>[^，。：:“”「」《》？！\s]{1,14})[：:](?=\S)")
SPEAKER_TURNS = 2
"""Paragraphs of a label, and labels, of an interview."""
MIN_TURNS = 4
"""Paragraphs with any label, where one comes back."""
ASKS, ANSWERS = frozenset({"问", "Q"}), frozenset({"答", "A"})
ASKED = re.compile(r"(?P<head>[^，。：“”]{2,40}?)接受[^，。]{0,12}(?:采访|专访|访问)")
"""Whom a paper has asked."""
COMMON = 2
"""Characters that a headline's label shares with a speaker below: the end of a name."""
MIN_WORDS = 3


def find_line(layout: Layout) -> Found | None:
    """What a line of a list says: "◎ 路透社：…", "08:10 路透社：…"."""
    if not layout.bullet or len(layout.clauses) < 2:
        return None
    return _labelled(layout)


def _labelled(layout: Layout) -> Found | None:
    # "票价上涨 市长：…": the label begins the last part of a headline.
    first = 1 if layout.clauses[0].sign == GAP_SIGN and len(layout.clauses) > 2 else 0
    label = layout.clauses[first]
    if label.sign not in {"：", ":"} or label.quoted or label.end - label.start > 16:
        return None
    said = bare(layout.prose, (layout.clauses[first + 1].start, layout.clauses[-1].end))
    if said is None or said[1] - said[0] < MIN_WORDS:
        return None
    type_: FoundType = "direct" if all_quoted(layout.prose, (said,)) else "indirect"
    return Found((said,), type_, ((label.end, label.end + 1),), (label.start, label.end))


def headline(layout: Layout, found: Sequence[Found]) -> Found | None:
    """What the first line says, where its label ends like the name of somebody who speaks below, or with an office."""
    prose, sentence = layout.prose, layout.sentence
    whole = sentence.paragraph == 0 and (sentence.start, sentence.end) == prose.paragraphs[0]
    if not whole or len(prose.paragraphs) < 2 or len(layout.clauses) < 2 or layout.plain[-1:] in {"。", "？"}:
        return None
    told = _labelled(layout)
    if told is None or told.speaker is None:
        return None
    name = prose.text[told.speaker[1] - COMMON : told.speaker[1]]
    known = any(f.speaker and name in prose.text[f.speaker[0] : f.speaker[1]] for f in found)
    known = known or bool(pattern(prose.language, "offices", "{}$").search(layout.text(*told.speaker)))
    return told if known else None


def with_turns(prose: Prose, found: Sequence[Found]) -> list[Found]:
    """``found`` with the turns of an interview, a paragraph each."""
    labels = [LABEL.match(prose.text, start, end) for start, end in prose.paragraphs]
    count = Counter(label["who"] for label in labels if label)
    speakers = {who for who, times in count.items() if times >= SPEAKER_TURNS}
    if speakers and count.total() >= MIN_TURNS:
        # A press conference: many ask, one answers.
        speakers = set(count)
    if len(speakers) < SPEAKER_TURNS:
        return list(found)
    turns: list[Found] = []
    own: set[int] = set()
    asked = _asked(prose)
    for number, (label, (_, end)) in enumerate(zip(labels, prose.paragraphs, strict=True)):
        if label is None or label["who"] not in speakers:
            continue
        said = bare(prose, (label.end(), end))
        own.add(number)
        if said:
            who = _turn_speaker(simplified(label["who"]), label.span("who"), asked)
            turns.append(Found(((said[0], end),), "direct", (), who, "here" if who else "nobody"))
    starts = [start for start, _ in prose.paragraphs]
    kept = [f for f in found if bisect_right(starts, f.start) - 1 not in own]
    return sorted([*kept, *turns], key=lambda statement: (statement.start, -statement.end))


def _turn_speaker(label: str, at: Span, asked: Span | None) -> Span | None:
    """The label itself; behind 答 whom the text says was asked; behind 问 nobody."""
    if label in ASKS:
        return None
    return asked if label in ANSWERS else at


def _asked(prose: Prose) -> Span | None:
    """Whom the text says was asked."""
    for sentence in prose.sentences:
        layout = lay_out(prose, sentence)
        asked = ASKED.match(layout.plain)
        if asked:
            return subject(layout, sentence.start, sentence.start + asked.end("head"))
    return None
