"""The wire under which the system works: feeds that go on publishing numbered items, and who has to be told of them."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate

from tests.faults.history import History
from tests.faults.loopback import Reply, Request, serving
from tests.faults.wire_texts import markup, page, title

WINDOW = 100
"""Items that a feed shows; what leaves it unseen was never served."""
EVERY_THIRD = 3
COPIES = 0.1
OLD_ENOUGH = 20
"""Items between a text and its copy, so that in an untroubled run the copy comes second."""
REMEMBERED = 500
RULES: Mapping[str, str] = {"country": "actor: Q232\n", "organisation": "actor: Q485207\n"}
"""Subscription → its rule: every item names Kazakhstan, every third the SCO as well."""


@dataclass(frozen=True)
class Item:
    """``copies``: the item whose text it has, its own number as a rule · ``poison``: a word that spoils its text."""

    number: int
    feed: str
    copies: int
    published: float
    poison: str = ""
    paged: bool = False

    @property
    def organisation(self) -> bool:
        return self.copies % EVERY_THIRD == 0

    @property
    def tells(self) -> frozenset[str]:
        return frozenset(RULES) if self.organisation else frozenset({"country"})


def number_in(text: str) -> int | None:
    """The item that an address speaks of."""
    _, found, number = text.partition("/article/")
    return int(number) if found and number.isdigit() else None


@dataclass
class Wire:
    """``rate``: items a second over all feeds; may be changed at any time, 0 stops · ``silent``: asked before each ·
    ``copies``: share of the items that have a text which another feed had · ``pages``: every so-manieth has its text on
    a page of its own, 0: none."""

    history: History
    feeds: tuple[str, ...]
    rate: float
    chance: random.Random
    silent: Callable[[], bool] = lambda: False
    copies: float = COPIES
    pages: int = 0
    base: str = ""
    originals: int = 0
    published: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    """Feed → how often it was asked for."""
    _paged: dict[int, Item] = field(default_factory=dict)
    _shown: dict[str, deque[Item]] = field(default_factory=dict)
    _served: set[int] = field(default_factory=set)
    _texts: dict[int, set[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ending: threading.Event = field(default_factory=threading.Event)

    @property
    def urls(self) -> dict[str, str]:
        """Feed → its address."""
        return {f"{self.base}/{feed}.xml": feed for feed in self.feeds}

    @property
    def served(self) -> int:
        return len(self._served)

    def shown(self, feed: str) -> list[Item]:
        """What the feed has now, newest first."""
        with self._lock:
            return list(self._shown.get(feed, ()))

    def publish(self, feed: str | None = None, poison: str = "") -> Item:
        """One more item, in a feed chosen at random if none is named; now and then a text that another feed had."""
        with self._lock:
            self.published += 1
            number, feed = self.published, feed or self.chance.choice(self.feeds)
            copies = number
            self.originals += 1
            if self.chance.random() < self.copies and (old := self._others_texts(feed)):
                copies = self.chance.choice(old)
                self.originals -= 1
            self._texts.setdefault(copies, set()).add(feed)
            paged = bool(self.pages) and not poison and number % self.pages == 0
            item = Item(number, feed, copies, time.time(), poison, paged)
            if paged:
                self._paged[number] = item
            self._shown.setdefault(feed, deque(maxlen=WINDOW)).appendleft(item)
            return item

    def _others_texts(self, feed: str) -> list[int]:
        """What this feed has not had: the same text twice in one feed is one entry. Long forgotten ones are dropped."""
        for text in [text for text in self._texts if text < self.published - REMEMBERED]:
            del self._texts[text]
        return [
            text
            for text, feeds in self._texts.items()
            if feed not in feeds and text <= self.published - OLD_ENOUGH and text in self._served
        ]

    @contextmanager
    def open(self) -> Iterator["Wire"]:
        """Serve, and publish at ``rate``, while the block runs."""
        with serving(self._answer) as self.base:
            thread = threading.Thread(target=self._go_on, daemon=True)
            thread.start()
            try:
                yield self
            finally:
                self._ending.set()
                thread.join(5)

    def _go_on(self) -> None:
        owed = 0.0
        while not self._ending.wait(0.05):
            owed += self.rate * 0.05
            while owed >= 1:
                owed -= 1
                if not self.silent():
                    self.publish()

    def _answer(self, request: Request) -> Reply:
        if (one := self._paged.get(number_in(request.path) or 0)) is not None:
            return Reply(200, page(one.copies, one.organisation).encode(), "text/html; charset=utf-8")
        feed = request.path.strip("/").removesuffix(".xml")
        if feed not in self.feeds:
            return Reply(404, b"no such page")
        with self._lock:
            self.asked[feed] += 1
        shown = self.shown(feed)
        return Reply(200, self._rss(feed, shown), "application/rss+xml; charset=utf-8", lambda: self._note(shown))

    def _rss(self, feed: str, shown: list[Item]) -> bytes:
        items = "".join(
            f"<item><title>{title(one.copies)}{' (as elsewhere)' if one.copies != one.number else ''}</title>"
            f"<link>{self.base}/article/{one.number}</link><guid isPermaLink='false'>{one.number}</guid>"
            f"<pubDate>{formatdate(one.published, usegmt=True)}</pubDate>"
            f"{'' if one.paged else _content(one)}</item>"
            for one in shown
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Wire {feed}</title><link>{self.base}/</link><description>d</description>"
            f"<language>en</language>{items}</channel></rss>"
        ).encode()

    def _note(self, shown: list[Item]) -> None:
        with self._lock:
            new = [one for one in reversed(shown) if one.number not in self._served]
            self._served.update(one.number for one in new)
            # Under the lock: two answers that overlap must not both note an item.
            for one in new:
                self.history.note(
                    "served", item=one.number, feed=one.feed, group=one.copies, tells=sorted(one.tells),
                    poison=bool(one.poison),
                )  # fmt: skip


def _content(one: Item) -> str:
    spoilt = f"<p>{one.poison} {one.number}.</p>" if one.poison else ""
    return f"<content:encoded><![CDATA[{markup(one.copies, one.organisation)}{spoilt}]]></content:encoded>"
