"""What can be wrong in the catalogue: clashes, empty forms, bad dates, doubtful ids, what is not there."""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from service.actors.actor import Actor, Names, Problem
from service.actors.fold import fold_case
from service.actors.forms.titles import Roles

ID = re.compile(r"Q[1-9]\d{0,9}|ww:[a-z0-9]+(-[a-z0-9]+)*")
EARLIEST = date(1900, 1, 1)


def problems(actors: Mapping[str, Actor], roles: Roles) -> list[Problem]:
    """All problems, in the order of the data."""
    found = [problem for actor in actors.values() for problem in own_problems(actor, actors, roles)]
    return [*found, *clashes(actors), *double_terms(actors)]


def own_problems(actor: Actor, actors: Mapping[str, Actor], roles: Roles) -> Iterator[Problem]:
    if not ID.fullmatch(actor.id):
        yield Problem(actor.id, "doubtful id: a Wikidata QID (Q232) or ww:slug is expected")
    if not actor.names:
        yield Problem(actor.id, "has no name")
    if actor.kind == "person" and actor.gender not in ("m", "f"):
        yield Problem(actor.id, f"gender is m or f, got {actor.gender!r}")
    fields: tuple[Names, ...] = (actor.names, actor.short, actor.surnames, actor.surnames_in_full, actor.stems)
    for names in fields:
        for language, values in names.items():
            for name in values:
                yield from name_problems(actor, language, name)
    for other in (*actor.members, *([actor.parent] if actor.parent else [])):
        if other not in actors:
            yield Problem(actor.id, f"member or parent {other} is not in the catalogue")
    for office in actor.offices:
        if office.of not in actors:
            yield Problem(actor.id, f"office of {office.of}, which is not in the catalogue")
        if roles and office.role not in roles and not office.titles:
            yield Problem(actor.id, f"role {office.role!r} has no titles in roles.yaml")
        if office.since < EARLIEST or (office.until is not None and office.until <= office.since):
            yield Problem(actor.id, f"bad dates: {office.role} from {office.since} to {office.until}")


def name_problems(actor: Actor, language: str, name: object) -> Iterator[Problem]:
    if not isinstance(name, str):
        # YAML reads an unquoted NO or 1 as something else.
        yield Problem(actor.id, f"{language}: {name!r} is not text; put it in quotes")
    elif not any(unicodedata.category(char)[0] not in "PZNS" for char in name) or name != " ".join(name.split()):
        yield Problem(actor.id, f"{language}: empty form or stray spaces: {name!r}")
    elif name != unicodedata.normalize("NFC", name):
        yield Problem(actor.id, f"{language}: {name!r} is not NFC")


def clashes(actors: Mapping[str, Actor]) -> Iterator[Problem]:
    """The same full name for two actors in one language."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for actor in actors.values():
        for language, names in actor.names.items():
            for name in names:
                if isinstance(name, str):
                    owners[language, fold_case(name)].add(actor.id)
    for (language, name), ids in owners.items():
        if len(ids) > 1:
            yield Problem(min(ids), f"{language}: {name!r} also names {', '.join(sorted(ids - {min(ids)}))}")


def double_terms(actors: Mapping[str, Actor]) -> Iterator[Problem]:
    """Two people in the same office without a title of their own at the same time."""
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for actor in actors.values():
        for office in actor.offices:
            if not office.titles:
                terms[office.of, office.role].append((office.since, office.until or date.max, actor.id))
    for (of, role), spans in terms.items():
        spans.sort()
        for (_, end, first), (start, _, second) in itertools.pairwise(spans):
            if start < end and first != second:
                yield Problem(second, f"{role} of {of} from {start}, while {first} holds it until {end}")
