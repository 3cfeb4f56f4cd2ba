"""Titles with their place: "der kasachische Präsident", "президент Казахстана", "tổng thống Kazakhstan".

The holder of the office on the article's day is meant, unless the words say a former, a deputy or a named other one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from consumers.extracting.names.hits import ARABIC_LEADS, TitleHit, joins
from consumers.extracting.names.rules import Rules
from consumers.extracting.names.surroundings import word_after, word_before
from service.actors import Actor, Catalogue, Form
from service.actors.fold import fold
from service.contracts import How

SHORTEST_ALONE = 8
"""Characters of a title that may stand alone: "Kaiser" and "Emir" are said of many."""
FINAL_VOWELS = ("и", "о", "у", "е", "ы", "э", "і")
"""Endings of names that do not decline in Russian and Ukrainian."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that was found and whose it is."""

    start: int
    end: int
    actor: Actor
    how: How
    form: Form
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Titled:
    """A title that stands for a person: the whole noun phrase."""

    start: int
    end: int
    person: Actor
    title: TitleHit
    place: str


class TitleFinder:
    """Finds titles in one text among names already found."""

    def __init__(self, text: str, rules: Rules, catalogue: Catalogue, names: Iterable[Named], at: date) -> None:
        self.text, self.rules, self.catalogue, self.at = text, rules, catalogue, at
        names = list(names)
        self.starting = {name.start: name for name in names}
        self.ending = {name.end: name for name in names}
        self.former = {word.lower() for word in rules.former}
        self.shared = {fold(title) for title in rules.shared_titles}
        self.touched = {name.actor.id for name in names}

    def find(self, titles: list[TitleHit]) -> Iterator[Titled]:
        """Titles in text order, none overlapping."""
        done = 0
        for hit in longest_at(titles):
            if hit.start < done:
                continue
            found = self.titled(hit)
            if found:
                done = found.end
                yield found

    def titled(self, hit: TitleHit) -> Titled | None:
        text = self.text
        if text[hit.end : hit.end + 1] == "-" and joins(text[hit.end + 1 : hit.end + 2] or " "):
            return None
        if text[hit.start - 1 : hit.start] == "-" and not self.rules.titles.compound:
            return None
        phrases = list(self.phrases(hit))
        if phrases:
            start, end, place = phrases[0]
            # "der amerikanische Präsident der Weltbank" is nobody's office of the two alone.
            one = len({actor.id for _, _, actor in phrases}) == 1
            person = self.holder(hit, place) if one and not self.goes_on(hit, end) else None
            if person and not self.is_former(start, hit.start, end) and not self.is_other(end, person):
                return Titled(self.with_determiner(start), end, person, hit, place.id)
            return None
        if text[hit.start - 1 : hit.start] == "-":
            return None
        person = self.sole_holder(hit)
        if person and not self.is_former(hit.start, hit.start, hit.end) and not self.is_other(hit.end, person):
            return Titled(self.with_determiner(hit.start), hit.end, person, hit, "")
        return None

    def phrases(self, hit: TitleHit) -> Iterator[tuple[int, int, Actor]]:
        """(start, end, whose office) of noun phrases round the title, the closest grammar first."""
        order = self.rules.titles
        before, after = self.ending.get(hit.start - 1), self.starting.get(hit.end + 1)
        if order.compound and self.text[hit.start - 1 : hit.start] == "-":
            if before and self.is_place(before):
                yield before.start, hit.end, before.actor
            return
        if order.demonym_before and before and before.how == "demonym" and self.same(before.end, hit.start, " "):
            yield before.start, hit.end, before.actor
        if order.demonym_after and after and after.how == "demonym" and self.same(hit.end, after.start, " "):
            yield hit.start, after.end, after.actor
        for genitive, gaps in ((False, order.after), (True, order.after_genitive)):
            for gap in sorted(gaps, key=len, reverse=True):
                name = self.starting.get(hit.end + len(gap))
                if name and self.is_place(name, genitive) and self.same(hit.end, name.start, gap):
                    yield hit.start, name.end, name.actor
        for genitive, gaps in ((False, order.before), (True, order.before_genitive)):
            for gap in sorted(gaps, key=len, reverse=True):
                name = self.ending.get(hit.start - len(gap))
                if name and self.is_place(name, genitive) and self.same(name.end, hit.start, gap):
                    yield name.start, hit.end, name.actor

    def goes_on(self, hit: TitleHit, end: int) -> bool:
        """Whether a longer phrase goes on: "president of Russia's bank", "Leiter der UN-Mission", "UN chief aide"."""
        rest = self.text[end : end + 2]
        if (rest in ("'s", "’s") and end > hit.end) or (rest[:1] in "-‑" and joins(rest[1:] or " ")):
            return True
        if any(self.text.startswith(tail, end) for tail in self.rules.title_tails):
            # 俄罗斯总统府, 总统候选人
            return True
        if self.text[hit.start : hit.end].lower() not in self.rules.loose_titles:
            return False
        after = word_after(self.text, end)
        return bool(after and not after.capital and after.text not in self.rules.sayings)

    def same(self, start: int, end: int, gap: str) -> bool:
        return self.text[start:end].replace("’", "'").replace("\u00a0", " ").replace("\n", " ") == gap

    def is_place(self, name: Named, genitive: bool = False) -> bool:
        """Whether a country or organisation is named, in the genitive where that is asked for."""
        return name.actor.kind != "person" and name.how != "demonym" and self.in_case(name, genitive)

    def in_case(self, name: Named, genitive: bool) -> bool:
        """Whether a name is in the genitive where grammar asks for it; what does not decline always is."""
        if not genitive or name.form.rule.endswith("genitive"):
            return True
        exact = self.text[name.start : name.end]
        if self.rules.language == "de":
            return False
        return exact.isupper() or (name.form.rule == "as written" and exact.endswith(FINAL_VOWELS))

    def holder(self, hit: TitleHit, place: Actor) -> Actor | None:
        """Who holds the office on the day, None when nobody or several do."""
        own: set[str] = set()
        usual: set[str] = set()
        for person, index in self.catalogue.holders(place.id, self.at):
            office = person.offices[index]
            for title in hit.titles:
                if title.gender is not None and person.gender is not None and title.gender != person.gender:
                    continue
                if title.office == (person.id, index):
                    own.add(person.id)
                elif title.office is None and title.role == office.role:
                    usual.add(person.id)
        found = own or usual
        return self.catalogue.get(next(iter(found))) if len(found) == 1 else None

    def sole_holder(self, hit: TitleHit) -> Actor | None:
        """Of a title that only one office has ("Kremlchef"), where the text names its country."""
        own = [title.office for title in hit.titles if title.office]
        if not own or hit.end - hit.start < SHORTEST_ALONE or fold(self.text[hit.start : hit.end]) in self.shared:
            return None
        offices = [(self.catalogue.get(person), index) for person, index in own]
        places = {person.offices[index].of for person, index in offices}
        people = {person.id for person, index in offices if person.offices[index].held_on(self.at)}
        if len(places) != 1 or len(people) != 1 or not (places & self.touched or people & self.touched):
            return None
        return self.catalogue.get(people.pop())

    def is_former(self, start: int, title_start: int, end: int) -> bool:
        """Whether a word before the phrase or the title, or one behind, says former, deputy, elect."""
        after = word_after(self.text, end) if self.rules.former_after else None
        if after and after.text in self.rules.former_after:
            return True
        for position in {start, title_start}:
            before = word_before(self.text, position)
            word = re.split("['’]", before.text.rstrip("."))[-1].lower() if before else ""
            if word in self.former or word.lstrip(ARABIC_LEADS) in self.former:
                return True
            joined = re.search(r"([^\W\d_]+)[-‑]$", self.text[max(0, position - 24) : position])
            if joined and joined[1].lower() in self.former:
                return True
        return False

    def is_other(self, end: int, person: Actor) -> bool:
        """Whether a name follows that is not the holder's: then the title is that person's."""
        following = re.match(r"(?:,? )", self.text[end : end + 2])
        if not following:
            return False
        name = self.starting.get(end + following.end())
        if name and name.actor.kind == "person":
            return name.actor.id != person.id
        if following[0] != " ":
            return False
        after = word_after(self.text, end)
        return bool(after and after.capital and name is None)

    def with_determiner(self, start: int) -> int:
        """``start`` moved over an article right before it."""
        low = max(0, start - 8)
        found = re.search(r"([^\W\d_]+ |[^\W\d_]+['’])$", self.text[low:start])
        if found and found[1].strip().replace("’", "'").lower() in self.rules.determiners:
            position = low + found.start()
            if position == 0 or not joins(self.text[position - 1]):
                return position
        return start


def longest_at(titles: list[TitleHit]) -> Iterator[TitleHit]:
    """The longest title at each place; one that begins within another is part of it."""
    end = -1
    for hit in titles:
        if hit.start >= end:
            end = hit.end
            yield hit
