from datetime import UTC, datetime

import pytest

from producers.opml import Outline, read_opml, write_opml
from service.contracts import Source
from service.errors import Invalid


def test_what_is_written_is_read_again():
    at = datetime(2026, 9, 1, tzinfo=UTC)
    sources = [
        Source(id="1", url="https://x.example/?a=1&b=2", title='Ä "quoted" <title>', language="kk", added_at=at),
        Source(id="2", url="https://y.example/", added_at=at),
    ]
    assert read_opml(write_opml(sources)) == [
        Outline("https://x.example/?a=1&b=2", 'Ä "quoted" <title>', "kk"),
        Outline("https://y.example/", "https://y.example/", None),
    ]


def test_folders_strange_case_and_repeats():
    text = """<?xml version="1.0"?><opml version="1.0"><body><outline text="Folder">
      <outline text="A" XMLURL="https://a.example/"/><outline text="B" xmlUrl=" https://b.example/ "/></outline>
      <outline text="A again" xmlUrl="https://a.example/"/><outline text="no feed"/></body></opml>"""
    assert [(one.url, one.title) for one in read_opml(text)] == [
        ("https://a.example/", "A"),
        ("https://b.example/", "B"),
    ]


@pytest.mark.parametrize("text", ["", "hello", "<rss/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><html>&a;</html>"])
def test_what_is_no_opml_says_so(text):
    with pytest.raises(Invalid, match="not an OPML file"):
        read_opml(text)
