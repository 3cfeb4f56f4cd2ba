"""Everything to look for in texts of one language, as one automaton (Aho and Corasick 1975) over folded text."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick_rs

from consumers.extracting.names.rules import Rules, rules
from service.actors import Actor, Catalogue, Form
from service.actors.fold import fold, fold_case
from service.actors.forms import TitleForm, inflected

KEPT = 16
"""Vocabularies kept at a time: one a language and catalogue, a few megabytes each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of an actor's name."""

    actor: Actor
    form: Form
    level: str
    """The form with case folded: what a text must equal where accents count."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A longer name of something else."""

    text: str


Pattern = Entry | Shadow | TitleForm


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """``patterns[i]`` is what the automaton's pattern ``i`` may stand for."""

    language: str
    rules: Rules
    automaton: Any
    patterns: tuple[tuple[Pattern, ...], ...]
    surname_owners: Mapping[str, frozenset[str]]
    """Folded surname → people of that name."""
    common_given_names: frozenset[str]
    """Folded common given names, in all cases."""
    given_names: Mapping[str, frozenset[str]]
    """Folded given name → people of that name; nobody for common ones."""


@lru_cache(maxsize=KEPT)
def vocabulary(catalogue: Catalogue, language: str) -> Vocabulary:
    """Built on first use (0.05 to 0.6 s, most of it Russian morphology), then kept."""
    own = rules(language)
    found: dict[str, list[Pattern]] = defaultdict(list)
    surnames: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = {fold(name): set() for name in own.given}
    for actor in catalogue:
        seen: set[tuple[str, str]] = set()
        for form in catalogue.forms(actor, language):
            key = fold(form.text)
            if (form.text, form.strength) in seen:
                continue
            seen.add((form.text, form.strength))
            found[key].append(Entry(actor, form, fold_case(form.text)))
            if form.strength == "surname":
                if not form.in_full:
                    surnames[key].add(actor.id)
            elif actor.kind == "person" and " " in form.text:
                for name in given_names(actor, form.text):
                    given.setdefault(fold(name), set()).add(actor.id)
    for title in catalogue.title_forms(language):
        found[fold(title.text)].append(title)
    for text in dict.fromkeys((*own.shadows, *catalogue.not_meant.get(language, ()))):
        for spelling in (text, *(form for form, _ in inflected(text, language))):
            found[fold(spelling)].append(Shadow(spelling))
    common = {fold(form) for name in own.given for form in (name, *(case for case, _ in inflected(name, language)))}
    return Vocabulary(
        language=language,
        common_given_names=frozenset(common),
        rules=own,
        automaton=ahocorasick_rs.AhoCorasick(list(found)),
        patterns=tuple(tuple(entries) for entries in found.values()),
        surname_owners={name: frozenset(ids) for name, ids in surnames.items()},
        given_names={name: frozenset(ids) for name, ids in given.items()},
    )


def given_names(actor: Actor, full_name: str) -> list[str]:
    """The words of a full name that are not the surname, and the parts of double ones."""
    surnames = {word for names in actor.surnames.values() for name in names for word in name.split(" ")}
    words = full_name.split(" ")
    given = [word for word in words[:-1] if word not in surnames and len(word) > 1]
    return [*given, *(part for word in given if "-" in word for part in word.split("-") if len(part) > 1)]
