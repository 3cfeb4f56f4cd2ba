"""An actor and the forms of its names: frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from service.contracts import How, Kind

ActorKind = Literal["country", "organisation", "person"]
Strength = Literal["full", "short", "surname", "demonym"]
SurnamePlace = Literal["first", "last", "nowhere"]
Fold = Literal["none", "case", "accents"]
Names = Mapping[str, tuple[str, ...]]
"""Language (BCP 47 primary subtag) → names."""

MENTION_KIND: dict[ActorKind, Kind] = {"country": "place", "organisation": "organisation", "person": "person"}


@dataclass(frozen=True, slots=True, eq=False)
class Office:
    """A term of office. ``until`` is the day of handing over: the successor holds the office on that day."""

    role: str
    of: str
    """Id of the country or organisation."""
    since: date
    until: date | None = None
    titles: Names = field(default_factory=dict)
    """Titles of this office only (Bundeskanzler), beside those every holder of the role is called by."""

    def held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Somebody the catalogue knows. ``id`` is a Wikidata QID where there is one, else ``ww:slug``."""

    id: str
    kind: ActorKind
    names: Names
    """Full names; the first of a language is its label."""
    short: Names = field(default_factory=dict)
    """Acronyms and short forms: case counts, and the text has to support them."""
    surnames: Names = field(default_factory=dict)
    surnames_in_full: Names = field(default_factory=dict)
    """Surnames that are plain words or many people's: they count only where the text has the full name too."""
    surname_stands: SurnamePlace = "last"
    """Where in a full name what papers call the person by afterwards stands."""
    stems: Names = field(default_factory=dict)
    """Lower-case stems of demonyms and adjectives."""
    members: tuple[str, ...] = ()
    parent: str | None = None
    iso: str | None = None
    gender: str | None = None
    """``m`` or ``f``."""
    type: str | None = None
    """``igo`` or ``agency`` for organisations."""
    offices: tuple[Office, ...] = ()

    @property
    def mention_kind(self) -> Kind:
        """What a mention of it is called in an extraction."""
        return MENTION_KIND[self.kind]

    def label(self, language: str = "en") -> str:
        """Its name in ``language``, else in English, else the first there is, else the id."""
        for names in (self.names.get(language), self.names.get("en"), *self.names.values()):
            if names:
                return names[0]
        return self.id


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling the matcher looks for, and why.

    ``how`` is what a mention found by it says; ``rule`` names what made the form out of a name ("as written",
    "de: genitive"); ``strength`` says what the text has to show before the form counts: nothing for ``full`` and
    ``demonym``, support for ``short`` and ``surname``. ``fold`` is how much the text may differ from it.
    """

    text: str
    language: str
    how: How
    why: str
    rule: str = "as written"
    strength: Strength = "full"
    fold: Fold = "case"
    in_full: bool = False
    """Whether, whatever its strength, the text has to name the actor in full as well."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the catalogue's data: which actor, what, and what to do."""

    actor: str
    message: str
