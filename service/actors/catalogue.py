"""The catalogue: actors by id and by name, and every form that stands for one."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from service.actors.actor import Actor, Form, Names, Problem
from service.actors.check import problems
from service.actors.fold import fold, fold_case
from service.actors.forms import Endings, TitleForm, forms_in, forms_of_other_languages, title_forms
from service.actors.forms.titles import Roles
from service.actors.forms.transcription import TARGETS
from service.errors import ConfigError, NotFound

CUTOFF = 0.6
"""Least similarity (Ratcliff and Obershelp) of a suggestion."""
NEAREST = 60
"""Names that share most trigrams with the question and are compared in full."""


class Catalogue:
    """Frozen after it is made; ``version`` is a hash of the data, so what is built from it can be kept."""

    def __init__(
        self,
        actors: Iterable[Actor],
        *,
        roles: Roles | None = None,
        endings: Mapping[str, Endings] | None = None,
        not_meant: Names | None = None,
        version: str = "0",
    ) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self.roles: Roles = roles or {}
        self.endings: Mapping[str, Endings] = endings or {}
        self.not_meant: Names = not_meant or {}
        """Language → phrases that hold a name and are another thing."""
        self.version = version

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def __len__(self) -> int:
        return len(self._actors)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._actors

    def get(self, actor_id: str) -> Actor:
        """The actor of that id. Raises NotFound."""
        try:
            return self._actors[actor_id]
        except KeyError:
            raise NotFound(
                f"no actor {actor_id!r} in the catalogue; `wirewatch actors find NAME` looks names up"
            ) from None

    def find(self, name: str, limit: int = 10) -> list[Actor]:
        """Actors called ``name`` in any language; else those with the most similar names, best first."""
        exact = self._called(name)
        if exact:
            return exact[:limit]
        folded = fold(name).strip()
        if not folded:
            return []
        shared: Counter[str] = Counter()
        for part in trigrams(folded):
            shared.update(self._trigrams.get(part, ()))
        scored: dict[str, float] = {}
        matcher = difflib.SequenceMatcher(b=folded, autojunk=False)
        for candidate, _ in shared.most_common(NEAREST):
            matcher.set_seq1(candidate)
            score = matcher.ratio() if matcher.quick_ratio() >= CUTOFF or folded in candidate else 0.0
            if score >= CUTOFF or folded in candidate:
                for actor_id in self._similar[candidate]:
                    scored[actor_id] = max(scored.get(actor_id, 0.0), score)
        return [self._actors[actor_id] for actor_id in sorted(scored, key=lambda key: (-scored[key], key))[:limit]]

    def resolve(self, id_or_name: str) -> Actor:
        """The one actor that ``id_or_name`` means. Raises ConfigError that lists the candidates otherwise."""
        if id_or_name in self._actors:
            return self._actors[id_or_name]
        exact = self._called(id_or_name)
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise ConfigError(f"{id_or_name!r} means several actors: {listed(exact)}; give the id")
        similar = self.find(id_or_name, 5)
        hint = f"did you mean {listed(similar)}?" if similar else "`wirewatch actors find` searches by name"
        raise ConfigError(f"no actor is called {id_or_name!r}; {hint}")

    def forms(self, actor: Actor, language: str) -> Iterator[Form]:
        """What the matcher looks for in a text in ``language``."""
        yield from forms_in(actor, language, self.endings.get(language))
        yield from forms_of_other_languages(actor, language)

    def expand(self, actor: Actor) -> list[Form]:
        """Every form in every language, and why; titles as title and whose it is."""
        languages = dict.fromkeys((*actor.names, *actor.short, *actor.surnames, *actor.stems))
        if actor.kind == "person":
            languages |= dict.fromkeys(TARGETS)
        found = [form for language in languages for form in forms_in(actor, language, self.endings.get(language))]
        for language in languages:
            others = forms_of_other_languages(actor, language)
            found.extend(form for form in others if form.language == language)
        for office in actor.offices:
            place = self._actors.get(office.of)
            term = f"{office.since} to {office.until or 'now'}"
            for language, label in ((lang, place.label(lang)) for lang in languages if place):
                for title in (*self.roles.get(office.role, {}).get(language, ()), *office.titles.get(language, ())):
                    why = f"{office.role} of {label}, {term}"
                    found.append(
                        Form(f"{title} … {label}", language, "title", why, "title beside country or organisation")
                    )
        return list(dict.fromkeys(found))

    def title_forms(self, language: str) -> list[TitleForm]:
        """Titles of roles and of single offices in all their cases."""
        return list(title_forms(language, self.roles, self.people))

    def holders(self, of: str, day: date) -> list[tuple[Actor, int]]:
        """Who holds which office (index into ``offices``) of a country or organisation on ``day``."""
        return [(person, i) for person, i in self._offices.get(of, ()) if person.offices[i].held_on(day)]

    def check(self) -> list[Problem]:
        """What is wrong with the data; empty when all is well."""
        return problems(self._actors, self.roles)

    def warm(self) -> "Catalogue":
        """Builds what the first search would build (about half a second of CPU): for a thread, before serving."""
        self._called("")
        self.find("?")
        return self

    @cached_property
    def people(self) -> tuple[Actor, ...]:
        return tuple(actor for actor in self if actor.kind == "person")

    @cached_property
    def _offices(self) -> dict[str, list[tuple[Actor, int]]]:
        found: dict[str, list[tuple[Actor, int]]] = defaultdict(list)
        for person in self.people:
            for index, office in enumerate(person.offices):
                found[office.of].append((person, index))
        return found

    def _called(self, name: str) -> list[Actor]:
        """Actors of exactly this name: with its accents, else without; full names before short ones."""
        name = name.strip()
        ids = self._names.get(fold_case(name)) or self._folded.get(fold(name)) or self._shorts.get(fold_case(name))
        return [self._actors[actor_id] for actor_id in ids or ()]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return index_of(((actor.id, name) for actor in self for name in full_names(actor)), fold_case)

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        return index_of(((actor.id, name) for actor in self for name in full_names(actor)), fold)

    @cached_property
    def _shorts(self) -> dict[str, list[str]]:
        kinds = ((actor.id, (*actor.short.values(), *actor.surnames.values())) for actor in self)
        return index_of(((actor_id, name) for actor_id, lists in kinds for names in lists for name in names), fold_case)

    @cached_property
    def _similar(self) -> dict[str, list[str]]:
        lists = ((actor.id, names) for actor in self for names in (actor.names, actor.short, actor.surnames))
        return index_of(((key, name) for key, names in lists for values in names.values() for name in values), fold)

    @cached_property
    def _trigrams(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._similar:
            for part in trigrams(name):
                found[part].append(name)
        return found


def full_names(actor: Actor) -> Iterator[str]:
    for names in actor.names.values():
        yield from names


def index_of(pairs: Iterable[tuple[str, str]], folding: Callable[[str], str]) -> dict[str, list[str]]:
    """Folded name → ids."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for actor_id, name in pairs:
        found[folding(name)][actor_id] = None
    return {key: list(ids) for key, ids in found.items()}


def trigrams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def listed(actors: Iterable[Actor]) -> str:
    return ", ".join(f"{actor.label()} ({actor.id})" for actor in actors)
