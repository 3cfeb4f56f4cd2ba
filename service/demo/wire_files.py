"""Read the demo wire's texts: one YAML file a feed."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "wire"


@dataclass(frozen=True)
class DemoEntry:
    """``minutes``: how long before the start it was published."""

    slug: str
    minutes: int
    title: str
    author: str
    paragraphs: tuple[str, ...]
    summary: str
    credit: str | None
    source_line: str | None


@dataclass(frozen=True)
class DemoFeed:
    """``name`` is the file's, its first part the language; ``marked`` says that the texts are invented."""

    name: str
    language: str
    title: str
    format: str
    full_text: bool
    marked: str
    entries: tuple[DemoEntry, ...]


def demo_feeds() -> tuple[DemoFeed, ...]:
    """All feeds, by name."""
    return tuple(_feed(file) for file in sorted(FOLDER.glob("*.yaml")))


def _feed(file: Path) -> DemoFeed:
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    entries = tuple(
        DemoEntry(
            slug=entry["slug"],
            minutes=entry["minutes"],
            title=entry["title"],
            author=entry["author"],
            paragraphs=tuple(entry["paragraphs"]),
            summary=entry.get("summary", entry["paragraphs"][0]),
            credit=entry.get("credit"),
            source_line=entry.get("source_line"),
        )
        for entry in raw["entries"]
    )
    return DemoFeed(
        name=file.stem,
        language=file.stem.partition("-")[0],
        title=raw["title"],
        format=raw["format"],
        full_text=raw["full_text"],
        marked=raw["marked"],
        entries=entries,
    )
