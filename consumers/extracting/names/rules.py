"""What decides about names in one language, read from ``lists/``: words, not code."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class TitleOrder:
    """Where the country or organisation stands beside a title, and what is between them.

    ``before``/``after``: text between name and title; the ``genitive`` ones only where the name is in the genitive.
    """

    demonym_before: bool = False
    demonym_after: bool = False
    before: tuple[str, ...] = ()
    before_genitive: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_genitive: tuple[str, ...] = ()
    compound: bool = False
    """Name, hyphen, title in one word: UN-Generalsekretär."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that is also another thing. ``needs_support``: counts only when the text names a neighbouring thing."""

    against: frozenset[str] = frozenset()
    supports: frozenset[str] = frozenset()
    person: bool = False
    """Also a given name or surname."""
    not_first: bool = False
    """Also an ordinary word, which a capital at the start of a sentence does not tell apart."""
    needs_support: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """All lists of one language; ``any.yaml`` says what each is."""

    language: str
    titles: TitleOrder = TitleOrder()
    determiners: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    former_after: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    words_alike: frozenset[str] = frozenset()
    attribution: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    shared_titles: frozenset[str] = frozenset()
    loose_titles: frozenset[str] = frozenset()
    sayings: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    next_syllables: frozenset[str] = frozenset()
    name_syllables: frozenset[str] = frozenset()
    country_syllables: frozenset[str] = frozenset()
    manners: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    """Ids of people whose surname alone means them."""
    ministries: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    shadows: frozenset[str] = frozenset()
    shadow_before: tuple[str, ...] = ()
    shadow_after: frozenset[str] = frozenset()
    title_tails: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    not_sides: frozenset[str] = frozenset()
    not_before_sides: frozenset[str] = frozenset()
    sure_signs: frozenset[str] = frozenset()
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Characters that stand for countries → the ids each may mean."""
    pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Such characters together → whom they mean, each its own, whatever else they could."""
    not_pairs: frozenset[str] = frozenset()
    halves: Mapping[str, str] = field(default_factory=dict)
    """First halves of compounds, in small letters → the country's id."""
    ambiguous: Mapping[str, Ambiguous] = field(default_factory=dict)
    capital_nouns: bool = False
    syllables: bool = False
    """Words are syllables and names of countries are short ones (Vietnamese)."""
    patronymics: bool = False
    """Full names hold the father's name between given name and surname."""


NOT_LISTS = frozenset(
    ["language", "titles", "abbreviations", "pairs", "halves", "ambiguous", "capital_nouns", "syllables", "patronymics"]
)
"""Fields that are no plain lists of words."""
UNKNOWN = TitleOrder(demonym_before=True, demonym_after=True, before=(" ",), after=(" ",))
"""Orders tried in languages without a file of their own."""


@cache
def rules(language: str) -> Rules:
    """The rules of ``language``; what holds in every language where it has no file."""
    folder = resources.files("consumers.extracting.names") / "lists"
    shared = yaml.safe_load((folder / "any.yaml").read_text("utf-8"))
    path = folder / f"{language}.yaml"
    own: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    values: dict[str, Any] = {}
    for item in fields(Rules):
        if item.name in NOT_LISTS:
            continue
        words = [str(word) for word in (*(shared.get(item.name) or ()), *(own.get(item.name) or ()))]
        values[item.name] = tuple(words) if item.name == "shadow_before" else frozenset(words)
    return Rules(
        language=language,
        titles=order(own["titles"]) if "titles" in own else UNKNOWN,
        abbreviations={sign: tuple(ids) for sign, ids in (own.get("abbreviations") or {}).items()},
        pairs={signs: tuple(ids) for signs, ids in (own.get("pairs") or {}).items()},
        halves={half: actor for actor, halves in (own.get("halves") or {}).items() for half in halves},
        ambiguous={name: ambiguous(entry) for name, entry in (own.get("ambiguous") or {}).items()},
        capital_nouns=own.get("capital_nouns", False),
        syllables=own.get("syllables", False),
        patronymics=own.get("patronymics", False),
        **values,
    )


def order(entry: Mapping[str, Any]) -> TitleOrder:
    before, after = entry.get("name_before", {}), entry.get("name_after", {})
    return TitleOrder(
        demonym_before=entry.get("demonym_before", False),
        demonym_after=entry.get("demonym_after", False),
        before=tuple(before.get("plain", ())),
        before_genitive=(before["genitive"],) if "genitive" in before else (),
        after=tuple(after.get("plain", ())),
        after_genitive=(after["genitive"],) if "genitive" in after else (),
        compound=entry.get("compound", False),
    )


def ambiguous(entry: Mapping[str, Any]) -> Ambiguous:
    return Ambiguous(
        against=frozenset(entry.get("against", ())),
        supports=frozenset(entry.get("for", ())),
        person=entry.get("person", False),
        not_first=entry.get("not_first", False),
        needs_support=entry.get("needs_support", False),
    )
