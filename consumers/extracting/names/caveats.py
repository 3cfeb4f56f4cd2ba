"""What a text has to show before a form of a name counts, in words: the rules of reading, told beforehand."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from consumers.extracting.names.rules import Ambiguous, rules
from service.actors import Actor, Catalogue, Form
from service.actors.fold import fold

SHOWN = 5
"""Words of a list that are told."""
VARIES = {
    "none": "exactly as written",
    "case": "in any case, with hyphens and apostrophes of any kind",
    "accents": "in any case, with or without accents, with hyphens and apostrophes of any kind",
}
"""How far a text may differ from a form."""


class Caveats:
    """For the forms of one catalogue's actors."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def of(self, actor: Actor, form: Form) -> str | None:
        """Why the form may not count where it stands; None when it always does."""
        told = [*self._needed(actor, form), *self._ambiguous(actor, form), *self._shared(actor, form)]
        return "; ".join(told) or None

    def _needed(self, actor: Actor, form: Form) -> Iterator[str]:
        own = rules(form.language)
        if form.strength == "surname":
            if form.in_full:
                yield "a surname: counts where the text has the full name"
            elif actor.id in own.known:
                yield "a surname that alone means this person, unless a given name of another stands before it"
            else:
                yield "a surname: counts where the text has the full name, or a title or office of the person"
        elif form.strength == "short" and form.text not in own.standing:
            if actor.type == "agency":
                yield "a short form: counts where the text names its sources"
            elif actor.kind == "country":
                yield "a short form: counts where the text names the country in full, its people or who governs it"
            else:
                yield "a short form: counts where the text has the full name, two members or what it belongs to"
        elif form.how == "title":
            yield "on the days of the term, where no former or deputy and no other name stands beside it"

    def _ambiguous(self, actor: Actor, form: Form) -> Iterator[str]:
        own = rules(form.language)
        if actor.kind == "country" and form.strength in ("full", "short") and form.text in own.ambiguous:
            yield from _other_things(own.ambiguous[form.text])
        if actor.kind != "country" or form.how == "title":
            return
        phrases = dict.fromkeys((*self.catalogue.not_meant.get(form.language, ()), *sorted(own.shadows)))
        longer = [phrase for phrase in phrases if f" {form.text} " in f" {phrase} " and phrase != form.text]
        if longer:
            yield f"not within {_quoted(longer)}"
        if form.text in phrases:
            yield "also the name of something else, which wins"

    def _shared(self, actor: Actor, form: Form) -> Iterator[str]:
        others = [other for other in self._owners.get(fold(form.text), ()) if other != actor.id]
        if others and form.how != "title":
            named = ", ".join(f"{self.catalogue.get(other).label()} ({other})" for other in others[:SHOWN])
            yield f"also a name of {named}: the text's language or its other words decide, else it is nobody's"

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        """Folded name → ids."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for actor in self.catalogue:
            for lists in (actor.names, actor.short, actor.surnames):
                for names in lists.values():
                    for name in names:
                        found[fold(name)][actor.id] = None
        return {name: list(ids) for name, ids in found.items()}


def _other_things(rule: Ambiguous) -> Iterator[str]:
    if rule.person:
        yield "ambiguous: also a given name or surname, so not beside other words of a person's name"
    if rule.not_first:
        yield "ambiguous: also an ordinary word, so not at the head of a sentence"
    if rule.against:
        yield f"ambiguous: not near {_quoted(sorted(rule.against))}"
    if rule.supports:
        yield f"surely with {_quoted(sorted(rule.supports))} in the text"
    if rule.needs_support:
        yield "ambiguous: only where the text names another country"


def _quoted(words: list[str]) -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(f"“{word}”" for word in words[:SHOWN]) + more
