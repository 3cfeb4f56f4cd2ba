"""The page on configuration names every setting, and none that does not exist."""

import re
from pathlib import Path

from service.settings import Settings, duration, size
from service.settings_sources import leaves

PAGE = Path("docs/configuration.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|", PAGE, re.M))


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    assert sorted(ROWS) == sorted(key for key, _ in leaves(Settings()))


def test_the_defaults_on_the_page_are_the_defaults() -> None:
    for key, value in leaves(Settings()):
        written = re.fullmatch(r"`(.+)`", ROWS[key])
        if not written or isinstance(value, (str, bool)):
            assert not written or written[1] == str(value).lower() or written[1] == value
        elif isinstance(value, float):
            assert duration(written[1]) == value, key
        elif isinstance(value, int):
            assert size(written[1]) == value, key
        else:
            assert written[1] == str(list(value)), key
