"""The good source beside the bad ones: it publishes when told to, and every article of it has to be alerted."""

import json
import random
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.program import Program, until
from tests.e2e.raw_site import RawSites, Reply, Request, reply

ACTOR = "Q485207"
SUBSCRIPTION = {"name": "good", "rule": {"actor": ACTOR}}
LEAST = 3
"""Good articles that have to come through, however soon the bad ones are done with."""
SECONDS = 30.0
"""A generous deadline for what takes a second or two on a quiet machine."""
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>'
    "<link>http://example.org/</link><description>d</description>{items}</channel></rss>"
)
NOUNS = (
    "Bahnhof Hafen Vertrag Kredit Zoll Tunnel Brücke Pipeline Strommast Lager Container Fahrplan Kongress "
    "Ausschuss Haushalt Flughafen Speicher Kanal Damm Acker Markt Weizen Stahl Kupfer Uran Seide Teppich "
    "Museum Theater Verlag"
)
VERBS = "plant prüft baut öffnet verkauft sucht ersetzt verlegt verlängert eröffnet erweitert bezahlt teilt"
PLACES = "Bremen Kassel Jena Ulm Trier Passau Gera Siegen Worms Celle Fulda Goslar Emden Lindau Husum Zwickau"


def text_about(seed: str, sentences: int = 14) -> str:
    """German prose that names the SCO once; no two seeds give texts that are copies of each other."""
    dice, nouns, verbs, places = random.Random(seed), NOUNS.split(), VERBS.split(), PLACES.split()
    lines = ["Die Shanghaier Organisation für Zusammenarbeit berät darüber."]
    for _ in range(sentences):
        noun, other, third = dice.sample(nouns, 3)
        lines.append(
            f"In {dice.choice(places)} {dice.choice(verbs)} man seit {dice.randint(2, 400)} Tagen: {noun}, {other} und "
            f"{third} kosten {dice.randint(1000, 99999)} Mark, {dice.choice(verbs)} die Verwaltung von "
            f"{dice.choice(places)} mit."
        )
    dice.shuffle(lines)
    return " ".join(lines)


def feed(*items: str, title: str = "Feed") -> bytes:
    return RSS.format(title=title, items="".join(items)).encode()


def item(title: str, text: str = "", link: str = "", guid: str = "", more: str = "") -> str:
    """One RSS item; ``text`` in its description, ``more``: further elements as they are."""
    parts = [f"<title>{title}</title>" if title else "", f"<link>{link}</link>" if link else "", more]
    parts += [f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""]
    parts += [f"<description><![CDATA[{text}]]></description>" if text else ""]
    return f"<item>{''.join(parts)}</item>"


def page(text: str, title: str = "Seite") -> bytes:
    """A page with an article, as an answer."""
    body = f"<!doctype html><html lang=de><head><meta charset=utf-8><title>{title}</title></head><body><article>"
    return reply(f"{body}<h1>{title}</h1><p>{text}</p></article></body></html>".encode(), kind="text/html")


class GoodSource:
    """``publish`` one more article: by turns with its text in the feed and on a page."""

    def __init__(self, sites: RawSites) -> None:
        self._sites = sites
        self._items: list[str] = []
        self.published: dict[str, float] = {}
        self._routes: dict[str, Reply] = {"/feed": self._feed, "/hook": reply(status="204 No Content")}
        self.base = sites.serve(self._routes)
        self.url, self.hook = f"{self.base}/feed", f"{self.base}/hook"

    async def _feed(self, _: Request, writer: Any) -> None:
        writer.write(reply(feed(*self._items[-50:], title="Good")))

    def publish(self) -> str:
        """The title of the new article."""
        number = len(self.published)
        title, text = f"Gute Nachricht {number}", text_about(f"good {number}")
        if number % 2:
            self._routes[f"/{number}"] = page(text, title)
            self._items.append(item(title, "", f"{self.base}/{number}", f"good-{number}"))
        else:
            whole = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
            self._items.append(item(title, "", f"{self.base}/{number}", f"good-{number}", whole))
        self.published[title] = time.monotonic()
        return title

    def received(self, url: str = "") -> list[tuple[str, str, float]]:
        """(webhook-id, title of the alert, when) of all that the good receiver (or another) was sent, in order."""
        return [
            (asked.headers["webhook-id"], json.loads(asked.body)["data"]["title"], asked.at)
            for asked in self._sites.asked(url or self.hook)
        ]

    def delays(self) -> dict[str, float | None]:
        """Seconds from publication to the alert, by title; None for what has not come."""
        came: dict[str, float] = {}
        for _, title, at in self.received():
            came.setdefault(title, at)
        return {title: came[title] - at if title in came else None for title, at in self.published.items()}

    def await_all(self, seconds: float = SECONDS) -> None:
        until(lambda: None not in self.delays().values(), seconds)


@dataclass
class Outcome:
    """What became of a run, as an operator can see it."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    letters: list[dict[str, Any]] = field(default_factory=list)
    alerts: list[dict[str, Any]] = field(default_factory=list)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    delays: dict[str, float | None] = field(default_factory=dict)
    peak_rss: int = 0
    """MiB that the service's process has had at most."""

    def titles(self, url: str) -> list[str]:
        """Titles of the alerts that a source has brought."""
        return sorted(alert["title"] for alert in self.alerts if alert["source"] == url)


def ask(program: Program, path: str) -> Any:
    """A JSON answer of the service's API."""
    with urllib.request.urlopen(program.address + path, timeout=20) as answer:
        return json.load(answer)


def peak_rss(program: Program) -> int:
    """MiB, from the kernel (VmHWM)."""
    assert program.service is not None
    status = Path(f"/proc/{program.service.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def look(program: Program, good: GoodSource) -> Outcome:
    """All that is known now."""
    return Outcome(
        sources={row["url"]: row for row in program.listing("sources", "list")},
        letters=program.listing("dlq", "list"),
        alerts=program.listing("alerts", "list"),
        deliveries=program.listing("deliveries", "list", "--limit", "1000"),
        delays=good.delays(),
        peak_rss=peak_rss(program),
    )
