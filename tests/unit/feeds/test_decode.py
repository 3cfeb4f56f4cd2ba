"""Feeds that say something wrong about their character set."""

import pytest

from producers.feeds.decode import decode
from producers.feeds.parse import parse


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_a_feed_in_another_character_set_than_it_says_is_read(encoding: str) -> None:
    written = (
        '<?xml version="1.0" encoding="utf-8"?><rss><title>Саммит пройдёт осенью, сообщает агентство</title></rss>'
    )
    text, notes = decode(written.encode(encoding), "text/xml; charset=utf-8")
    assert text == written
    assert notes


def test_halves_of_characters_in_a_json_feed_are_replaced() -> None:
    body = r'{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "title": "%s"}]}'
    title = r"\ud83d\ude00 \ud83d \ude00 \\ud83d \\\ud83d"
    feed = parse((body % title).encode(), "application/feed+json", "http://example.org/")
    assert feed.entries[0].title == "😀 \ufffd \ufffd \\ud83d \\\ufffd"
