"""Titles people in office are called by: the words of a role, and those of one office only, in all their cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.actors.actor import Actor, Names
from service.actors.forms import german, kazakh, slavic, vietnamese

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
    gender: str | None = None
    """``f`` or ``m`` where the word tells: Präsidentin, and beside it Präsident."""


def forms(title: str, language: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a title, itself first."""
    yield title, "as written"
    if language in ("ru", "uk"):
        yield from slavic.phrase_forms(title, language)
    elif language == "de":
        yield from german.phrase_forms(title)
    elif language == "kk":
        yield from kazakh.title_forms(title)
    elif language == "vi":
        yield from vietnamese.spellings(title)


def title_forms(language: str, roles: Roles, people: Iterable[Actor]) -> Iterator[TitleForm]:
    """All forms of all titles in ``language``."""
    for role, names in roles.items():
        titles = names.get(language, ())
        for title in titles:
            gender = gender_of(title, language, titles)
            for form, rule in forms(title, language):
                yield TitleForm(form, language, title, rule, role, gender=gender)
    for person in people:
        for index, office in enumerate(person.offices):
            for title in office.titles.get(language, ()):
                for form, rule in forms(title, language):
                    yield TitleForm(form, language, title, rule, office.role, (person.id, index))


FEMININE = {
    "de": (("", "in"),),
    "es": (("e", "a"), ("o", "a"), ("", "a")),
    "fr": (("", "e"), ("", "fe"), ("er", "ère")),
}
"""Endings that make a man's title a woman's, in languages whose papers keep them apart."""


def gender_of(title: str, language: str, beside: Iterable[str]) -> str | None:
    """``f`` for a title that another one ``beside`` it makes feminine, ``m`` for that other one, else None."""
    word = title.partition(" ")[0]
    words = {other.partition(" ")[0] for other in beside}
    for masculine, feminine in FEMININE.get(language, ()):
        if word.endswith(feminine) and word.removesuffix(feminine) + masculine in words - {word}:
            return "f"
        if language == "de" and word.removesuffix(masculine) + feminine in words - {word}:
            return "m"
    return None
