"""Titles people in office are called by: the words of a role, and those of one office only, in all their cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.actors.actor import Actor, Names
from service.actors.forms import german, kazakh, slavic

Roles = Mapping[str, Names]
"""Role → language → titles in base form."""


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A form of a title. ``role`` for the words of a role; ``office`` (person, index): it is that office's own."""

    text: str
    language: str
    base: str
    rule: str
    role: str
    office: tuple[str, int] | None = None


def forms(title: str, language: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a title, itself first."""
    yield title, "as written"
    if language in ("ru", "uk"):
        yield from slavic.phrase_forms(title, language)
    elif language == "de":
        yield from german.phrase_forms(title)
    elif language == "kk":
        yield from kazakh.title_forms(title)


def title_forms(language: str, roles: Roles, people: Iterable[Actor]) -> Iterator[TitleForm]:
    """All forms of all titles in ``language``."""
    for role, names in roles.items():
        for title in names.get(language, ()):
            for form, rule in forms(title, language):
                yield TitleForm(form, language, title, rule, role)
    for person in people:
        for index, office in enumerate(person.offices):
            for title in office.titles.get(language, ()):
                for form, rule in forms(title, language):
                    yield TitleForm(form, language, title, rule, office.role, (person.id, index))
