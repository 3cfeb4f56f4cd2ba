"""Short forms and surnames: whether the text supports that they mean somebody the catalogue knows."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from consumers.extracting.names.doubts import LINK
from consumers.extracting.names.hits import Hit, TitleHit, is_solid
from consumers.extracting.names.surroundings import begins_sentence, is_shouted, is_title_case, word_after, word_before
from consumers.extracting.names.vocabulary import Entry, Vocabulary
from service.actors import Actor, Catalogue
from service.actors.fold import fold

REACH = 40
"""Characters to each side of an organisation's short form in which a word is looked for that says what it is."""
MIN_MEMBERS = 2
"""Members of an organisation whose mention supports its short form."""
BRACKETED = re.compile(r"[(/\[][^()\[\]/\n]{0,40}$")
OPENERS = "\"“«‘'"
"""Marks behind which a title begins: “Áo ấm” is a warm shirt."""
PATRONYMIC = (
    "ұлы",
    "қызы",
    "вич",
    "вича",
    "вичу",
    "вичем",
    "виче",
    "вичі",
    "вичеві",
    "вна",
    "вны",
    "вне",
    "вну",
    "вной",
    "вни",
    "вні",
    "вною",
)
"""Endings of Kazakh patronymics, and of Russian and Ukrainian ones in all cases."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who a text names for sure."""

    named: frozenset[str]
    """By a full name."""
    touched: frozenset[str]
    """By a full name, a demonym or an adjective."""
    places: dict[str, list[int]]
    """Actor → where its full names stand, in order."""

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> "Evidence":
        named: dict[str, list[int]] = defaultdict(list)
        touched: set[str] = set()
        for hit in hits:
            for entry in hit.entries:
                touched.add(entry.actor.id)
                if entry.form.strength != "demonym":
                    named[entry.actor.id].append(hit.start)
        return cls(frozenset(named), frozenset(touched), dict(named))


