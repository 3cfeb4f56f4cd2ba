"""Feeds that edit, rename and shuffle their entries: (script, requests needed, titles of the articles in the end)."""

from collections.abc import Sequence

from tests.e2e.good_source import item, text_about
from tests.e2e.scripted_feed import Step, not_modified, ok

LINK = "http://127.0.0.1:9/{}"
"""Nobody is there: the feed's own text has to do."""


def entry(title: str, text: str = "", link: str = "", guid: str = "", more: str = "") -> str:
    return item(title, f"<p>{text or text_about(title)}</p>", LINK.format(link) if link else "", guid, more)


ONE, TWO, THREE = (entry(f"Steady {n}", link=f"steady-{n}", guid=f"steady-{n}") for n in (1, 2, 3))


def at_minute(number: int) -> str:
    return f"<lastBuildDate>Tue, 03 Nov 2026 10:0{number}:00 GMT</lastBuildDate>"


ENTRIES: dict[str, tuple[Sequence[Step], int, list[str]]] = {
    "an entry that stays": (
        [ok(items=entry("Stays", link="stays", guid="stays"), channel=at_minute(n)) for n in range(4)],
        4,
        ["Stays"],
    ),
    "an entry that stays over 304": (
        [
            ok('ETag: "1"', items=entry("Kept", link="kept", guid="kept")),
            not_modified(),
            not_modified(),
            ok('ETag: "2"', items=entry("Kept", link="kept", guid="kept"), channel=at_minute(1)),
        ],
        4,
        ["Kept"],
    ),
    "an entry that is edited": (
        [
            ok(items=entry("Edited", text_about("before"), "edited", "edited")),
            ok(items=entry("Edited", text_about("after"), "edited", "edited")),
        ],
        4,
        ["Edited", "Edited"],
    ),
    "an entry whose markup and dates change": (
        [
            ok(
                items=entry(
                    "Dressed",
                    text_about("Dressed") + "<br/>" * n,
                    "dressed",
                    "dressed",
                    f"<pubDate>Tue, 03 Nov 2026 10:0{n}:00 GMT</pubDate>",
                )
            )
            for n in range(4)
        ],
        4,
        ["Dressed"],
    ),
    "an entry with another GUID each time": (
        [ok(items=entry("Renamed", link="renamed", guid=f"renamed-{n}")) for n in range(5)],
        5,
        ["Renamed"],
    ),
    "an entry with another address each time": (
        [ok(items=entry("Counted", link=f"counted?utm_source={n}&amp;x=1")) for n in range(4)],
        4,
        ["Counted"],
    ),
    "entries that all have the same GUID": (
        [
            ok(items="".join(entry(f"Same {n}", link=f"same-{n}", guid="same") for n in range(4))),
            ok(items="".join(entry(f"Same {n}", link=f"same-{n}", guid="same") for n in range(5))),
        ],
        3,
        [f"Same {n}" for n in range(5)],
    ),
    "entries that all have the same address": (
        [ok(items="".join(entry(f"Live {n}", link="live", guid=f"live-{n}") for n in range(3)))],
        3,
        [f"Live {n}" for n in range(3)],
    ),
    "entries with a title only": (
        [
            ok(items="".join(f"<item><title>Bare {n}</title></item>" for n in range(3)), channel=at_minute(m))
            for m in (1, 2, 3)
        ],
        3,
        [f"Bare {n}" for n in range(3)],
    ),
    "entries that leave, return and change places": (
        [ok(items=ONE + TWO + THREE), ok(items=THREE), ok(items=TWO + THREE + ONE), ok(items=ONE)],
        5,
        ["Steady 1", "Steady 2", "Steady 3"],
    ),
}
