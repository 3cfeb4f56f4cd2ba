"""The checker sees what it is there to see: for every invariant a history that breaks it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.checker import Limits, check, recoveries
from tests.faults.history import History, events
from tests.faults.observed import (
    Alert,
    Article,
    Change,
    Dead,
    Delivery,
    Fault,
    Gauge,
    Logged,
    Observed,
    Received,
    Served,
    Standing,
    observed,
)

NONE: frozenset[str] = frozenset()


def received(item: int, at: float, story: str, alert: str, revision: int = 0) -> Received:
    return Received(at, "country", f"d{alert}", f"body {alert}", alert, "country", story, revision, item)


def logged(topic: str, offset: int, item: int, written: float) -> Logged:
    return Logged(topic, 0, offset, item, "feed", written)


def standing(at: float, topic: str, following: int, group: str = "entry_to_article") -> Standing:
    return Standing(at, "log", group, topic, 0, following)


GOOD = Observed(
    served=(
        Served(1.0, 1, "feed", 1, frozenset({"country"})),
        Served(2.0, 2, "feed", 2, frozenset({"country"})),
        Served(3.0, 3, "feed", 1, frozenset({"country"})),
    ),
    received=(received(1, 3.0, "s1", "a1"), received(2, 9.0, "s2", "a2"), received(2, 9.5, "s2", "a2")),
    articles=(
        Article(1, 1, "feed", "s1", "first"),
        Article(2, 2, "feed", "s2", "first"),
        Article(3, 3, "feed", "s1", "copy"),
    ),
    alerts=(Alert("a1", "country", "s1", 0, 1), Alert("a2", "country", "s2", 0, 2)),
    deliveries=(Delivery("da1", "a1", "hook", "delivered"), Delivery("da2", "a2", "hook", "delivered")),
    records=(
        *(logged("entries", item - 1, item, 1.0) for item in (1, 2, 3)),
        *(logged("articles", item - 1, item, 2.0) for item in (1, 2, 3)),
        logged("articles", 3, 1, 5.0),  # a repeat
        *(logged("extractions", item - 1, item, 2.0) for item in (1, 2, 3)),
    ),
    standings=(
        standing(2.5, "entries", 2),
        standing(4.0, "entries", 3),
        standing(4.0, "articles", 4, "article_to_extraction"),
        standing(4.0, "extractions", 3, "extraction_to_alert"),
    ),
    gauges=(Gauge(1.0, "resident all", 100.0),),
    faults=(Fault(2.5, "killed", "all"),),
    ends={("entries", 0): 3, ("articles", 0): 4, ("extractions", 0): 3},
)
LIMITS = Limits(recovery=10.0, gauges={"resident": 100.0})


def wrong(seen: Observed, limits: Limits = LIMITS) -> set[str]:
    return {violation.invariant for violation in check(seen, limits)}


def test_nothing_is_wrong_with_a_good_history() -> None:
    assert check(GOOD, LIMITS) == []


def test_the_recovery_is_the_time_until_what_was_served_before_is_told() -> None:
    # Item 3 is a copy: its subscription was told with item 1. Item 2 came late.
    assert recoveries(GOOD) == [6.5]


BROKEN = {
    "I1 an item that is nowhere": replace(GOOD, served=(*GOOD.served, Served(4.0, 4, "feed", 4, NONE))),
    "I1 a subscription that was not told": replace(GOOD, received=GOOD.received[:1]),
    "I2 two alerts of one revision": replace(GOOD, alerts=(*GOOD.alerts, Alert("a3", "country", "s1", 0, 1))),
    "I2 a copy that was told": replace(
        GOOD,
        received=(*GOOD.received, received(3, 4.0, "s3", "a3")),
        alerts=(*GOOD.alerts, Alert("a3", "country", "s3", 0, 3)),
    ),
    "I2 a text with two alerts in the database": replace(
        GOOD, alerts=(*GOOD.alerts, Alert("a3", "country", "s3", 0, 3))
    ),
    "I2 two deliveries of one alert": replace(
        GOOD, received=(*GOOD.received, replace(GOOD.received[0], delivery="other"))
    ),
    "I2 two bodies of one delivery": replace(
        GOOD, received=(*GOOD.received, replace(GOOD.received[0], digest="other"))
    ),
    "I2 an article twice": replace(GOOD, articles=(*GOOD.articles, Article(1, 4, "feed", "s1", "copy"))),
    "I2 an alert that is not in the database": replace(
        GOOD, received=(*GOOD.received, received(2, 9.6, "s4", "a4", 1))
    ),
    "I3 articles out of order": replace(
        GOOD, articles=(replace(GOOD.articles[0], number=2), replace(GOOD.articles[1], number=1), GOOD.articles[2])
    ),
    "I3 records out of order": replace(
        GOOD,
        records=tuple(
            replace(one, item={1: 2, 2: 1}.get(one.item, one.item)) if one.topic == "extractions" else one
            for one in GOOD.records
        ),
    ),
    "I4 a position that goes back": replace(
        GOOD, standings=(*GOOD.standings, standing(5.0, "entries", 2), standing(6.0, "entries", 3))
    ),
    "I4 a position before its work": replace(GOOD, standings=(standing(1.5, "entries", 1), *GOOD.standings)),
    "I4 a position before work that never came": replace(
        GOOD, records=tuple(one for one in GOOD.records if (one.topic, one.item) != ("extractions", 2))
    ),
    "I5 too much memory": replace(GOOD, gauges=(Gauge(1.0, "resident all", 101.0),)),
    "I5 nothing was measured": replace(GOOD, gauges=()),
    "I6 too slow": replace(GOOD, received=(*GOOD.received[:1], received(2, 13.0, "s2", "a2"))),
    "I7 put aside without being poison": replace(GOOD, dead=(Dead("entries", 3, "no reason", 2.0),)),
    "I7 poison that was not put aside": replace(GOOD, served=(*GOOD.served[:2], replace(GOOD.served[2], poison=True))),
    "I8 a group that is behind": replace(GOOD, standings=GOOD.standings[:-1]),
    "I8 a delivery that waits": replace(GOOD, deliveries=(replace(GOOD.deliveries[0], state="pending"),)),
    "running a process that ended by itself": replace(GOOD, endings=(Fault(4.0, "exit code 1", "all"),)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_seen(name: str) -> None:
    assert wrong(BROKEN[name]) == {name.split()[0]}


def test_the_recovery_limit_does_not_count_how_long_who_was_hit_takes_to_start() -> None:
    back = (Fault(4.0, "back", "other"), Fault(6.0, "back", "all"), Fault(20.0, "back", "all"))
    assert recoveries(replace(GOOD, backs=back), when_back=True) == [3.0]
    assert wrong(replace(GOOD, backs=back), replace(LIMITS, recovery=3.0)) == set()
    assert wrong(replace(GOOD, backs=back), replace(LIMITS, recovery=2.9)) == {"I6"}


def test_what_was_taken_away_unread_may_be_missing_and_nothing_else() -> None:
    lost = replace(GOOD, served=(*GOOD.served, *(Served(4.0, item, "feed", item, NONE) for item in (4, 5))))
    assert wrong(replace(lost, removed=frozenset({4, 5}))) == set()
    assert wrong(replace(lost, removed=frozenset({4}))) == {"I1"}


def test_a_topic_that_is_deleted_begins_anew_and_is_checked_from_there() -> None:
    again = (*(one for one in GOOD.records if one.topic != "entries"), logged("entries", 0, 4, 6.0))
    seen = replace(
        GOOD,
        served=(*GOOD.served, Served(5.5, 4, "feed", 4, NONE)),
        articles=(*GOOD.articles, Article(4, 4, "feed", "s4", "first")),
        records=(*again, logged("articles", 4, 4, 6.5), logged("extractions", 3, 4, 6.5)),
        standings=(
            *GOOD.standings,
            standing(7.0, "entries", 1),
            standing(7.0, "articles", 5, "article_to_extraction"),
            standing(7.0, "extractions", 4, "extraction_to_alert"),
        ),
        ends={("entries", 0): 1, ("articles", 0): 5, ("extractions", 0): 4},
    )
    assert wrong(seen) == {"I4"}
    deleted = replace(seen, changes=(Change(5.0, "deleted", "entries"),))
    assert wrong(deleted) == set()
    assert wrong(replace(deleted, records=deleted.records[:-2])) == {"I4"}
    assert wrong(replace(seen, changes=(Change(5.0, "trimmed", "entries"),))) == {"I4"}, "it goes on where it was"


def test_a_topic_that_is_trimmed_takes_what_could_be_said_of_its_past() -> None:
    seen = replace(GOOD, records=tuple(one for one in GOOD.records if (one.topic, one.item) != ("articles", 2)))
    assert wrong(seen) == {"I4"}
    assert wrong(replace(seen, changes=(Change(4.5, "trimmed", "articles"),))) == set()


def test_keys_have_other_partitions_once_a_topic_is_divided() -> None:
    def at(partition: int, offset: int, item: int, written: float) -> Logged:
        return Logged("extractions", partition, offset, item, "feed", written)

    rest = tuple(one for one in GOOD.records if one.topic != "extractions")
    seen = replace(GOOD, records=(*rest, at(1, 0, 1, 2.0), at(1, 1, 2, 2.0), at(0, 0, 3, 4.0)))
    assert wrong(seen) == {"I3"}
    assert wrong(replace(seen, changes=(Change(3.0, "divided", "extractions"),))) == set()


def test_poison_that_is_replayed_may_come_late_and_is_told() -> None:
    seen = replace(
        GOOD,
        served=(replace(GOOD.served[0], poison=True), *GOOD.served[1:]),
        dead=(Dead("extractions", 1, "cannot be read", 2.0),),
        articles=(replace(GOOD.articles[0], number=9), *GOOD.articles[1:]),
    )
    assert wrong(seen) == set()
    assert wrong(replace(seen, received=GOOD.received[1:])) == {"I1"}


def test_deliveries_to_who_is_not_well_may_wait() -> None:
    seen = replace(GOOD, deliveries=(*GOOD.deliveries, Delivery("d3", "a1", "http://ill/hook", "failed")))
    assert wrong(seen) == {"I8"}
    assert wrong(seen, replace(LIMITS, unwell=("http://ill",))) == set()


def test_a_position_beyond_the_end_is_seen() -> None:
    seen = replace(GOOD, ends={**GOOD.ends, ("entries", 0): 2})
    assert "I4" in wrong(seen)


def test_poison_that_was_put_aside_is_as_it_should_be() -> None:
    seen = replace(
        GOOD,
        served=(*GOOD.served, Served(4.0, 4, "feed", 4, NONE, poison=True)),
        dead=(Dead("extractions", 4, "cannot be read", 2.0),),
    )
    assert wrong(seen) == set()


def test_what_a_scenario_allows_is_not_wrong() -> None:
    seen = replace(GOOD, endings=(Fault(4.0, "exit code 2", "second"),), deliveries=())
    assert wrong(seen, replace(LIMITS, endings=("second",))) == set()


def test_of_several_looks_at_rest_the_last_counts(tmp_path: Path) -> None:
    history = History(tmp_path / "history.jsonl")
    for state in ("pending", "delivered"):
        history.note("looked")
        history.note("delivery", id="d1", alert="a1", endpoint="hook", state=state)
    assert [one.state for one in observed(history.so_far()).deliveries] == ["delivered"]
    history.close()


def test_a_history_is_read_as_it_was_written(tmp_path: Path) -> None:
    history = History(tmp_path / "history.jsonl")
    history.note("served", item=7, feed="feed", group=7, tells=["country"])
    history.note("killed", who="all")
    history.note("ended", who="all", code=1)
    history.note("position", keeper="log", group="entry_to_article", topic="entries", partition=0, next=4)
    history.note("end", topic="entries", partition=0, next=4)
    history.close()
    seen = observed(events(history.path))
    assert [(one.item, one.tells) for one in seen.served] == [(7, frozenset({"country"}))]
    assert [(one.what, one.who) for one in seen.faults] == [("killed", "all")]
    assert [(one.what, one.who) for one in seen.endings] == [("exit code 1", "all")]
    assert [one.next for one in seen.standings] == [4]
    assert seen.ends == {("entries", 0): 4}
    assert seen.faults[0].at >= seen.served[0].at


def test_a_broker_that_follows_a_dead_one_may_tell_late_what_it_has_but_not_for_long() -> None:
    killed = replace(GOOD, faults=(*GOOD.faults, Fault(4.5, "killed", "broker 1")))
    back = replace(killed, standings=(*GOOD.standings, standing(5.0, "entries", 2), standing(6.0, "entries", 3)))
    assert "I4" not in wrong(back)
    stays = replace(killed, standings=(*GOOD.standings, standing(5.0, "entries", 2), standing(40.0, "entries", 2)))
    assert "I4" in wrong(stays)
    worker = replace(back, faults=(*GOOD.faults, Fault(4.5, "killed", "entry_to_article-1")))
    assert "I4" in wrong(worker)
