"""Manners of a polite poller: two services, about a hundred scripted feeds, watched for half a minute, stopped with
SIGTERM and with kill -9, and started again. What the servers were asked is the evidence."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.e2e.entry_manners import ENTRIES
from tests.e2e.polite_feeds import LATER, ODD_PATH, PoliteFeeds
from tests.e2e.polite_neighbours import FAILING, PAUSES, SPACING, gaps
from tests.e2e.polite_watch import Watch, give_time, together
from tests.e2e.raw_site import RawSites
from tests.e2e.redirect_manners import TURNS
from tests.e2e.scripted_feed import ScriptedFeed
from tests.e2e.validator_manners import VALIDATORS
from tests.e2e.wait_manners import AGAIN, WAITS

LEAST = 20.0
"""Seconds that the feeds are watched at least: "never again" must have had the time to be broken."""
AGENT = "example-monitor/1.0 (+https://example.org/contact)"


@dataclass(frozen=True)
class Seen:
    """All that is judged. ``a``: quick, no spacing; ``b``: with spacing, long intervals, its own name."""

    feeds: PoliteFeeds
    a: Watch
    b: Watch
    removed_at: float

    def feed(self, name: str) -> ScriptedFeed:
        return (self.feeds.a | self.feeds.b)[name]

    def row(self, name: str) -> dict[str, Any]:
        return (self.a.rows | self.b.rows)[name]

    def wait(self, name: str) -> float:
        """Seconds from its last request to its next, as promised."""
        last, following = (datetime.fromisoformat(self.row(name)[when]) for when in ("last_poll_at", "next_poll_at"))
        return (following - last).total_seconds()


def all_read(watch: Watch) -> bool:
    watch.read_articles()
    return all(len(watch.titles(name)) >= len(titles) for name, (_, _, titles) in ENTRIES.items())


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory):
    with RawSites().open() as sites:
        feeds = PoliteFeeds(sites)
        a = Watch(tmp_path_factory.mktemp("a"), feeds.a, LATER, poll__max_interval="3s", poll__redirect_patience="0s")
        own = {"poll__host_spacing": str(SPACING), "http__timeout": "2s", "http__user_agent": AGENT}
        b = Watch(tmp_path_factory.mktemp("b"), feeds.b, **own)
        polling = "--only", "source_to_entry,entry_to_article,web"
        try:
            together(a.program.start, lambda: b.program.start("run", *polling))
            a.add_later()
            give_time(lambda: all(len(feed.asked) >= count for feed, count in feeds.needs), 100, LEAST)
            assert a.program.command("sources", "remove", feeds.a["removed"].url).returncode == 0
            removed_at = time.monotonic()
            give_time(lambda: all_read(a), 60)
            together(lambda: a.again(a.program.kill), lambda: b.again(b.program.stop, *polling))
            a.read_articles()
            together(a.program.stop, b.program.stop)
            together(a.look, b.look)
            yield Seen(feeds, a, b, removed_at)
        finally:
            together(a.program.stop, b.program.stop)


@pytest.mark.parametrize("name", VALIDATORS)
def test_validators_go_back_as_they_came(seen: Seen, name: str) -> None:
    expected = list(VALIDATORS[name][1])
    assert seen.feed(name).conditions()[: len(expected)] == expected


@pytest.mark.parametrize("name", WAITS)
def test_what_a_server_or_feed_asks_for_is_waited(seen: Seen, name: str) -> None:
    wait = WAITS[name]
    assert len(seen.feed(name).asked) == wait.requests
    assert wait.least <= seen.wait(name) <= wait.most
    assert seen.row(name)["state"] == wait.state


@pytest.mark.parametrize("name", AGAIN)
def test_nonsense_keeps_nobody_away(seen: Seen, name: str) -> None:
    assert len(seen.feed(name).asked) >= 3
    assert seen.wait(name) < 60


def test_an_address_is_changed_by_permanent_redirects_that_prove_themselves_alone(seen: Seen) -> None:
    for name, move in seen.feeds.moves.items():
        adopted = seen.row(name)["fetch_url"]
        assert adopted == (move.new.url if move.adopts else None), name
        assert len(move.old.asked) == 3 if move.adopts else len(move.old.asked) >= TURNS, name


def test_an_adopted_address_that_dies_gives_way_to_the_one_that_was_added(seen: Seen) -> None:
    assert len(seen.feeds.returned.old.asked) >= 4
    assert seen.row("an adopted address that dies")["fetch_url"] is None


def test_redirects_are_followed_five_times(seen: Seen) -> None:
    assert all(link.asked for link in seen.feeds.chains["five redirects"])
    assert not seen.feeds.chains["six redirects"][-1].asked
    assert seen.row("five redirects")["state"] == "ok"
    assert "redirects" in seen.row("six redirects")["last_error"]


def test_one_get_adds_a_feed_and_nothing_else_is_asked(seen: Seen) -> None:
    for name in ("single", "late"):
        every = [
            request for request in seen.feeds.sites.requests() if request.headers["host"] in seen.feeds.hosts[name].base
        ]
        assert [(request.method, request.path) for request in every] == [("GET", seen.feed(name).path)]


def test_an_address_is_asked_as_it_was_written(seen: Seen) -> None:
    assert [request.path for request in seen.feed("odd address").asked] == [ODD_PATH]


def test_a_request_says_who_asks_and_nothing_more(seen: Seen) -> None:
    assert len(seen.feed("cookies").asked) >= 3
    for request in seen.feeds.sites.requests():
        assert request.method == "GET"
        assert not request.headers.keys() & {"cookie", "referer", "authorization", "x-forwarded-for", "dnt"}
        assert "gzip" in request.headers["accept-encoding"]
        assert "wirewatch" in request.headers["user-agent"] or request.headers["user-agent"] == AGENT
    assert {request.headers["user-agent"] for request in seen.feed("equal 0").asked} == {AGENT}
    assert "wirewatch" in seen.feed("single").asked[0].headers["user-agent"]


def test_a_packed_answer_is_read(seen: Seen) -> None:
    assert seen.row("gzip")["state"] == "ok"
    assert seen.row("gzip")["feed_title"]


def test_gone_is_asked_once_more_and_then_never(seen: Seen) -> None:
    assert len(seen.feed("gone").asked) == 2
    assert seen.row("gone")["state"] == "gone"
    assert seen.row("gone once")["state"] == "ok"


@pytest.mark.parametrize("name", ENTRIES)
def test_entries_make_articles_once_and_again_when_edited(seen: Seen, name: str) -> None:
    assert seen.a.titles(name) == sorted(ENTRIES[name][2])


def test_a_page_is_fetched_once_whatever_its_entry_is_called(seen: Seen) -> None:
    assert len(seen.feed("a headline with another GUID each time").asked) >= 4
    assert len(seen.feeds.page.asked) == 1


def test_one_server_is_asked_one_thing_at_a_time(seen: Seen) -> None:
    assert len(seen.feeds.hosts["in flight"].spans) > 20
    assert min(gaps(seen.feeds.hosts["in flight"].spans)) >= -0.01


def test_feeds_pages_and_redirects_of_one_server_are_spaced(seen: Seen) -> None:
    spans = seen.feeds.hosts["crowd"].spans
    assert {"/crowd0.xml", "/crowd0-0", "/crowd3-1", "/start.xml", "/end.xml"} <= {span.path for span in spans}
    assert min(gaps(spans)) >= SPACING - 0.05


@pytest.mark.parametrize("name", PAUSES)
def test_quiet_for_one_feed_is_quiet_for_its_whole_server(seen: Seen, name: str) -> None:
    assert seen.feeds.pauses[name].after() == []
    assert all(feed.asked for feed in seen.feeds.pauses[name].neighbours.values())


def test_quiet_is_for_the_server_that_asked_not_for_the_one_that_led_there(seen: Seen) -> None:
    assert len(seen.feeds.through.limited.asked) == 1
    assert len(seen.feeds.through.feed.asked) == 1
    assert sum(request.at > seen.feeds.through.limited.asked[0].at for request in seen.feeds.through.own.asked) >= 2
    assert seen.wait("through, its own") < 60, "nor does a restart remember it wrongly"


@pytest.mark.parametrize("name", FAILING)
def test_failures_back_off(seen: Seen, name: str) -> None:
    waits = seen.feed(name).gaps
    assert len(waits) >= 3
    assert all(wait >= 0.85 * 2**number for number, wait in enumerate(waits[:5]))


def test_equal_feeds_do_not_march_in_step(seen: Seen) -> None:
    waits = [seen.wait(name) for name in seen.b.feeds if name.startswith("equal ")]
    assert max(waits) > 1.01 * min(waits)


def test_nobody_is_asked_early_after_a_stop_or_a_kill(seen: Seen) -> None:
    assert seen.a.early == []
    assert seen.b.early == []


def test_a_removed_feed_is_asked_no_more(seen: Seen) -> None:
    assert "removed" not in seen.a.rows
    assert [request for request in seen.feed("removed").asked if request.at > seen.removed_at + 2] == []


def test_only_the_first_request_of_a_week_is_unconditional(seen: Seen) -> None:
    row, asked = seen.row("both"), seen.feed("both").asked
    assert [request.at for request in asked if "if-none-match" not in request.headers] == [asked[0].at]
    validated, last = (datetime.fromisoformat(row[name]) for name in ("validated_at", "last_ok_at"))
    assert row["last_status"] == 304
    assert validated < last, "a 304 proves nothing about the validators: the week goes on from the last whole answer"
