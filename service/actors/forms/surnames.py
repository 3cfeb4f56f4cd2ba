"""Surnames that nobody listed, out of full names: "Wang" of Wang Yi, "Khan" of Imran Khan.

They are common words or many people's names, so they count only where the text has the full name too.
"""

import re
from collections.abc import Iterator

from service.actors.actor import Actor

NUMBERED = re.compile(r"[IVX]+\.?|Jr\.?")
UNTOLD = frozenset({"ar"})
"""Languages without capitals but with spaces: the last word of a name is too often a plain word there."""
SHORTEST = 2


def surnames_in_names(actor: Actor, language: str) -> Iterator[str]:
    """The surname in each of the actor's full names in ``language``, each once."""
    if actor.kind != "person" or actor.surname_stands == "nowhere" or language in UNTOLD:
        return
    place = 0 if actor.surname_stands == "first" else -1
    found: dict[str, None] = {}
    for name in actor.names.get(language, ()):
        words = name.split("·") if language == "zh" else name.split()
        if len(words) > 1 and not any(NUMBERED.fullmatch(word) for word in words):
            found[words[place]] = None
    yield from (name for name in found if len(name) >= SHORTEST)
