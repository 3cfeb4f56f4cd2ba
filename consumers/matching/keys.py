"""Keys: what a document has and an atom needs. The index goes from a key to the rules that can't hold without it."""

import re
from urllib.parse import urlsplit

from consumers.matching.folding import fold, words
from service.contracts import Rule

Key = tuple[str, str]
"""Kind (mention, speaker, addressee, about, named, word, language, source) and value. ``named`` takes demonyms too."""


def keys_of(atom: Rule) -> tuple[Key, ...]:
    """The keys a document must all have for ``atom`` to hold."""
    if atom.actor is not None:
        return ((atom.role or "mention", atom.actor),)
    if atom.pair is not None:
        return tuple(("named", actor) for actor in atom.pair)
    if atom.phrase is not None:
        return tuple(("word", word) for word in dict.fromkeys(words(fold(atom.phrase))))
    if atom.language is not None:
        return (("language", atom.language),)
    return (("source", source_key(atom.source or "")),)


def source_key(value: str) -> str:
    """A source as a rule names it (id, address, host or name) in the form that ``source_values`` gives."""
    text = value.strip()
    if "://" in text:
        return text.rstrip("/")
    folded = fold(text).rstrip("/")
    if re.fullmatch(r"[^\s/]+\.[^\s/]+", folded):
        return _ascii(folded.removeprefix("www."))
    return folded


def source_values(*, source_id: str | None, url: str | None, name: str | None, article_url: str | None) -> set[str]:
    """All that a rule may call a source: id, name, address, its host and the article's with every domain above them."""
    values = {source_key(value) for value in (source_id, name) if value}
    for address in (url, article_url):
        if address:
            values.add(address.rstrip("/"))
            values.update(_domains(address))
    return values


def _domains(url: str) -> set[str]:
    try:
        parts = urlsplit(url)
        host = _ascii((parts.hostname or "").lower())
        place = f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return set()
    labels = host.split(".")
    return {place, host} | {".".join(labels[start:]) for start in range(1, len(labels))}


def _ascii(host: str) -> str:
    """A host as it travels (IDNA), itself where it can't."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