class Support:
    """Judges the weak forms of one text."""

    def __init__(
        self, text: str, words: Vocabulary, catalogue: Catalogue, evidence: Evidence, titles: list[TitleHit], at: date
    ) -> None:
        self.text, self.words, self.catalogue, self.evidence, self.at = text, words, catalogue, evidence, at
        self.title_ends = {hit.end: hit for hit in titles}
        self.agencies = any(catalogue.get(actor_id).type == "agency" for actor_id in evidence.named)
        self.firms: set[str] = set()
        self.sourced: set[str] = set()
        self.backed: dict[str, bool] = {}
        self.name_ends: set[int] = set()
        self.namesakes: set[str] = set()
        """Whose surname somebody else has borne so far in the text."""

    def note_firms(self, hits: Iterable[Hit]) -> None:
        """Remembers short forms that a designator makes a firm anywhere in the text ("SCO Group")."""
        for hit in hits:
            if any(entry.form.strength == "short" for entry in hit.entries):
                after = word_after(self.text, hit.end)
                if after and after.text in self.words.rules.companies:
                    self.firms.add(self.text[hit.start : hit.end])

    def note_names(self, hits: Iterable[Hit]) -> None:
        """Remembers where names end: a surname after "президента России" is not that word's surname."""
        self.name_ends.update(hit.end for hit in hits)

    def short_form(self, hit: Hit, entry: Entry) -> bool:
        """Whether a short form may stand for ``entry``'s actor."""
        actor, exact = entry.actor, self.text[hit.start : hit.end]
        after = word_after(self.text, hit.end)
        if actor.kind == "organisation" and after and after.text in self.words.rules.companies:
            return False
        if actor.id in self.evidence.named:
            return True
        if exact in self.firms:
            return False
        if exact in self.sourced:
            return True
        if exact in self.words.rules.standing:
            return not self.is_word(hit, exact)
        if actor.kind == "country" and self.has_body_before(hit):
            return True
        if actor.kind == "organisation" and self.is_institution(hit, actor):
            return True
        if actor.type == "agency":
            if self.is_source(hit, exact):
                self.sourced.add(exact)
            return exact in self.sourced
        if actor.id not in self.backed:
            self.backed[actor.id] = self.is_backed(actor)
        if self.backed[actor.id]:
            return not self.is_word(hit, exact)
        return actor.kind == "country" and self.is_plain_syllable(hit)

    def is_word(self, hit: Hit, exact: str) -> bool:
        """Whether an acronym may be an ordinary word of a line in capitals ("GIVE US TIME")."""
        return exact in self.words.rules.words_alike and is_shouted(self.text, hit.start, hit.end)

    def has_body_before(self, hit: Hit) -> bool:
        """ "МИД РК", "президент РК": whether an office or a body of a state stands before a short form."""
        before = word_before(self.text, hit.start)
        return before is not None and before.text.lower() in self.words.rules.bodies

    def is_institution(self, hit: Hit, actor: Actor) -> bool:
        """ "SCO summit", where the text names one of its members."""
        words = self.words.rules.institutions
        if not words or not any(member in self.evidence.touched for member in actor.members):
            return False
        line = self.text[max(0, hit.start - REACH) : hit.start].lower(), self.text[hit.end : hit.end + REACH].lower()
        before, after = re.findall(r"[\w-]+", line[0])[-3:], re.findall(r"[\w-]+", line[1])[:2]
        return not words.isdisjoint((*before, *after))

    def is_backed(self, actor: Actor) -> bool:
        """Whether the text names what belongs to ``actor``: its people or ruler, its parent, enough of its members."""
        if actor.kind == "country":
            return actor.id in self.evidence.touched or self.is_governed(actor)
        if actor.parent is not None and actor.parent in self.evidence.named:
            return True
        return sum(member in self.evidence.touched for member in actor.members) >= MIN_MEMBERS

    def is_plain_syllable(self, hit: Hit) -> bool:
        """A short Vietnamese name ("Anh", "Ý") within a sentence, no part of a person's name or of a longer word."""
        if not self.words.rules.syllables:
            return False
        if begins_sentence(self.text, hit.start) or self.text[hit.start - 1] in OPENERS:
            return self.leads_list(hit)
        if self.title_before(hit):
            # "Thủ tướng Anh Keir Starmer": the holder's name follows.
            return True
        before, after = word_before(self.text, hit.start), word_after(self.text, hit.end)
        if before and before.text in self.words.rules.shadow_before:
            return False
        return not (before and before.capital) and not (after and after.capital)

    def leads_list(self, hit: Hit) -> bool:
        """ "Anh, Pháp và Đức": whether another country follows in the same list."""
        link = LINK.match(self.text, hit.end)
        named = (place for places in self.evidence.places.values() for place in places)
        return link is not None and link.end() in named

    def is_governed(self, actor: Actor) -> bool:
        return any(person.id in self.evidence.named for person, _ in self.catalogue.holders(actor.id, self.at))

    def is_source(self, hit: Hit, exact: str) -> bool:
        """An agency's short form: where sources are named, or unmistakable."""
        if len(exact) >= 4 and not is_shouted(self.text, hit.start, hit.end):
            return True
        before = self.text[max(0, hit.start - 60) : hit.start].rpartition("\n")[2]
        if BRACKETED.search(before) or self.agencies:
            return True
        said = set(re.findall(r"\w+", before.lower())) | set(
            re.findall(r"\w+", self.text[hit.end : hit.end + 40].lower())
        )
        return bool(said & self.words.rules.attribution)

    def surname(self, hit: Hit, entries: list[Entry]) -> Entry | None:
        """Whose surname it is: the person named in full, else the only one whom title, country or office supports."""
        title = self.title_before(hit)
        if self.words.rules.syllables and not title and not self.is_addressed(hit):
            # "Tập đoàn", "Kim ngạch": a syllable of another word, unless somebody is addressed by it ("ông Tập").
            entries = [entry for entry in entries if not entry.form.in_full]
        likely = (e for e in reversed(entries) if (title and not e.form.in_full) or self.is_likely(e))
        candidates = {entry.actor.id: entry for entry in likely}
        if not candidates:
            return None
        owners = self.words.surname_owners.get(fold(self.text[hit.start : hit.end]), frozenset(candidates))
        others = {key for key, entry in candidates.items() if self.is_other_person(hit, entry)}
        before = word_before(self.text, hit.start, self.words.rules.letters)
        self.namesakes |= {key for key in others if before and self.is_own_given_name(before.text, key) is False}
        candidates = {key: entry for key, entry in candidates.items() if key not in others}
        named = [key for key in candidates if key in self.evidence.named]
        if len(named) == 1:
            return candidates[named[0]]
        if named:
            return candidates[max(named, key=lambda key: self.last_place(key, hit.start))]
        if title:
            titled = [key for key, entry in candidates.items() if self.holds(entry.actor, title)]
            if len(titled) == 1:
                return candidates[titled[0]]
        latest = self.latest(list(candidates.values()))
        if latest is not None:
            return latest
        if len(candidates) != 1 or len(owners) != 1:
            return None
        entry = next(iter(candidates.values()))
        if len(entry.form.text) < 3:
            return None
        return entry if self.is_likely(entry) else None

    def is_addressed(self, hit: Hit) -> bool:
        """Whether a form of address stands before the name."""
        before = word_before(self.text, hit.start)
        return before is not None and before.text in self.words.rules.addresses

    def latest(self, entries: list[Entry]) -> Entry | None:
        """Of several who held one office one after the other (the Khameneis), who came into it last by that day."""
        held = [(office, entry) for entry in entries for office in entry.actor.offices]
        if len(entries) < 2 or len({(office.role, office.of) for office, _ in held}) != 1:
            return None
        begun = [(office.since, number) for number, (office, _) in enumerate(held) if office.since <= self.at]
        return held[max(begun)[1]][1] if begun else None

    def is_likely(self, entry: Entry) -> bool:
        """Whether the surname alone may mean the person in this text."""
        person = entry.actor
        if entry.form.in_full:
            return person.id in self.evidence.named
        known = person.id in self.words.rules.known
        if person.id in self.namesakes and not known:
            # "Eric Rutte, a Dutch farmer … Rutte said"
            return person.id in self.evidence.named
        return (known and person.id not in self.namesakes) or self.is_near(person)

    def is_near(self, person: Actor) -> bool:
        """Whether the text names the person in full, or a country or organisation they held office in."""
        evidence = self.evidence
        return person.id in evidence.named or any(office.of in evidence.touched for office in person.offices)

    def last_place(self, actor_id: str, start: int) -> int:
        """Where the nearest full name before ``start`` stands, -1 when none does."""
        places = self.evidence.places[actor_id]
        index = bisect_left(places, start)
        return places[index - 1] if index else -1

    def title_before(self, hit: Hit) -> TitleHit | None:
        if is_solid(self.text[hit.start]):
            return self.title_ends.get(hit.start)
        return self.title_ends.get(hit.start - 1) if self.text[hit.start - 1 : hit.start] == " " else None

    def holds(self, person: Actor, title: TitleHit) -> bool:
        roles = {form.role for form in title.titles}
        return any(office.role in roles and office.held_on(self.at) for office in person.offices)

    def is_other_person(self, hit: Hit, entry: Entry) -> bool:
        """Whether neighbouring words make the surname part of somebody else's name."""
        text, words = self.text, self.words
        before, after = word_before(text, hit.start, words.rules.letters), word_after(text, hit.end)
        person = entry.actor.id
        if after and after.capital and person in surname_first(words, entry):
            return True
        if entry.form.in_full and after and after.capital and not words.rules.capital_nouns:
            # "Павел Зарубин": the last name of one is the first of another.
            return True
        if before is None or not before.capital or self.follows_name(hit.start - 1):
            return False
        if words.rules.syllables and before.text.endswith(".") and len(before.text) > 2:
            # "… tới Huế. Putin nói": short syllables end sentences, they are no abbreviations.
            return False
        if text[before.start : hit.start].endswith(("'s ", "’s ")):
            return False
        plain = fold(before.text)
        if before.text.endswith(PATRONYMIC):
            return False
        if (
            len(before.text.rstrip(".")) <= 2
            and before.text.endswith(".")
            and before.text not in words.rules.honorifics
        ):
            return plain[0] not in self.initials(person)
        own = self.is_own_given_name(before.text, person)
        if own is not None:
            return not own
        if before.text.isupper() and (len(before.text) > 1 or is_shouted(text, hit.start, hit.end)):
            # "Глава российского МИД Лавров", "ПУТИН ПРИНЯЛ ТОКАЕВА": an acronym, or a line in capitals.
            return False
        if words.rules.capital_nouns or before.first or before.text in words.rules.honorifics:
            return False
        return not is_title_case(text, hit.start, hit.end) and not self.is_named(before.start, hit.start - 1)

    def is_own_given_name(self, word: str, person: str) -> bool | None:
        """None where it is nobody's given name; False in "Peter" Merz, "Melania" Trump. "Dmitri" may be Dmitry."""
        plain, names = fold(word), self.words.given_names
        given = plain if plain in names else plain.rpartition("-")[2]
        if given in names:
            return person in names[given]
        others = plain in self.words.common_given_names and plain[0] not in self.initials(person)
        return False if others else None

    def initials(self, person: str) -> set[str]:
        """First letters of the given names that the catalogue has of somebody."""
        return {name[0] for name, owners in self.words.given_names.items() if person in owners}

    def follows_name(self, end: int) -> bool:
        return end in self.name_ends or end in self.title_ends

    def is_named(self, start: int, end: int) -> bool:
        """Whether the word before is itself a name or surname of an actor ("Putin Xi talks")."""
        return fold(self.text[start:end]) in self.words.surname_owners


def surname_first(words: Vocabulary, entry: Entry) -> frozenset[str]:
    """The person, where a full name of theirs begins with the surname (Xi Jinping): another given name may follow."""
    names = entry.actor.names.values()
    begins = any(name.startswith(entry.form.text + " ") for listed in names for name in listed)
    return frozenset([entry.actor.id]) if begins else frozenset()


def with_patronymic(text: str, hit: Hit, words: Vocabulary) -> Hit | None:
    """ "Владимир Владимирович Путин": a surname after a given name and a patronymic is a full name."""
    if not words.rules.patronymics:
        return None
    surnames = [entry for entry in hit.entries if entry.form.strength == "surname"]
    father = word_before(text, hit.start) if surnames else None
    if father is None or not father.capital or not father.text.endswith(PATRONYMIC):
        return None
    given = word_before(text, father.start)
    owners = words.given_names.get(fold(given.text), frozenset()) if given else frozenset()
    entries = tuple(full_name(entry) for entry in surnames if entry.actor.id in owners)
    return Hit(given.start, hit.end, entries) if given and entries else None


def full_name(entry: Entry) -> Entry:
    """A surname's entry, now sure."""
    return replace(entry, form=replace(entry.form, strength="full", rule="given name, patronymic, surname"))
