"""Surnames that count only where the text has the full name too: "Wang" of Wang Yi, "Khan" of Imran Khan.

They are common words or many people's names. Most are taken out of full names, some are listed.
"""

import re
from collections.abc import Iterator

from service.actors.actor import Actor

NUMBERED = re.compile(r"[IVX]+\.?|Jr\.?")
UNTOLD = frozenset({"ar"})
"""Languages without capitals but with spaces: the last word of a name is too often a plain word there, so those that
are none are listed (``surname_in_full``)."""
SHORTEST = 2


def surnames_in_names(actor: Actor, language: str) -> Iterator[str]:
    """Those listed as such, and where no surname at all is listed, the one in each of the full names, each once."""
    listed = actor.surnames_in_full.get(language, ())
    yield from listed
    if listed or actor.surnames.get(language):
        return
    if actor.kind != "person" or actor.surname_stands == "nowhere" or language in UNTOLD:
        return
    place = 0 if actor.surname_stands == "first" else -1
    found: dict[str, None] = {}
    for name in actor.names.get(language, ()):
        words = name.split("·") if language == "zh" else name.split()
        if len(words) > 1 and not any(NUMBERED.fullmatch(word) for word in words):
            found[words[place]] = None
    yield from (name for name in found if len(name) >= SHORTEST)
