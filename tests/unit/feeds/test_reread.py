from dataclasses import replace
from datetime import UTC, datetime, timedelta

from producers.feeds.feed import Entry, Feed
from producers.feeds.identity import MOST_EDITS, changed, identify
from producers.feeds.pace import FULL_TEXT
from producers.feeds.publish import feed_entry
from producers.feeds.reread import with_dates
from service.contracts import Source
from service.storage import KnownEntry

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def teaser(name: str, updated: datetime | None = NOW - 5 * HOUR, **more: str) -> Entry:
    return Entry(guid=name, link=f"https://x.example/{name}", title=name, summary="few", updated_at=updated, **more)


def look(entries, known=(), now=NOW, edits=None):
    edits = edits or {}
    return with_dates(identify(entries, known, edits), known, edits, now)


def remember(entries, known=(), now=NOW) -> list[KnownEntry]:
    return [one.memory for one in look(entries, known, now)]


def again(entries, known, now=NOW, edits=None) -> list[str]:
    return [one.entry.guid for one in look(entries, known, now, edits) if one.kind == "edited" and one.again]


def test_a_teaser_with_a_later_date_is_read_again():
    known = remember([teaser("a"), teaser("b")])
    assert again([teaser("a"), teaser("b", NOW)], known) == ["b"]
    assert again([teaser("a"), teaser("b")], known) == []
    assert again([teaser("a", NOW - 9 * HOUR), teaser("b")], known) == [], "an earlier date is no edit"
    assert again([teaser("a", NOW + 50 * HOUR)], known) == [], "nor is one that nobody can believe"


def test_it_is_another_message_and_the_same_date_brings_it_once():
    known = remember([teaser("a")])
    source = Source(id="s", url="https://x.example/feed", added_at=NOW)
    (first,) = look([teaser("a")])
    (second,) = look([teaser("a", NOW)], known)
    assert feed_entry(source, Feed(), first, NOW).id != feed_entry(source, Feed(), second, NOW).id
    assert again([teaser("a", NOW)], [second.memory], NOW + 3 * HOUR) == []


def test_at_most_once_an_hour_and_what_came_sooner_is_not_forgotten():
    known = remember([teaser("a", NOW)], remember([teaser("a")]))
    soon = NOW + HOUR / 2
    assert again([teaser("a", soon)], known, soon) == []
    kept = remember([teaser("a", soon)], known, soon)
    assert kept == known
    assert again([teaser("a", soon)], kept, NOW + HOUR) == ["a"]


def test_a_feed_that_dates_everything_anew_means_nothing_by_it():
    names = "abcdef"
    known = remember([teaser(name) for name in names])
    everything = [teaser(name, NOW) for name in names]
    assert again(everything, known) == []
    assert changed(look(everything, known), known) == [], "nor is anything written for it"


def test_who_brings_the_whole_text_or_has_no_page_or_is_restless_is_left_alone():
    whole = "w" * FULL_TEXT
    known = remember([teaser("a", content=whole)])
    assert again([teaser("a", NOW, content=whole)], known) == []
    bare = replace(teaser("b"), link=None)
    assert again([replace(bare, updated_at=NOW)], remember([bare])) == []
    known = remember([teaser("c")])
    assert again([teaser("c", NOW)], known, edits={known[0].key: MOST_EDITS}) == []


def test_dates_of_entries_that_were_known_without_one_are_learnt_first():
    (row,) = remember([teaser("a")])
    old = replace(row, updated=None)
    (learnt,) = remember([teaser("a", NOW)], [old])
    assert learnt.updated == NOW
    assert again([teaser("a", NOW)], [old]) == []
