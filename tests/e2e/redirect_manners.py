"""Feeds that have moved, or say so: permanent addresses are adopted when they prove themselves, others never."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.e2e.raw_site import RawSites
from tests.e2e.scripted_feed import Host, ScriptedFeed, Step, moved, not_modified, ok, refused

GOOD: Sequence[Step] = [ok('ETag: "1"'), not_modified()]
TURNS = 5
"""How often the old address must at least be asked for "never" to mean something."""


@dataclass(frozen=True)
class Move:
    """``old`` is what was added; ``new`` where it leads; ``adopts``: whether that becomes its address."""

    old: ScriptedFeed
    new: ScriptedFeed
    adopts: bool

    @property
    def seen_enough(self) -> bool:
        return len(self.new.asked if self.adopts else self.old.asked) >= TURNS


def redirect_manners(sites: RawSites) -> dict[str, Move]:
    def from_to(steps: Callable[[str], Sequence[Step]], target: Sequence[Step] = GOOD, adopts: bool = False) -> Move:
        new = Host(sites).script("/new.xml", target)
        return Move(Host(sites).script("/old.xml", steps(new.url)), new, adopts)

    def status(words: str) -> Callable[[str], Sequence[Step]]:
        return lambda to: [moved(words, to)]

    manners = {
        "301": from_to(status("301 Moved"), adopts=True),
        "308": from_to(status("308 Moved"), adopts=True),
        "302": from_to(status("302 Found")),
        "303": from_to(status("303 See")),
        "307": from_to(status("307 For now")),
        "301 to a page that is no feed": from_to(status("301 Moved"), [refused("200 OK")]),
        "301 to an error": from_to(status("301 Moved"), [refused("404 Not here")]),
        "301 that was twice a mistake": from_to(
            lambda to: [moved("301 Moved", to), moved("301 Moved", to), ok(), moved("301 Moved", to), ok()]
        ),
    }
    home = Host(sites)
    new = home.script("/new.xml", GOOD)
    manners["301 by a relative address"] = Move(home.script("/old.xml", [moved("301 Moved", "new.xml")]), new, True)
    new = Host(sites).script("/new.xml", GOOD)
    changing = [moved("301 Moved", f"{new.url}?session={number}") for number in range(20)]
    manners["301 to another address each time"] = Move(Host(sites).script("/old.xml", changing), new, False)
    last = Host(sites).script("/last.xml", GOOD)
    new = Host(sites).script("/new.xml", [moved("302 Found", last.url)])
    manners["301 to a 302"] = Move(Host(sites).script("/old.xml", [moved("301 Moved", new.url)]), new, True)
    middle = Host(sites).script("/middle.xml", [moved("301 Moved", last.url)])
    manners["302 to a 301"] = Move(Host(sites).script("/old.xml", [moved("302 Found", middle.url)]), middle, False)
    return manners


def chain(sites: RawSites, length: int) -> list[ScriptedFeed]:
    """``length`` redirects, each on a host of its own, and the feed they lead to, last."""
    links = [Host(sites).script("/end.xml", GOOD)]
    for _ in range(length):
        links.append(Host(sites).script("/link.xml", [moved("302 Found", links[-1].url)]))
    return links[::-1]


def returning(sites: RawSites) -> Move:
    """An adopted address that dies: the old one is asked again."""
    new = Host(sites).script("/new.xml", [*itertools.repeat(ok(), 3), refused("500 Oh")])
    return Move(Host(sites).script("/old.xml", [*itertools.repeat(moved("301 Moved", new.url), 3), ok()]), new, False)
