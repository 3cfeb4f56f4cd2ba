"""Bare titles: which offices "the president", "глава государства", "der Staatschef" may name, and who holds them."""

from datetime import date
from functools import lru_cache

from consumers.extracting.names.rules import rules
from service.actors import Catalogue
from service.actors.fold import fold, fold_case


class Offices:
    """The titles of one language and the holders of one day."""

    def __init__(self, catalogue: Catalogue, language: str, day: date) -> None:
        self.catalogue = catalogue
        self.language = language
        self.day = day
        self._roles = _roles(catalogue, language)
        self._single = _single(catalogue, language)

    def named_by(self, words: str) -> frozenset[str]:
        """Roles whose title ``words`` are, in any case; of a longer title its first or last word is enough, where
        words are syllables the first two."""
        return self._roles.get(_plain(words, self.language), frozenset())

    def has_as_title(self, actor_id: str, words: str) -> bool:
        """Whether ``words`` are what an office of the actor alone is called: "Secretary of State"."""
        return actor_id in self._single.get(_plain(words, self.language), ())

    def holds(self, actor_id: str, roles: frozenset[str]) -> bool:
        """Whether the actor holds an office of one of the roles on that day."""
        offices = self.catalogue.get(actor_id).offices
        return any(office.role in roles and office.held_on(self.day) for office in offices)

    def holds_of(self, actor_id: str, of: str, roles: frozenset[str] | None = None) -> bool:
        """Whether the actor holds an office (one of ``roles``, if given) of the country or organisation ``of``."""
        held = (office for office in self.catalogue.get(actor_id).offices if office.held_on(self.day))
        return any(office.of == of and (roles is None or office.role in roles) for office in held)

    def held_of(self, actor_id: str, of: str) -> bool:
        """Whether the actor holds or held an office of ``of``."""
        return any(office.of == of for office in self.catalogue.get(actor_id).offices)

    def governs(self, actor_id: str) -> bool:
        """Whether the actor holds or held an office of some country."""
        return any(self.catalogue.get(office.of).kind == "country" for office in self.catalogue.get(actor_id).offices)


def _plain(words: str, language: str) -> str:
    """Small letters; without accents, which capitals lose ("le chef de l'Etat"), where they tell no words apart."""
    return fold_case(words) if rules(language).syllables else fold(words)


@lru_cache(maxsize=32)
def _roles(catalogue: Catalogue, language: str) -> dict[str, frozenset[str]]:
    """Folded title → roles. Titles of one office only are left to the names that stand with them."""
    roles: dict[str, set[str]] = {}
    for title in catalogue.title_forms(language):
        if title.office is not None:
            continue
        text = _plain(title.text, language)
        words = text.split()
        # Where words are syllables two of them are the shorter title: "Bộ trưởng", the minister; "Bộ" is the ministry.
        shorter = {" ".join(words[:2])} if rules(language).syllables else {words[0], words[-1]}
        for form in {text} | shorter:
            roles.setdefault(form, set()).add(title.role)
    return {form: frozenset(of) for form, of in roles.items()}


@lru_cache(maxsize=32)
def _single(catalogue: Catalogue, language: str) -> dict[str, frozenset[str]]:
    """Folded title of one office only → who holds or held it."""
    people: dict[str, set[str]] = {}
    for title in catalogue.title_forms(language):
        if title.office is not None:
            people.setdefault(_plain(title.text, language), set()).add(title.office[0])
    return {title: frozenset(who) for title, who in people.items()}
