"""German: the endings that names, titles and demonyms take. Rules after Duden, Die Grammatik (adjective and noun)."""

import itertools
import re
from collections.abc import Iterator

ADJECTIVE = re.compile(
    r"^(.*(?:isch|lich|ig|iv|eint|einigt|ional|ntral|neu|klein|groß|ierend|amt|oberst|itzend|deutsch))(e|er|es|en|em)$",
    re.IGNORECASE,
)
ADJECTIVE_ENDINGS = ("e", "er", "es", "en", "em")
PLACE_ADJECTIVE = re.compile(r"^[A-ZÄÖÜ]\w+er$")
SIBILANT = ("s", "x", "z", "ß", "sch")
WEAK = ("ent", "ist", "at", "arch", "ant", "oge", "and")
FEMININE = ("ion", "ung", "schaft", "heit", "keit", "ik", "ei", "tät", "anz", "enz", "union", "bank")
PLURALS = {"Niederlande", "Emirate", "Inseln", "Staaten"}


def adjective_forms(word: str) -> tuple[str, ...]:
    """All endings of an adjective, the given one first; the word alone when it is none."""
    found = ADJECTIVE.match(word)
    if not found:
        return (word,)
    return tuple(dict.fromkeys([word, *(found[1] + ending for ending in ADJECTIVE_ENDINGS)]))


def noun_forms(word: str) -> tuple[str, ...]:
    """Nominative, genitive in -s, -es or apostrophe, weak -en, dative plural -n."""
    forms = [word]
    if ADJECTIVE.match(word):
        return adjective_forms(word)
    if not word[-1:].isalpha() or word.isupper():
        return (word,)
    if word.endswith("e"):
        forms += [word + "n"] if word in PLURALS else [word + "s"]
    elif word.endswith(SIBILANT):
        forms += [word + "es", word + "'"]
    elif word not in PLURALS and not word.endswith(FEMININE):
        forms += [word + "s", word + "es"] if word[-1] in "dtkgfb" else [word + "s"]
    if word.endswith(WEAK):
        forms.append(word + "en")
    return tuple(forms)


def phrase_forms(phrase: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a name or title: leading adjectives and the noun after them take endings, the rest stays."""
    words = phrase.split(" ")
    head = 0
    while head < len(words) - 1 and ADJECTIVE.match(words[head]):
        head += 1
    if not head and PLACE_ADJECTIVE.match(words[0]) and words[1:2] and words[1][:1].isupper():
        head = 1
    choices = [adjective_forms(word) for word in words[:head]]
    plural = len(words) > 1 and words[head].endswith("en")
    for choice in itertools.product(*choices, (words[head],) if plural else noun_forms(words[head])):
        form = " ".join([*choice, *words[head + 1 :]])
        if form != phrase and consistent(choice[:-1]):
            yield form, "de: genitive" if choice[:-1] == tuple(words[:head]) else "de: adjective ending"


def person_forms(name: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a person's name: the genitive is on the last word."""
    *given, last = name.split(" ")
    for form in noun_forms(last)[1:]:
        if not form.endswith("es"):
            yield " ".join([*given, form]), "de: genitive"


def consistent(adjectives: tuple[str, ...]) -> bool:
    """Adjectives in a row have the same ending (weak or strong)."""
    return len({adjective[-2:] if not adjective.endswith("e") else "e" for adjective in adjectives}) <= 1
