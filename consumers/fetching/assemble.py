"""From lines and what is known about them to the ``Article``. The only place where text becomes NFC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from consumers.fetching.agencies import Agencies, shipped_agencies
from consumers.fetching.blocks import Line
from consumers.fetching.credits import author_of, clean_author, original_address
from consumers.fetching.language import identify
from consumers.prose import find_regions
from service.composed import nfc
from service.contracts import Article, Provenance, Region, SourceRef, content_id

LONGEST = 1_000_000
"""Characters of an article's text; what is beyond is left out, with a note."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known beside the text. ``declared``: language; ``author`` as feed or page have it."""

    url: str | None = None
    title: str | None = None
    declared: str | None = None
    author: str | None = None
    site: str | None = None
    published_at: datetime | None = None
    entry_id: str | None = None
    source: SourceRef | None = None
    traceparent: str | None = None
    text_from: Literal["feed", "page", "file"] = "file"
    note: str | None = None


def join(lines: Sequence[Line]) -> tuple[str, list[Region]]:
    """Lines as text, one a line, and the captions in it."""
    captions, at = [], 0
    for line in lines:
        if line.is_caption and line.text:
            captions.append(Region(start=at, end=at + len(line.text), kind="caption"))
        at += len(line.text) + 1
    return "\n".join(line.text for line in lines), captions


def assemble(
    text: str, captions: Iterable[Region], about: About, now: datetime, agencies: Agencies | None = None
) -> Article:
    """``text``: NFC, nothing is cut from it but what is beyond ``LONGEST``. The id stands for address and text, so the
    same page read twice is one article; a text without an address stands for its entry."""
    note = about.note
    if len(text) > LONGEST:
        left_out = f"the text has {len(text)} characters; the first {LONGEST} are kept"
        text, note = text[:LONGEST], f"{note}; {left_out}" if note else left_out
    head = f"{about.title or ''}\n{text}" if len(text) < 2000 else text
    language, confidence = identify(head, about.declared)
    regions = _merged(find_regions(text, language), [region for region in captions if region.end <= len(text)])
    credit = author_of(text, regions)
    author = clean_author(about.author, about.site) or credit
    return Article(
        id=content_id("article", about.url or about.entry_id, text),
        first_seen_at=now,
        traceparent=about.traceparent,
        entry_id=about.entry_id,
        source=about.source,
        url=about.url,
        title=nfc(about.title) if about.title else None,
        text=text,
        language=language,
        language_confidence=confidence,
        author=nfc(author) if author else None,
        published_at=about.published_at,
        provenance=Provenance(
            agencies=(agencies or shipped_agencies()).cited(text, language, regions, about.author),
            original_url=original_address(text, regions),
            text_from=about.text_from,
            note=note,
        ),
        regions=regions,
    )


def _merged(by_form: Sequence[Region], captions: Sequence[Region]) -> tuple[Region, ...]:
    """In order, no two over each other: what the page marked as a caption is one."""
    taken = {region.start for region in captions}
    others = [
        region
        for region in by_form
        if region.start not in taken and not any(c.start < region.end and region.start < c.end for c in captions)
    ]
    return tuple(sorted([*captions, *others], key=lambda region: region.start))
