"""Which entry is which: known again through changed GUIDs, changed addresses and edits.

A GUID is believed unless several entries share it; then the address is, unless several share that; then title and text.
What was published once keeps its key, so that an edit is a new version of the same entry and not another one.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from producers.feeds.feed import Entry
from service.composed import nfc
from service.contracts import content_id
from service.storage.entries import KnownEntry

MOST_EDITS = 5
"""Versions of one entry that are published; more are a clock or a counter in its text, not news."""

Kind = Literal["new", "edited", "known", "restless"]
_TAG = re.compile(r"<[^<>]*>")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|yclid|mc_[ce]id|at_(?:medium|campaign)|ref|cmp(?:id)?|xtor|wt_mc|ns_.*)$", re.I
)


@dataclass(frozen=True, slots=True)
class Identified:
    """An entry, its key within the feed, the hash of what it says; new, edited, known as it is, or restless (edited
    too often to be news). ``again``: only its date is another; ``updated``, ``reread_at``: to be remembered."""

    entry: Entry
    key: str
    content_hash: str
    kind: Kind
    again: bool = False
    updated: datetime | None = None
    reread_at: datetime | None = None

    @property
    def memory(self) -> KnownEntry:
        """What to remember of it."""
        entry = self.entry
        return KnownEntry(
            self.key, entry.guid, entry.link, entry.title, self.content_hash, self.updated, self.reread_at
        )


def identify(
    entries: Iterable[Entry], known: Sequence[KnownEntry], edits: Mapping[str, int] | None = None
) -> tuple[Identified, ...]:
    """Every entry of one document once, in its order. ``known``: what was seen in the feed before; ``edits``: how often
    a key was edited lately."""
    there = list(entries)
    guids = Counter(entry.guid for entry in there if entry.guid)
    links = Counter(tidy(entry.link) for entry in there if entry.link)
    by_guid, by_link = _index(known, lambda row: row.guid), _index(known, lambda row: tidy(row.link))
    by_text = _index(known, lambda row: row.content_hash)
    keys = {row.key: row for row in known}
    found: dict[str, Identified] = {}
    twice: set[tuple[str, str]] = set()
    for entry in there:
        digest = content_hash(entry)
        guid = entry.guid if entry.guid and guids[entry.guid] == 1 else None
        link = tidy(entry.link) if entry.link and links[tidy(entry.link)] == 1 else None
        row = _single(by_guid, guid) or _single(by_link, link) or _single(by_text, digest)
        if (tidy(entry.link), digest) in twice:
            continue  # the same thing twice in one document
        twice.add((tidy(entry.link), digest))
        if row is not None and row.key not in found:
            key = row.key
        else:
            key, row = content_id("entry-key", guid or link or digest), None
            if key in keys or key in found:
                key = content_id("entry-key", entry.guid, tidy(entry.link), digest)
                row = keys.get(key)
        if key in found:
            continue
        kind: Kind = "new" if row is None else "known" if row.content_hash == digest else "edited"
        if kind == "edited" and (edits or {}).get(key, 0) >= MOST_EDITS:
            kind = "restless"
        found[key] = Identified(entry, key, digest, kind)
    return tuple(found.values())


def changed(identified: Iterable[Identified], known: Sequence[KnownEntry]) -> list[KnownEntry]:
    """What has to be remembered anew."""
    before = set(known)
    return [memory for one in identified if (memory := one.memory) not in before]


def content_hash(entry: Entry) -> str:
    """Hash of what an entry says: its words, not its markup, addresses, dates and spacing."""
    return content_id("entry-content", _words(entry.title), _words(entry.content or entry.summary))


def tidy(link: str | None) -> str:
    """An address for comparing: without scheme, www, fragment, tracking parameters and final slash."""
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        query = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name)]
        host, number = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return link
    port = f":{number}" if number not in (None, 80, 443) else ""
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(query)}".rstrip("?")


def _words(markup: str | None) -> str:
    text = html.unescape(_TAG.sub(" ", markup or ""))
    return " ".join(_INVISIBLE.sub("", nfc(text)).split())


def _index(known: Sequence[KnownEntry], of: Callable[[KnownEntry], str | None]) -> dict[str, list[KnownEntry]]:
    index: dict[str, list[KnownEntry]] = {}
    for row in known:
        if value := of(row):
            index.setdefault(value, []).append(row)
    return index


def _single(index: dict[str, list[KnownEntry]], value: str | None) -> KnownEntry | None:
    rows = index.get(value, []) if value else []
    return rows[0] if len(rows) == 1 else None
