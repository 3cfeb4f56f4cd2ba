"""Countries by the first half of a compound: "Sino-Indian", "американо-китайские". Pure.

The other half, behind the hyphen, has to be another country's adjective: "Indo-Pacific", "Franco-Prussian" name none.
"""

from collections.abc import Iterable, Iterator

from consumers.extracting.names.grammar import Named
from consumers.extracting.names.hits import joins
from consumers.extracting.names.rules import Rules
from service.actors import Catalogue, Form

CONFIDENCE = 0.95
HYPHENS = "-‑–"
LONGEST = 24
"""Letters of a half."""


def in_halves(text: str, rules: Rules, catalogue: Catalogue, named: Iterable[Named]) -> Iterator[Named]:
    """Countries whose half stands before another's adjective, and before such a half ("ирано-афгано-пакистанская")."""
    if not rules.halves:
        return
    ends = {name.end for name in named}
    for name in named:
        start, actor = name.start, name.actor
        while name.how == "demonym" and start > 1 and text[start - 1] in HYPHENS:
            end = start - 1
            start = _word_start(text, end)
            owner = rules.halves.get(text[start:end].lower())
            if owner is None or end in ends or owner == actor.id:
                break
            actor = catalogue.get(owner)
            form = Form(text[start:end], rules.language, "demonym", "demonym", rule="first half of a compound")
            yield Named(start, end, actor, "demonym", form, CONFIDENCE)


def _word_start(text: str, end: int) -> int:
    start = end
    while start > max(0, end - LONGEST) and joins(text[start - 1]):
        start -= 1
    return start
