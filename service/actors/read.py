"""Reads the catalogue's data files. Blocking, about half a second: at start, or in a thread."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from service.actors.actor import Actor, ActorKind, Names, Office
from service.actors.catalogue import Catalogue
from service.actors.forms import Endings
from service.errors import ConfigError

FILES = ("countries", "organisations", "agencies", "people")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_OWN_FILE = 10 * 1024 * 1024
"""Bytes of a user's own file."""


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The shipped catalogue, with the entries of the user's ``own`` YAML file added or, by id, laid over.

    Raises ConfigError naming the file and the entry.
    """
    folder = resources.files("service.actors") / "data"
    digest = hashlib.sha256()
    entries: dict[str, dict[str, Any]] = {}
    for name in FILES:
        for entry in parsed(folder / f"{name}.yaml", digest) or ():
            entry.setdefault("kind", "country" if name == "countries" else "organisation")
            entries[entry["id"]] = entry
    if own is not None:
        for entry in own_entries(own, digest):
            lay_over(entries, entry, own)
    cldr = cldr_names(folder, digest)
    actors = [actor_of(entry, cldr.get(str(entry.get("iso")), {})) for entry in entries.values()]
    roles = {role: names_of(names) for role, names in (parsed(folder / "roles.yaml", digest) or {}).items()}
    endings = {
        language: Endings(tuple(tuple(group) for group in rule["groups"]), rule.get("capital", False))
        for language, rule in (parsed(folder / "demonym_endings.yaml", digest) or {}).items()
    }
    not_meant = names_of(parsed(folder / "not_meant.yaml", digest))
    return Catalogue(actors, roles=roles, endings=endings, not_meant=not_meant, version=digest.hexdigest()[:16])


def parsed(path: Traversable | Path, digest: Any) -> Any:
    """A YAML file's content, None when there is none; its bytes go into ``digest``."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    digest.update(data)
    try:
        return yaml.load(data, LOADER)  # noqa: S506 - the C twin of the safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from error


def own_entries(path: Path, digest: Any) -> list[Any]:
    """The list in a user's file. Raises ConfigError when it is not there, too large or no list."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    if size > MAX_OWN_FILE:
        raise ConfigError(f"{path}: larger than {MAX_OWN_FILE} bytes; keep only what the catalogue lacks")
    entries = parsed(path, digest) or []
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: a list of actors is expected (- id: …), got {type(entries).__name__}")
    return entries


def cldr_names(folder: Traversable, digest: Any) -> dict[str, dict[str, tuple[str, ...]]]:
    """ISO code → language → names of the Unicode CLDR, generated into ``cldr.json``."""
    path = folder / "cldr.json"
    if not path.is_file():
        return {}
    data = path.read_bytes()
    digest.update(data)
    return {iso: names_of(names) for iso, names in json.loads(data).items()}


def names_of(names: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    """Language → names; a single name may stand without a list."""
    listed = {
        str(lang): (value,) if isinstance(value, str) else tuple(value or ()) for lang, value in (names or {}).items()
    }
    return {language: values for language, values in listed.items() if values}


def merged(first: Names, second: Names) -> dict[str, tuple[str, ...]]:
    """Names of both, those of ``first`` before; each once."""
    return {lang: tuple(dict.fromkeys((*first.get(lang, ()), *second.get(lang, ())))) for lang in {**first, **second}}


def actor_of(entry: Mapping[str, Any], cldr: Names) -> Actor:
    """An entry of a data file as an actor."""
    try:
        kind: ActorKind = entry["kind"]
        return Actor(
            id=entry["id"],
            kind=kind,
            names=merged(cldr, names_of(entry.get("names"))),
            short=names_of(entry.get("short")),
            surnames=names_of(entry.get("surname")),
            surnames_in_full=names_of(entry.get("surname_in_full")),
            surname_stands=entry.get("surname_stands") or "last",
            stems=names_of(entry.get("stems")),
            members=tuple(entry.get("members") or ()),
            parent=entry.get("parent"),
            iso=entry.get("iso"),
            gender=entry.get("gender"),
            type=entry.get("type"),
            offices=tuple(offices_of(entry.get("offices") or ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigError(
            f"actor {entry.get('id', '(no id)')}: {error!r}; see the comments at the head of people.yaml"
        ) from error


def offices_of(entries: Iterable[Mapping[str, Any]]) -> Iterable[Office]:
    for entry in entries:
        until = entry.get("to")
        yield Office(
            role=entry["role"],
            of=entry["of"],
            since=day(entry["from"]),
            until=None if until is None else day(until),
            titles=names_of(entry.get("title")),
        )


def day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def lay_over(entries: dict[str, dict[str, Any]], entry: Any, path: Path) -> None:
    """Adds ``entry``, or lays its fields over the entry of the same id (names by language)."""
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise ConfigError(f"{path}: every entry needs an id (a Wikidata QID or ww:slug), got {str(entry)[:60]!r}")
    known = entries.get(entry["id"])
    if known is None:
        if entry.get("kind") not in ("country", "organisation", "person"):
            raise ConfigError(
                f"{path}: {entry['id']}: kind is country, organisation or person, got {entry.get('kind')!r}"
            )
        entries[entry["id"]] = entry
        return
    for key, value in entry.items():
        both = isinstance(value, dict) and isinstance(known.get(key), dict)
        known[key] = {**known[key], **value} if both else value
