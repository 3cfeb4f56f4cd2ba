"""All the scripted feeds of the poller's manners, by name, and how often each must be asked before it can be judged."""

import gzip
from collections.abc import Sequence

from tests.e2e.entry_manners import ENTRIES
from tests.e2e.good_source import item, text_about
from tests.e2e.polite_neighbours import PAUSES, Pause, crowd, equals, failing, paused, through
from tests.e2e.raw_site import RawSites
from tests.e2e.redirect_manners import TURNS, chain, redirect_manners, returning
from tests.e2e.scripted_feed import Host, ScriptedFeed, Step, answer, document, not_modified, ok, refused
from tests.e2e.validator_manners import VALIDATORS
from tests.e2e.wait_manners import AGAIN, WAITS

ODD_PATH = "/Feed%2Fa;v=1/%7Exml?b=2&a=1&&c=%E4&d"
STILL = 'ETag: "1"', "Cache-Control: max-age=3600"


LATER = ("late", "removed")
"""Added while the service runs."""


class PoliteFeeds:
    """``a``: feeds of the quick service without spacing; ``b``: of the one with spacing and long intervals."""

    def __init__(self, sites: RawSites) -> None:
        self.sites = sites
        self.a: dict[str, ScriptedFeed] = {}
        self.b: dict[str, ScriptedFeed] = {}
        self.needs: list[tuple[ScriptedFeed, int]] = []
        self.hosts = {name: Host(sites) for name in ("single", "late")}
        self._tables()
        self._moves()
        self._single()
        self._page()
        self._neighbours()

    def _one(self, name: str, steps: Sequence[Step], needed: int, path: str = "/feed.xml", host: str = "") -> None:
        self.a[name] = (self.hosts[host] if host else Host(self.sites)).script(path, steps)
        self.needs.append((self.a[name], needed))

    def _tables(self) -> None:
        for name, (script, expected) in VALIDATORS.items():
            self._one(name, script, len(expected))
        for name, wait in WAITS.items():
            self._one(name, wait.script, wait.requests)
        for name, step in AGAIN.items():
            self._one(name, [step], 3)
        for name, (script, needed, _) in ENTRIES.items():
            self._one(name, script, needed)

    def _moves(self) -> None:
        self.moves, self.returned = redirect_manners(self.sites), returning(self.sites)
        for name, move in self.moves.items():
            self.a[name] = move.old
            self.needs.append((move.new if move.adopts else move.old, TURNS))
        self.a["an adopted address that dies"] = self.returned.old
        self.needs.append((self.returned.old, 4))
        self.chains = {"five redirects": chain(self.sites, 5), "six redirects": chain(self.sites, 6)}
        for name, links in self.chains.items():
            self.a[name] = links[0]
            self.needs.append((links[0], 2))

    def _single(self) -> None:
        packed = gzip.compress(document("<item><title>Packed</title></item>"))
        self._one("gzip", [answer("200 OK", "content-encoding: gzip", body=packed)], 1)
        self._one("cookies", [ok("Set-Cookie: a=b; Path=/", 'ETag: "1"'), not_modified()], 3)
        self._one("gone", [refused("410 Gone")], 2)
        self._one("gone once", [ok(), refused("410 Gone"), ok()], 4)
        self._one("odd address", [ok(*STILL)], 1, ODD_PATH)
        self._one("single", [ok(*STILL)], 1, "/blog/feed.xml", "single")
        self._one("late", [ok(*STILL)], 1, host="late")
        self._one("removed", [ok()], 3)

    def _page(self) -> None:
        """A headline with another GUID each time; its text is on a page."""
        host = self.hosts["page"] = Host(self.sites)
        text = f"<html><body><article><h1>Page</h1><p>{text_about('page')}</p></article></body></html>"
        self.page = host.script("/page", [answer("200 OK", "content-type: text/html", body=text.encode())])
        headlines = [ok(items=item("Headline", "", self.page.url, f"name {number}")) for number in range(4)]
        self._one("a headline with another GUID each time", headlines, 4, host="page")
        self.needs.append((self.page, 1))

    def _neighbours(self) -> None:
        self.hosts["in flight"], some = crowd(self.sites)
        self.a |= {f"{name}, no spacing": feed for name, feed in some.items()}
        self.needs += [(feed, 3) for feed in some.values()]
        self.b |= equals(self.sites) | failing(self.sites)
        self.needs += [(feed, 4) for feed in self.b.values()]
        self.hosts["crowd"], some = crowd(self.sites)
        self.b |= some
        self.needs += [(feed, 3) for feed in some.values()]
        self.pauses: dict[str, Pause] = {}
        for name, seconds in PAUSES.items():
            self.pauses[name], some = paused(self.sites, name, seconds)
            self.b |= some
            self.needs.append((self.pauses[name].feed, 2 if seconds > 60 else 3))
        self.through = through(self.sites)
        self.b |= {"through": self.through.feed, "through, its own": self.through.own}
        self.needs += [(self.through.own, 4), (self.through.limited, 1)]
