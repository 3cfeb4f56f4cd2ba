"""The stories of a batch of articles, and what each brings there. Pure: what the database knows is handed in."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from consumers.stories.copies import Fingerprint, fingerprint, is_copy, is_edit
from consumers.stories.known import Known
from consumers.stories.novelty import News, facts, news
from service.contracts import Extraction, content_id
from service.storage.arrivals import Part
from service.storage.near import Near, Wanted, best
from service.storage.stories import Candidate

WINDOW = timedelta(days=7)
"""A copy that comes later begins a story of its own."""


@dataclass(frozen=True)
class Newcomer:
    """An article that is not there yet, with what is made of it before the database is asked."""

    extraction: Extraction
    print: Fingerprint
    facts: Known

    @classmethod
    def of(cls, extraction: Extraction) -> "Newcomer":
        article = extraction.article
        return cls(extraction, fingerprint(article.text, article.title), facts(extraction))

    @property
    def wanted(self) -> Wanted:
        """What the database is to look for."""
        article = self.extraction.article
        return Wanted(self.print.sample, article.url, self.extraction.language, article.first_seen_at - WINDOW)


@dataclass(frozen=True)
class Earlier:
    """An article that a newcomer may be a copy of."""

    story_id: str
    print: Fingerprint

    @classmethod
    def of(cls, candidate: Candidate) -> "Earlier":
        return cls(candidate.story_id, fingerprint(candidate.text, candidate.title))


@dataclass(frozen=True)
class Joined:
    """Where an article belongs and what it brings there; ``known``: what its story knows with it."""

    story_id: str
    part: Part
    news: News
    known: Known


@dataclass
class _Mates:
    """The articles of the batch that have their story already."""

    earlier: dict[str, Earlier] = field(default_factory=dict)
    times: dict[str, Newcomer] = field(default_factory=dict)
    by_hash: dict[int, list[str]] = field(default_factory=dict)
    by_url: dict[str, list[str]] = field(default_factory=dict)

    def add(self, one: Newcomer, story_id: str) -> None:
        article = one.extraction.article
        self.earlier[article.id] = Earlier(story_id, one.print)
        self.times[article.id] = one
        for value in one.print.sample:
            self.by_hash.setdefault(value, []).append(article.id)
        if article.url:
            self.by_url.setdefault(article.url, []).append(article.id)

    def near(self, wanted: Wanted) -> Near:
        """As the database answers."""
        shared: dict[str, int] = {}
        for value in wanted.hashes:
            for article_id in self.by_hash.get(value, ()):
                if self._counts(article_id, wanted):
                    shared[article_id] = shared.get(article_id, 0) + 1
        there = [one for one in self.by_url.get(wanted.url or "", ()) if self._counts(one, wanted)]
        return Near(best(shared), there[-1] if there else None)

    def _counts(self, article_id: str, wanted: Wanted) -> bool:
        mate = self.times[article_id].extraction
        return mate.language == wanted.language and mate.article.first_seen_at >= wanted.since


def assign(new: Sequence[Newcomer], near: Sequence[Near], earlier: Mapping[str, Earlier]) -> list[tuple[str, Part]]:
    """Story and part of each, in order; ``earlier`` has the articles that ``near`` names, those before in ``new`` count
    too."""
    mates, places = _Mates(), list[tuple[str, Part]]()
    known = ChainMap(mates.earlier, dict(earlier))
    for one, there in zip(new, near, strict=True):
        place = _find(one.print, there | mates.near(one.wanted), known)
        story_id, part = place or (content_id("story", one.extraction.article.id), "first")
        places.append((story_id, part))
        mates.add(one, story_id)
    return places


def _find(print_: Fingerprint, near: Near, earlier: Mapping[str, Earlier]) -> tuple[str, Part] | None:
    there = earlier.get(near.at_url or "")
    if there and is_edit(print_, there.print):
        return there.story_id, "edit"
    for article_id in near.shared:
        candidate = earlier.get(article_id)
        if candidate and is_copy(print_, candidate.print):
            return candidate.story_id, "copy"
    return None


def learn(new: Sequence[Newcomer], places: Sequence[tuple[str, Part]], known: Mapping[str, bytes]) -> list[Joined]:
    """What each brings to its story; ``known``: what the stories that are there knew before the first of them."""
    now = {story_id: Known.from_bytes(data) for story_id, data in known.items()}
    joined = []
    for one, (story_id, part) in zip(new, places, strict=True):
        if part == "first":
            now[story_id] = one.facts
            everything = News(statements=tuple(range(len(one.extraction.statements))))
            joined.append(Joined(story_id, part, everything, one.facts))
            continue
        fresh, now[story_id] = news(one.extraction, now[story_id], one.facts)
        joined.append(Joined(story_id, "news" if fresh else part, fresh, now[story_id]))
    return joined
