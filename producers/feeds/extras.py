"""What the fast parser leaves out, read from the document tree: raw dates, bases, languages, inline XHTML, and how
often the feed wants to be asked (RSS 2.0 ``ttl``, ``skipHours``, ``skipDays``; RSS 1.0 syndication module)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from producers.feeds.feed import NO_TIMING, Timing

BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM_TITLE = "{http://www.w3.org/2005/Atom}title"
MEDIA = "{http://search.yahoo.com/mrss/}"
PUBLISHED = ("pubDate", "published", "issued", "date", "created")
UPDATED = ("updated", "modified")
PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class ItemExtras:
    """``base``: what relative addresses are relative to; ``title_text``: the title where Atom says that it is no
    HTML (its default; RSS titles are HTML by custom)."""

    base: str
    link: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    title_text: str | None = None
    guid_is_link: bool = False
    has_content: bool = True
    inline_content: str | None = None
    inline_summary: str | None = None
    media_description: str | None = None


@dataclass(frozen=True, slots=True)
class FeedExtras:
    base: str
    link: str | None = None
    language: str | None = None
    hub: str | None = None
    timing: Timing = NO_TIMING
    items: tuple[ItemExtras, ...] = ()


def read_extras(xml: bytes, url: str) -> FeedExtras | None:
    """``xml``: UTF-8 without document type; ``url``: where it came from. None when there is no tree to be had."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    base = _base(root, url)
    channel = next((child for child in _elements(root) if _name(child) == "channel"), root)
    base = _base(channel, base) if channel is not root else base
    fields = [child for child in _elements(channel) if _name(child) not in ("item", "entry")]
    link, hub = None, None
    for field in fields:
        if _name(field) == "link":
            rel, href = field.get("rel", "alternate"), field.get("href")
            if rel == "alternate" and link is None:
                link = href or field.text
            elif rel == "hub":
                hub = href
    return FeedExtras(
        base,
        link,
        root.get(LANG) or _text(fields, ("language",)),
        hub,
        _timing(fields),
        tuple(_item(item, base) for item in root.iter("{*}item", "{*}entry")),
    )


def _item(item: etree._Element, base: str) -> ItemExtras:
    fields = [child for child in _elements(item) if not child.tag.startswith(MEDIA)]
    first: dict[str, etree._Element] = {}
    link = None
    for field in fields:
        name = _name(field)
        first.setdefault(name, field)
        if name == "link" and link is None and field.get("rel", "alternate") == "alternate":
            link = field.get("href")
    base = _base(item, base)
    title, guid = first.get("title"), first.get("guid")
    body = first.get("content", first.get("encoded"))
    summary = first.get("description", first.get("summary"))
    base = base if body is None else _base(body, base)
    return ItemExtras(
        base,
        link,
        _text(fields, PUBLISHED),
        _text(fields, UPDATED),
        item.get(LANG) or _text(fields, ("language",)),
        title.text if title is not None and title.tag == ATOM_TITLE and title.get("type", "text") == "text" else None,
        guid is not None and guid.get("isPermaLink", "true").lower() != "false",
        body is not None,
        _inline(body),
        _inline(summary),
        next((media.text for media in item.iter(MEDIA + "description")), None),
    )


def _inline(element: etree._Element | None) -> str | None:
    """What stands in an element as markup (Atom's XHTML, or HTML that somebody forgot to escape)."""
    if element is None or not len(element):
        return None
    parts = (etree.tostring(child, encoding="unicode", with_tail=True) for child in element)
    return (element.text or "") + "".join(parts)


def _timing(fields: list[etree._Element]) -> Timing:
    ttl = _text(fields, ("ttl",))
    seconds = float(ttl) * 60 if ttl and ttl.isdigit() and len(ttl) < 8 else None
    if seconds is None and (period := _text(fields, ("updatePeriod",))):
        times = _text(fields, ("updateFrequency",)) or "1"
        count = int(times) if times.isdigit() and 0 < len(times) < 5 else 1
        seconds = PERIODS.get(period.lower(), 0.0) / max(1, count) or None
        if seconds == 3600:
            seconds = None  # the default of a very common publishing program, chosen by nobody
    hours: set[int] = set()
    days: set[int] = set()
    for field in fields:
        values = [(child.text or "").strip().lower() for child in _elements(field)]
        if _name(field) == "skipHours":
            hours |= {int(value) % 24 for value in values if value.isdigit() and int(value) <= 24}
        elif _name(field) == "skipDays":
            days |= {DAYS.index(value) for value in values if value in DAYS}
    return Timing(seconds or None, frozenset(hours), frozenset(days))


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (child for child in parent if isinstance(child.tag, str))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _base(element: etree._Element, base: str) -> str:
    own = element.get(BASE)
    try:
        return urljoin(base, own.strip()) if own else base
    except ValueError:
        return base


def _text(fields: Iterable[etree._Element], names: tuple[str, ...]) -> str | None:
    """The text of the first field of the first of ``names`` that has one."""
    texts: dict[str, str] = {}
    for field in fields:
        if field.text and field.text.strip():
            texts.setdefault(_name(field), str(field.text.strip()))
    return next((texts[name] for name in names if name in texts), None)
