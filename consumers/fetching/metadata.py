"""What a page says about itself: meta elements, Open Graph, JSON-LD (schema.org), links."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from consumers.fetching.blocks import collapse

LONGEST_JSON = 500_000
_ARTICLE = re.compile(r"(?:News|Blog|Report|Analysis|Opinion|Review)?(?:Article|Posting|Report)$")
_SPLIT = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*|\s*::\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    canonical: str | None = None
    language: str | None = None
    site: str | None = None
    body: str | None = None
    """The article's text, where JSON-LD has it: pages that are made by script have it nowhere else."""


def read_metadata(tree: Any, host: str | None = None) -> Metadata:
    """The best of what is there; nothing is guessed from the text. ``host``: the page's, which may name the site."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = collapse(element.get("content") or "")
        if name and value:
            metas.setdefault(name, value[:2000])
    linked = next(iter(_articles(tree)), {})
    site = metas.get("og:site_name") or _name(linked.get("publisher"))
    headings = [text for heading in tree.iter("h1") if (text := collapse(heading.text_content()))]
    titles = [collapse(element.text_content()) for element in tree.iter("title")]
    canonical = next(
        (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical" and e.get("href")),
        None,
    )
    named = (
        _text(linked.get("headline")),
        metas.get("og:title"),
        metas.get("twitter:title"),
        *titles[:1],
        *headings[:1],
    )
    raw = next((title for title in named if title), None)
    return Metadata(
        short_title(raw, headings, site, host),
        _name(linked.get("author"))
        or _person(metas.get("author"))
        or _person(metas.get("article:author"))
        or _rel(tree),
        _date(_text(linked.get("datePublished"))) or _date(metas.get("article:published_time")) or _time(tree),
        canonical or metas.get("og:url"),
        (
            tree.get("lang")
            or _text(linked.get("inLanguage"))
            or metas.get("og:locale")
            or metas.get("language")
            or None
        ),
        site,
        linked.get("articleBody") if isinstance(linked.get("articleBody"), str) else None,
    )


def short_title(title: str | None, headings: list[str], site: str | None, host: str | None = None) -> str | None:
    """``title`` without the name of the site behind a separator."""
    if not title:
        return None
    for heading in headings:
        if title.startswith(heading) and (len(heading) >= 10 or title[len(heading) :].lstrip()[:1] in "|–—·•»:-"):
            return heading
    parts = _SPLIT.split(title)
    last = _letters(parts[-1])
    if len(parts) > 1 and last and (last == _letters(site) or (len(last) > 3 and last in _letters(host))):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·•»-:\t")
    bar = title.rpartition(" | ")[0]
    return bar if len(bar) >= 15 else title


def _letters(text: str | None) -> str:
    """For comparing names of sites: "Người Đưa Tin" is nguoiduatin.vn."""
    plain = unicodedata.normalize("NFD", (text or "").casefold().replace("đ", "d").replace("ß", "ss"))
    return "".join(letter for letter in plain if letter.isalnum())


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "") and len(text) <= LONGEST_JSON:
            try:
                waiting = [json.loads(text.strip(), strict=False)]
            except (ValueError, RecursionError):
                continue
            while waiting and len(waiting) < 1000:
                thing = waiting.pop(0)
                if isinstance(thing, list):
                    waiting += thing
                elif isinstance(thing, dict):
                    kinds = thing.get("@type")
                    if any(
                        isinstance(k, str) and _ARTICLE.fullmatch(k)
                        for k in (kinds if isinstance(kinds, list) else [kinds])
                    ):
                        yield thing
                    waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]


def _text(value: Any) -> str | None:
    return collapse(value)[:1000] or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """Names of a schema.org Person or Organization, or of several."""
    if isinstance(value, list):
        return ", ".join(name for one in value[:5] if (name := _name(one))) or None
    if isinstance(value, dict):
        return _person(_text(value.get("name")))
    return _person(_text(value))


def _person(value: str | None) -> str | None:
    """``value`` if it can be a name: no address, not a whole sentence."""
    if not value or len(value) > 120 or value.startswith(("http://", "https://", "@")) or "@" in value:
        return None
    return value


def _rel(tree: Any) -> str | None:
    for element in tree.iter("a", "span"):
        if (element.get("rel") or "").lower() == "author" or element.get("itemprop") == "author":
            return _person(collapse(element.text_content())[:200] or None)
    return None


def _time(tree: Any) -> datetime | None:
    times = [
        e
        for e in tree.iter("time")
        if e.get("datetime") and (e.get("pubdate") is not None or e.get("itemprop") == "datePublished")
    ]
    return _date(times[0].get("datetime")) if times else None


def _date(value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((value or "").strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
