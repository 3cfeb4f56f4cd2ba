"""A subscription's alerts as Atom (RFC 4287). Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from service.contracts import Alert, Subscription

NAMESPACE = "http://www.w3.org/2005/Atom"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def atom(subscription: Subscription, alerts: Sequence[Alert], base: str) -> bytes:
    """The feed's bytes; ``base`` is the service's own address without a slash at its end."""
    feed = Element("feed", {"xmlns": NAMESPACE})
    _text(feed, "title", f"wirewatch: {subscription.name}")
    _text(feed, "id", f"urn:wirewatch:subscription:{subscription.id}")
    SubElement(feed, "link", {"rel": "self", "href": f"{base}/feeds/{quote(subscription.name, safe='')}.atom"})
    SubElement(feed, "link", {"rel": "alternate", "href": f"{base}/"})
    _text(feed, "updated", max((alert.raised_at for alert in alerts), default=EPOCH).isoformat())
    _text(SubElement(feed, "author"), "name", "wirewatch")
    for alert in alerts:
        _entry(feed, alert, base)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, alert: Alert, base: str) -> None:
    entry = SubElement(feed, "entry")
    title = alert.title or "(no title)"
    _text(entry, "title", f"{title} (revision {alert.revision})" if alert.revision else title)
    _text(entry, "id", f"urn:wirewatch:alert:{alert.id}")
    SubElement(entry, "link", {"rel": "alternate", "href": f"{base}/alerts/{alert.id}"})
    if alert.url:
        SubElement(entry, "link", {"rel": "via", "href": _clean(alert.url)})
    _text(entry, "updated", alert.raised_at.isoformat())
    if alert.published_at:
        _text(entry, "published", alert.published_at.isoformat())
    _text(SubElement(entry, "author"), "name", alert.source)
    _text(entry, "content", "\n".join(_lines(alert))).set("type", "text")


def _lines(alert: Alert) -> list[str]:
    """Why, and who says what, one line each."""
    made = []
    for reason in alert.why:
        evidence = reason.evidence
        proof = f"…{evidence.prefix}{evidence.exact}{evidence.suffix}…" if evidence else reason.note or ""
        made.append(" ".join(f"{reason.rule}: {proof}".split()))
    for statement in alert.statements:
        speaker = statement.speaker.evidence.exact if statement.speaker else "?"
        made.append(f"{speaker}: {' … '.join(quote.exact for quote in statement.quote)}")
    return made


def _text(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = _clean(text)
    return child


def _clean(text: str) -> str:
    """Without what XML 1.0 (section 2.2) has no way to write."""
    return "".join(
        character
        for character in text
        if character in "\t\n\r"
        or " " <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character > "\uffff"
    )
