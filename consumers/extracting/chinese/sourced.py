"""Source phrases: 据X报道，… · 按照X的测算，… · 在X看来，… · X的答复是：…"""

import re
from dataclasses import dataclass

from consumers.extracting.chinese.layout import Layout, bare, pattern
from consumers.extracting.chinese.subjects import QUOTED_SOURCE, subject
from consumers.extracting.tokens import Span

LEAD = r"(?:另|又|而|但|不过|再|此外)?"
SEEMING = re.compile(LEAD + r"在(?P<who>[^，]{1,20}?)(?P<tail>看来)$")
LEARNT = re.compile(r"(?:.{0,24}记者)?[^，]{0,8}?从(?P<who>[^，]{2,20}?)(?:处|方面|那里)?(?P<tail>获悉|了解到|得知)$")
ANSWER = re.compile(
    r"(?P<who>.{1,20}?)的(?P<tail>(?:最新|正式|唯一)?(?:答复|回答|回应|解释|说法|看法|态度|判断|结论|理由|答案)(?:则|却|就)?是)"
)
MAX_TAILS = 4


@dataclass(frozen=True, slots=True)
class Source:
    """``cue`` and ``who`` in characters; ``number``: the clause they fill; ``via``: who passes it on."""

    cue: tuple[Span, ...]
    who: Span
    number: int
    via: Span | None = None


def find_sources(layout: Layout) -> list[Source]:
    """The sentence's clauses that only name a source."""
    found = (_read(layout, number) for number, clause in enumerate(layout.clauses) if not clause.quoted)
    return [source for source in found if source is not None]


def _read(layout: Layout, number: int) -> Source | None:
    clause = layout.clauses[number]
    words = layout.words(clause)
    if number + 1 >= len(layout.clauses) and number == 0:
        return None
    seeming = SEEMING.match(words)
    seeming = seeming or LEARNT.match(words)
    if seeming:
        return _made(clause.start, words, seeming.start("who"), seeming.end("who"), number)
    language = layout.prose.language
    opened = pattern(language, "sources", LEAD + "(?P<cue>{})(?!此|悉|说|称|了解|信|点|守)").match(words)
    if opened is None:
        return None
    end = len(words)
    tails = pattern(language, "source_tails", "(?:的)?(?:最新|初步|独家|此前|稍早|(?:[0-9]+月)?[0-9]+日)?{}$")
    for _ in range(MAX_TAILS):
        tail = tails.search(words, opened.end())
        if tail is None:
            break
        end = tail.start()
        words = words[:end]
    if end == len(layout.words(clause)) and not opened["cue"].startswith(("根据", "按", "依")):
        return None
    return _made(clause.start, layout.words(clause), opened.end(), end, number)


def _made(start: int, words: str, begin: int, end: int, number: int) -> Source | None:
    while end > begin and words[end - 1] == "的":
        end -= 1
    if end <= begin:
        return None
    cue = [(start, start + begin)]
    if end < len(words):
        cue.append((start + end, start + len(words)))
    cited = QUOTED_SOURCE.search(words, begin, end)
    if cited and cited.start() > begin:
        # 据路透社援引知情官员的话报道
        via = (start + begin, start + cited.start())
        return Source(tuple(cue), (start + cited.start("who"), start + cited.end("who")), number, via)
    return Source(tuple(cue), (start + begin, start + end), number)


def around(layout: Layout, source: Source) -> tuple[Span, ...]:
    """All of the sentence but the source's clause."""
    before, after = layout.clauses[: source.number], layout.clauses[source.number + 1 :]
    pieces = [bare(layout.prose, (part[0].start, part[-1].end)) for part in (before, after) if part]
    return tuple(piece for piece in pieces if piece)


def answer(layout: Layout) -> tuple[Span, Span, Span] | None:
    """Who, cue and words of 校方的答复是：…; None when the sentence is none."""
    for number, clause in enumerate(layout.clauses):
        found = None if clause.quoted else ANSWER.match(layout.words(clause))
        if found is None:
            continue
        begin = clause.start + found.end()
        if begin >= clause.end and number + 1 < len(layout.clauses):
            begin = layout.clauses[number + 1].start
        who = subject(layout, clause.start, clause.start + found.end("who"))
        said = bare(layout.prose, (begin, layout.clauses[-1].end))
        if who and said and begin < layout.clauses[-1].end:
            return who, (clause.start + found.start("tail"), clause.start + found.end("tail")), said
    return None
