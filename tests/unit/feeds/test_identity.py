from dataclasses import replace

import pytest

from producers.feeds.feed import Entry
from producers.feeds.identity import MOST_EDITS, changed, content_hash, identify, tidy

A = Entry(guid="g-a", link="https://x.example/a", title="Alpha", summary="<p>first words</p>")
B = Entry(guid="g-b", link="https://x.example/b", title="Beta", summary="<p>second words</p>")


def kinds(entries, known=(), **more):
    return [one.kind for one in identify(entries, known, **more)]


def remembered(*entries):
    return [one.memory for one in identify(entries, ())]


def test_new_entries_are_new_once():
    known = remembered(A, B)
    assert kinds([A, B]) == ["new", "new"]
    assert kinds([B, A], known) == ["known", "known"]
    assert changed(identify([A, B], known), known) == []


def test_an_edit_is_the_same_entry_with_other_words():
    edit = replace(A, title="Alpha, corrected")
    (one,) = identify([edit], remembered(A, B))
    assert (one.kind, one.key) == ("edited", remembered(A)[0].key)
    assert changed([one], remembered(A, B)) == [one.memory]


@pytest.mark.parametrize(
    "moved",
    [
        replace(A, guid="g-other"),
        replace(A, link="https://www.x.example/a/?utm_source=rss#top"),
        replace(A, guid=None),
        replace(A, guid="g-other", link="https://elsewhere.example/1"),
        replace(A, summary='<div class="x">first&nbsp;  words</div>'),
    ],
)
def test_a_changed_guid_address_or_markup_is_no_news(moved):
    assert kinds([moved, B], remembered(A, B)) == ["known", "known"]


def test_one_guid_for_all_does_not_make_them_one():
    entries = [replace(A, guid="same"), replace(B, guid="same")]
    known = remembered(*entries)
    assert len({row.key for row in known}) == 2
    third = Entry(guid="same", link="https://x.example/c", title="Gamma")
    assert kinds([third, *entries], known) == ["new", "known", "known"]
    assert kinds([third], known) == ["new"]


def test_without_guids_the_address_decides_and_without_both_the_words():
    by_link = [replace(A, guid=None), replace(B, guid=None)]
    assert kinds([replace(by_link[0], title="Edited"), by_link[1]], remembered(*by_link)) == ["edited", "known"]
    bare = [Entry(title="One"), Entry(title="Two"), Entry(title="One")]
    assert kinds(bare) == ["new", "new"]
    assert kinds(bare, remembered(*bare)) == ["known", "known"]


def test_one_address_for_all_does_not_make_them_one():
    entries = [Entry(link="https://x.example/", title=title) for title in ("One", "Two", "Three")]
    assert kinds(entries) == ["new", "new", "new"]
    assert kinds([Entry(link="https://x.example/", title="Four"), *entries], remembered(*entries)) == [
        "new",
        "known",
        "known",
        "known",
    ]


def test_an_entry_that_never_rests_is_not_published_for_ever():
    known = remembered(A)
    edit = replace(A, title="Alpha at 12:01")
    assert kinds([edit], known, edits={known[0].key: MOST_EDITS - 1}) == ["edited"]
    assert kinds([edit], known, edits={known[0].key: MOST_EDITS}) == ["restless"]


def test_the_content_hash_hears_words_and_nothing_else():
    assert content_hash(replace(A, guid="x", link="y", author="z")) == content_hash(A)
    assert content_hash(replace(A, summary="<p>first words!</p>")) != content_hash(A)
    assert content_hash(Entry(title="caf\u0065\u0301")) == content_hash(Entry(title="caf\u00e9"))


def test_tidy_keeps_what_tells_articles_apart():
    assert tidy("https://x.example/a?id=1&utm_medium=rss") == tidy("http://www.x.example/a/?id=1")
    assert tidy("https://x.example/a?id=1") != tidy("https://x.example/a?id=2")
    assert tidy(None) == ""
    assert tidy("http://[bad") == "http://[bad"
