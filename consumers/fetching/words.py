"""The words of ``words.yaml`` as alternatives of a regular expression."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (files("consumers.fetching") / "words.yaml").read_text(encoding="utf-8")
    )
    return found


def either(kind: str) -> str:
    """All words of a kind in all languages, longest first: a German text on a Vietnamese page keeps "theo"."""
    words = {word for of_language in _tables()[kind].values() for word in of_language}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
