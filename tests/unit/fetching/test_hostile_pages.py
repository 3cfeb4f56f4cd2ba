"""Pages with what no text has in it."""

import pytest

from consumers.fetching.page import read_page
from service.errors import Invalid

TEXT = "Die Regierung hat am Montag beschlossen, dass der Hafen ausgebaut wird. " * 8


def test_stray_control_characters_do_not_hide_the_article() -> None:
    body = f"<html><body><article><p>{TEXT}\x00\x08\x1b\x0c\ufffe</p><p>{TEXT}</p></article></body></html>"
    page = read_page(body.encode(), "text/html; charset=utf-8", None)
    assert "Hafen ausgebaut" in page.lines[0].text
    assert "\x08" not in page.lines[0].text


def test_data_that_says_it_is_a_page_is_refused() -> None:
    with pytest.raises(Invalid, match="not text"):
        read_page(bytes(range(256)) * 400, "text/html", None)
