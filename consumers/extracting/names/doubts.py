"""Names that are something else: parts of longer names, given names, states of the same name, ordinary words."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from consumers.extracting.names.hits import Hit
from consumers.extracting.names.rules import Ambiguous, Rules
from consumers.extracting.names.surroundings import around, begins_sentence, is_title_case, word_after, word_before
from consumers.extracting.names.vocabulary import Entry, Vocabulary
from service.actors.fold import fold

MARKS = {"«": "»", "“": "”", "„": "[“”]", '"': '"'}
"""Mark that opens a title → the one that closes it, as a regular expression."""
LINK = re.compile(r",? (?:и|та|й|і|and|y|et|und|мен|және|và|و) |, |، ?و?| و")
"""What joins the names of a list."""


def ambiguity(entries: tuple[Entry, ...], rules: Rules) -> Ambiguous | None:
    """The rule for a name that is also another thing."""
    for entry in entries:
        if (
            entry.actor.kind == "country"
            and entry.form.strength in ("full", "short")
            and entry.form.text in rules.ambiguous
        ):
            return rules.ambiguous[entry.form.text]
    return None


def is_part_of_other_name(text: str, hit: Hit, words: Vocabulary) -> bool:
    """ "Bank of China", "Astana Times": a capitalised neighbour makes it another name."""
    rules = words.rules
    if rules.shadow_before:
        before = text[max(0, hit.start - 24) : hit.start].rstrip("'’ \u00a0")
        for phrase in rules.shadow_before:
            bound = len(before) - len(phrase)
            if before.endswith(phrase) and (bound == 0 or not before[bound - 1].isalnum()):
                return True
    after = word_after(text, hit.end)
    return after is not None and after.text in rules.shadow_after


def is_part_of_person(text: str, hit: Hit, words: Vocabulary) -> bool:
    """ "Michael Jordan", "Chad Smith": capitalised neighbours that are no titles, in a sentence, not a headline."""
    before, after = word_before(text, hit.start, words.rules.letters), word_after(text, hit.end)
    titles = words.rules.honorifics
    if before and fold(before.text) in words.given_names:
        return True
    if before and before.capital and before.text.lower() not in words.rules.particles:
        if text[before.start : hit.start].rstrip().endswith(("'s", "’s")):
            return False
        suspect = not before.first or before.text in titles
    else:
        suspect = bool(after and after.capital and after.text not in titles)
    return suspect and not is_title_case(text, hit.start, hit.end)


def is_surname(text: str, hit: Hit, words: Vocabulary) -> bool:
    """ "Iván Chile", "Ильи Чада", "Mme Suisse": with a given name or an address before it, a surname."""
    if all(entry.actor.kind != "country" or entry.form.strength == "demonym" for entry in hit.entries):
        return False
    before = word_before(text, hit.start)
    if before is None or not before.capital:
        return False
    return before.text in words.rules.addresses or fold(before.text) in words.common_given_names


def is_led_in(text: str, hit: Hit, words: Vocabulary) -> bool:
    """Whether a preposition or an article stands before the name, as before a country's and not before a person's."""
    before = text[max(0, hit.start - 12) : hit.start].rstrip().lower()
    return any(before.endswith(particle) and before[: -len(particle)][-1:].strip() in ("", "(", "«", "“")
               for particle in words.rules.particles)  # fmt: skip


def is_listed(text: str, hit: Hit, countries: AbstractSet[int]) -> bool:
    """ "Чад, Камерун и Нигер": whether a country's name follows in the same list; ``countries`` begin there."""
    link = LINK.match(text, hit.end)
    return link is not None and link.end() in countries


