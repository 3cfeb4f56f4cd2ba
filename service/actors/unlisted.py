"""Names outside the catalogue, counted over articles: who turned up lately, and might be worth tracking. Pure.

A name counts once a story, however many copies and reports tell it. A surname alone is taken for the person whose whole
name stands in the same article, and a German genitive ("Hansens") for the name that was read without its ending.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import AwareDatetime

from service.contracts import Extraction, Kind, Mention, Model

AROUND = 60
"""Characters of the text shown on either side of a name."""
ENDING, WITH_ENDING = "s", "de"
"""The ending that a name in the genitive has, and the language in which a name with it is the same."""


class Unlisted(Model):
    """``stories``, ``articles``: in the span looked at; ``before``: stories of the span before it."""

    name: str
    kind: Kind
    languages: tuple[str, ...]
    stories: int
    articles: int
    before: int
    first_seen_at: AwareDatetime
    article: str
    """Id of the article it was read in first."""
    around: str
    """The name there, with the words round it."""


@dataclass(slots=True)
class _Name:
    kinds: Counter[Kind] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    first: tuple[datetime, str, str] | None = None

    def take(self, other: "_Name") -> None:
        self.kinds += other.kinds
        self.languages |= other.languages
        self.stories |= other.stories
        self.articles |= other.articles
        self.before |= other.before
        self.first = min((one for one in (self.first, other.first) if one is not None), default=None)


class Tally:
    """Counts article by article, in any order. ``since``: begin of the span; earlier articles are the span before."""

    def __init__(self, since: datetime) -> None:
        self._since = since
        self._names: defaultdict[str, _Name] = defaultdict(_Name)

    def add(self, extraction: Extraction, story: str) -> None:
        """One article as it was read."""
        article, at = extraction.article, extraction.article.first_seen_at
        for name, mention in named(extraction).items():
            counted = self._names[name]
            if at < self._since:
                counted.before.add(story)
                continue
            counted.kinds[mention.kind] += 1
            counted.languages.add(extraction.language)
            counted.stories.add(story)
            counted.articles.add(article.id)
            first = (at, article.id, _around(article.text, mention))
            counted.first = min(counted.first or first, first)

    def rows(self, least: int) -> list[Unlisted]:
        """Names of at least so many stories of the span, those that grew most since the span before first."""
        found = []
        for name, counted in _without_endings(self._names).items():
            if counted.first is not None and len(counted.stories) >= least:
                found.append(_row(name, counted, *counted.first))
        return sorted(found, key=lambda row: (row.before - row.stories, -row.articles, row.name))


def _row(name: str, counted: _Name, at: datetime, article: str, around: str) -> Unlisted:
    return Unlisted(
        name=name,
        kind=min(counted.kinds, key=lambda kind: (-counted.kinds[kind], kind)),
        languages=tuple(sorted(counted.languages)),
        stories=len(counted.stories),
        articles=len(counted.articles),
        before=len(counted.before),
        first_seen_at=at,
        article=article,
        around=around,
    )


def named(extraction: Extraction) -> dict[str, Mention]:
    """Names of an article that no actor of the catalogue bears → where each stands first."""
    unknown = [m for m in extraction.mentions if m.actor is None and m.how == "name" and m.kind != "other"]
    whole = {name.rpartition(" ")[2]: name for m in unknown if m.kind == "person" and " " in (name := _name(m))}
    found: dict[str, Mention] = {}
    for mention in unknown:
        name = _name(mention)
        found.setdefault(whole.get(name, name) if mention.kind == "person" else name, mention)
    return found


def _name(mention: Mention) -> str:
    return " ".join(mention.evidence.exact.split())


def _without_endings(names: Mapping[str, _Name]) -> dict[str, _Name]:
    found: dict[str, _Name] = {}
    for name in sorted(names):
        bare = name.removesuffix(ENDING)
        same = bare != name and bare in found and names[name].languages <= {WITH_ENDING}
        found.setdefault(bare if same else name, _Name()).take(names[name])
    return found


def _around(text: str, mention: Mention) -> str:
    """The words round a mention on one line, whole ones but for those cut by the distance."""
    start, end = max(0, mention.evidence.start - AROUND), mention.evidence.end + AROUND
    return " ".join(text[start:end].split())