def is_syllable_of_other_word(text: str, hit: Hit, words: Vocabulary) -> bool:
    """Vietnamese: "Minh Đức", "Tuấn Anh", "Ý kiến" hold a country's name as one syllable of another word."""
    if not words.rules.syllables or " " in text[hit.start : hit.end]:
        return False
    before, after = word_before(text, hit.start), word_after(text, hit.end)
    apart = before and (
        before.text.endswith(".")
        or before.text in words.rules.ministries
        or (before.first and before.text.lower() in words.rules.particles)
    )
    if before and before.capital and not apart:
        return True
    if before and not before.capital and before.text in words.rules.addresses:
        return True
    if after and after.capital and len(after.text) <= 3 and after.text in words.rules.name_syllables:
        # "Đức Anh", "Nga Anh" are given names.
        return True
    if (
        before
        and after
        and after.capital
        and after.text not in words.rules.country_syllables
        and is_vietnamese(after.text)
    ):
        # "Ca sĩ Đức Phúc"; "quân đội Mỹ Donald" has no such letters.
        return not is_title_case(text, hit.start, hit.end)
    first = begins_sentence(text, hit.start)
    if first and before and before.text in words.rules.addresses:
        return True
    return bool(
        first
        and len(text[hit.start : hit.end]) <= 3
        and after
        and not after.capital
        and after.text in words.rules.next_syllables
    )


def is_vietnamese(word: str) -> bool:
    """One syllable with marks that only Vietnamese names have, not a foreign name in syllables ("Đô-nan")."""
    return "-" not in word and any(char.isalpha() and not char.isascii() for char in word)


def is_part_of_firm(text: str, hit: Hit) -> bool:
    """ "«Анадолу Йол»": an agency's name that begins a longer one in quotation marks."""
    quoted = text[hit.start - 1 : hit.start] in tuple("«“„")
    if not quoted or all(entry.actor.type != "agency" for entry in hit.entries):
        return False
    after = word_after(text, hit.end)
    return after is not None and after.capital


def is_title(text: str, hit: Hit) -> bool:
    """ "гостиница «Украина»", "телеканал «Россия 24»": alone in marks behind a word, it is what something is called."""
    closing = MARKS.get(text[hit.start - 1 : hit.start])
    if closing is None or word_before(text, hit.start - 1) is None:
        return False
    return bool(re.match(rf"(?: \d+)?{closing}", text[hit.end : hit.end + 5]))


def is_manner(text: str, hit: Hit, words: Vocabulary) -> bool:
    """ "по-турецки": how something is done."""
    before = text[max(0, hit.start - 3) : hit.start].lower()
    return before in words.rules.manners and is_adjective(hit)


def is_adjective(hit: Hit) -> bool:
    return all(entry.form.strength == "demonym" for entry in hit.entries)


def is_adjective_as_surname(text: str, hit: Hit, words: Vocabulary) -> bool:
    """ "Александр Польский", "محمود المصري", where adjectives of countries have no capital."""
    if not is_adjective(hit):
        return False
    exact = text[hit.start : hit.end]
    cased = exact[0].lower() != exact[0].upper()
    if (cased and not (exact[0].isupper() and words.rules.patronymics)) or begins_sentence(text, hit.start):
        return False
    before = word_before(text, hit.start)
    return before is not None and fold(before.text) in words.common_given_names


def is_doubtful(text: str, hit: Hit, words: Vocabulary) -> bool:
    """Whether a full name at this place is part of something else, by its neighbours alone."""
    if all(entry.actor.kind != "country" for entry in hit.entries):
        return is_part_of_firm(text, hit)
    if is_title(text, hit) or is_manner(text, hit, words) or is_adjective_as_surname(text, hit, words):
        return True
    return is_part_of_other_name(text, hit, words) or is_syllable_of_other_word(text, hit, words)


@dataclass(frozen=True, slots=True)
class Wider:
    """What the whole text says about an ambiguous name, found once a name."""

    supported: bool
    opposed: bool
    others: bool
    """The text names another country."""
    person: bool
    """Somebody of that name is in the text: alone, it means them again."""


def is_other_thing(text: str, hit: Hit, rule: Ambiguous, wider: Wider) -> bool:
    """Whether an ambiguous name means its other thing here: near words decide before distant ones."""
    if rule.not_first and begins_sentence(text, hit.start):
        return not wider.supported
    near = around(text, hit.start, hit.end)
    if any(word in near for word in rule.against):
        return True
    if wider.supported:
        return False
    return wider.opposed or wider.person or (rule.needs_support and not wider.others)
